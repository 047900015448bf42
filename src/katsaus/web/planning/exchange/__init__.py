"""A strategy brought in and taken out: its tables as texts, checked, compared and kept."""
