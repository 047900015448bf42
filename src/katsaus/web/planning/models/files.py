"""Files of a strategy that people have given and not yet settled."""

from django.conf import settings
from django.db import models

from katsaus.web.organization.models import Municipality


class StrategyFile(models.Model):
    """The tables of a strategy in a file that waits to be kept or discarded.

    `lines` and `preview` are JSON texts: the rows as they were read, and what they would change
    as the person was shown it. Texts, since a database's own JSON does not hold every character.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    file_name = models.CharField(max_length=255)
    lines = models.TextField()
    preview = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
