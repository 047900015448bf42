"""People as saved rows."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class User(AbstractUser):
    """A person who signs in; what they may do is in access. `language` empty is the browser's.

    `must_change_password` says that the password is one that the administrator gave.
    """

    language = models.CharField(max_length=2, blank=True)
    must_change_password = models.BooleanField(default=False)

    class Meta(AbstractUser.Meta):
        # Sign-in knows a person by either, whatever the case of its letters.
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="email_once"
            ),
        ]

    @property
    def shown_name(self) -> str:
        """The name that pages and the audit trail show."""
        return self.get_full_name() or self.username
