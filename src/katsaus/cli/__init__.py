"""The command `katsaus`."""
