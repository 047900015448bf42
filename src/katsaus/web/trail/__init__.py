"""Pages of the audit trail: who did what, on a page and as a file."""
