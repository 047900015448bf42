"""Argon2 as in the application, with so little work that the tests do not wait for it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Hashes in a millisecond; the browser tests and the command hash as users' servers do."""

    time_cost = 1
    memory_cost = 8  # KiB
    parallelism = 1
