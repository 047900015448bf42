"""The limits of deviations that a municipality has given in place of the usual ones."""

from django.db import models

from katsaus.core.organization import Level
from katsaus.web.organization.models import Municipality


class LimitOf(models.TextChoices):
    """What a limit is held against."""

    FORECAST = "forecast"
    PACE = "pace"


class Limit(models.Model):
    """How large a deviation of a level's units is told of: percent of the budget, and euros."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    of = models.CharField(max_length=10, choices=LimitOf.choices)
    level = models.CharField(max_length=20, choices=[(level, level) for level in Level])
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    euros = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "of", "level"], name="limit_once")
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.level}: {self.percent} %, {self.euros} €"
