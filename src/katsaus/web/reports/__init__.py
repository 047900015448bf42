"""The interim report: composed, shown and written out."""
