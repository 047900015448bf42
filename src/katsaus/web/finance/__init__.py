"""Statements of saved figures, and what each figure is made of."""
