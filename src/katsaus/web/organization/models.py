"""Municipalities, their units, hierarchies, governing bodies and accounts as saved rows."""

from django.db import models

from katsaus.core.names import Names
from katsaus.core.organization import BodyKind, Level


class Municipality(models.Model):
    """Everything belongs to exactly one municipality."""

    slug = models.SlugField(unique=True)
    number = models.CharField(max_length=3, unique=True)
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="fi")

    def __str__(self) -> str:
        return self.slug

    @property
    def names(self) -> Names:
        """The municipality's name in three languages."""
        return Names(self.name_fi, self.name_sv, self.name_en)


class GoverningBody(models.Model):
    """A body that units answer to and that their reports go to."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="bodies")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in BodyKind])
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name_fi"], name="body_name_once")
        ]

    def __str__(self) -> str:
        return self.name_fi

    @property
    def names(self) -> Names:
        """The body's name in three languages."""
        return Names(self.name_fi, self.name_sv, self.name_en)


class Unit(models.Model):
    """A part of the municipality; `valid_from` and `valid_to` are years, empty where open.

    Where it stands is told by its placement in each hierarchy.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="units")
    code = models.CharField(max_length=40)
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20, choices=[(level, level) for level in Level])
    valid_from = models.IntegerField(null=True, blank=True)
    valid_to = models.IntegerField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")
    responsible = models.CharField(max_length=300, blank=True)
    governing_body = models.ForeignKey(GoverningBody, models.RESTRICT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="unit_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_fi}"

    @property
    def names(self) -> Names:
        """The unit's name in three languages."""
        return Names(self.name_fi, self.name_sv, self.name_en)


class Hierarchy(models.Model):
    """A named tree of all the municipality's units; without a date it has always been in force."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="hierarchies")
    name = models.CharField(max_length=100)
    valid_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="hierarchy_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A unit's place in a hierarchy; the one without a parent is the root."""

    hierarchy = models.ForeignKey(Hierarchy, models.CASCADE, related_name="placements")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(
        Unit, models.RESTRICT, null=True, blank=True, related_name="placements_below"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hierarchy", "unit"], name="unit_placed_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id} in {self.hierarchy_id}"


class Account(models.Model):
    """A municipality's own account; without an official one its number itself says its row."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="accounts")
    number = models.CharField(max_length=20)
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    official = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="account_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_fi}"

    @property
    def names(self) -> Names:
        """The account's name in three languages."""
        return Names(self.name_fi, self.name_sv, self.name_en)
