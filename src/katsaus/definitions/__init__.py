"""The rules as data: official lists and statement schemes, each checked when it is loaded."""
