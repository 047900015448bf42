"""Who did what, append-only; knows a person by id and name only."""
