"""The tables of the strategy in the browser: edited row by row."""
