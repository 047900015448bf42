"""Katsaus follows a municipality's budget through the year and publishes the interim report."""
