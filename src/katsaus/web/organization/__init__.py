"""Municipalities, their units and their accounts."""
