"""Measures Katsaus on a large municipality beside plain DuckDB, hledger and PostgreSQL."""
