"""The audit trail as saved rows without foreign keys, and a mark that each change renews."""

from django.db import models


class Event(models.Model):
    """One thing that was done: by whom, when, to what, and how it was before and after."""

    at = models.DateTimeField(auto_now_add=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=200, blank=True)
    municipality = models.CharField(max_length=50, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["municipality", "-id"])]

    def __str__(self) -> str:
        return f"{self.at} {self.person_name} {self.action} {self.subject}"


class Version(models.Model):
    """A municipality's marks, never twice the same.

    `mark` is renewed whenever a thing is changed, `strategy` when a strategy may be made of other
    things for it, and `figures` when figures may be other.
    """

    municipality = models.CharField(max_length=50, primary_key=True)
    mark = models.CharField(max_length=32)
    strategy = models.CharField(max_length=32, blank=True)
    figures = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"{self.municipality} {self.mark}"
