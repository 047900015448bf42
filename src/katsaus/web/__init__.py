"""The Django project: everything with a request, a user or a saved row."""
