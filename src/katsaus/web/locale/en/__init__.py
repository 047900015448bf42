"""How a language writes, beside its words."""
