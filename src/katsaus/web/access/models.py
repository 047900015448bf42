"""Roles of people in municipalities, and what anyone may read, as saved rows."""

from django.conf import settings
from django.db import models

from katsaus.web.access.rules import Role
from katsaus.web.organization.models import Municipality, Unit


class Membership(models.Model):
    """A person's role in a municipality; without a unit it is over the whole of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "role", "unit"],
                name="role_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.municipality_id}"


class Publication(models.Model):
    """A period's report that anyone may read."""

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    period = models.CharField(max_length=7)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "period"], name="report_published_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.period}"
