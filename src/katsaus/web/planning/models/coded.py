"""What the rows of a strategy have in common: a municipality, a code, and their place in order."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from katsaus.web.organization.models import Municipality


class Coded(models.Model):
    """A row that is known by its code in its municipality; shown in the order of `position`."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    code = models.CharField(max_length=80)
    position = models.IntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="%(class)s_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class Named(models.Model):
    """A name in three languages."""

    name_fi = models.CharField(max_length=300)
    name_sv = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_fi


def optional(to: Any, **options: Any) -> "models.ForeignKey[Any, Any]":
    """Return a reference that may be empty, and that goes when the row it points at goes."""
    return models.ForeignKey(to, models.CASCADE, null=True, blank=True, **options)


def one_of(*fields: str) -> Q:
    """Return the condition that exactly one of the references is there."""
    choices = [Q(**{f"{name}__isnull": name != chosen for name in fields}) for chosen in fields]
    condition = choices[0]
    for choice in choices[1:]:
        condition |= choice
    return condition


def or_zero(name: str) -> Any:
    """Return a reference that counts as 0 where it is empty: for constraints, null is no value."""
    return Coalesce(F(name), 0)
