"""Programmes, what they gather, and adjustment measures with their effects."""

from django.db import models

from katsaus.core.programmes import EffectScenario, ProgrammeKind, Relation
from katsaus.web.organization.models import Unit
from katsaus.web.planning.models.coded import Coded, Named, one_of, optional, or_zero
from katsaus.web.planning.models.figures import Decision
from katsaus.web.planning.models.indicators import Indicator
from katsaus.web.planning.models.strategy import STATES, Action, Goal


class Programme(Coded, Named):
    """A programme across the organisation, or one that adjusts its finances."""

    kind = models.CharField(max_length=20, choices=[(each, each) for each in ProgrammeKind])
    description = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)


class Measure(Coded):
    """An adjustment measure; `row` is the statement row that its effect is seen on."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="measures")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    is_permanent = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=STATES, blank=True)
    row = models.CharField(max_length=60, blank=True)
    decisions = models.ManyToManyField(Decision, related_name="measures")
    note = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)


class MeasureEffect(models.Model):
    """What a measure does in a year: euros, better +, and person-years, fewer +."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="effects")
    year = models.SmallIntegerField()
    scenario = models.CharField(max_length=10, choices=[(each, each) for each in EffectScenario])
    euros = models.DecimalField(null=True, max_digits=15, decimal_places=2)
    person_years = models.DecimalField(null=True, max_digits=9, decimal_places=2)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "year", "scenario"], name="effect_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.year} {self.scenario}"


class ProgrammePart(models.Model):
    """One thing that a programme gathers, or itself is."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parts")
    goal = optional(Goal, related_name="+")
    action = optional(Action, related_name="+")
    indicator = optional(Indicator, related_name="+")
    measure = optional(Measure, related_name="+")
    part = optional(Programme, related_name="+")
    relation = models.CharField(max_length=10, choices=[(each, each) for each in Relation])
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("goal", "action", "indicator", "measure", "part"),
                name="part_of_one",
            ),
            models.UniqueConstraint(
                "programme",
                or_zero("goal"),
                or_zero("action"),
                or_zero("indicator"),
                or_zero("measure"),
                or_zero("part"),
                "relation",
                name="part_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.relation}"


class ProgrammeEmphasis(models.Model):
    """What a programme stresses in a unit."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="emphases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "unit"], name="emphasis_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.unit_id}"


class ProgrammeTarget(models.Model):
    """What a programme aims at in a year; without a year over all of it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    year = models.SmallIntegerField(null=True)
    euros = models.DecimalField(null=True, max_digits=15, decimal_places=2)
    person_years = models.DecimalField(null=True, max_digits=9, decimal_places=2)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("programme", or_zero("year"), name="programme_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year or ''}".rstrip()
