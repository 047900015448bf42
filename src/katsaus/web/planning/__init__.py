"""Budgets, amendments with their decisions, and forecasts."""
