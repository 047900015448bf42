"""Reads and keeps postings: importers, problems, immutable batches and the statement query."""
