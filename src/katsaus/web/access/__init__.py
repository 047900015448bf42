"""Who may see and do what: decided here and nowhere else."""
