"""Files brought in: batches, their history, undo."""
