"""People as saved rows."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in; what they may do is in access. `language` empty is the browser's."""

    language = models.CharField(max_length=2, blank=True)

    @property
    def shown_name(self) -> str:
        """The name that pages and the audit trail show."""
        return self.get_full_name() or self.username
