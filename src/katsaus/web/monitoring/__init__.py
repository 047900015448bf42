"""Following the strategy: its goals, indicators, programmes, projects and decisions."""
