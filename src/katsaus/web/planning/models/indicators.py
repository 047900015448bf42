"""Indicators with their definitions, where they stand, and their values."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from katsaus.core.indicators import Aggregation, IndicatorKind, Polarity, ValueScenario
from katsaus.web.organization.models import Unit
from katsaus.web.planning.models.coded import Coded, Named, one_of, optional, or_zero
from katsaus.web.planning.models.strategy import Action, Goal


class Indicator(Coded):
    """What is measured, and whose it is; what that means is in its current definition."""

    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    owner = models.CharField(max_length=200, blank=True)
    deputy = models.CharField(max_length=200, blank=True)


class IndicatorDefinition(Named):
    """What an indicator means. After its first approved value a change makes a new version."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="definitions")
    version = models.SmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    defined_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=10, choices=[(each, each) for each in IndicatorKind])
    unit_of_measure = models.CharField(max_length=60, blank=True)
    decimals = models.SmallIntegerField(default=0)
    polarity = models.CharField(max_length=5, choices=[(each, each) for each in Polarity])
    aggregation = models.CharField(max_length=10, choices=[(each, each) for each in Aggregation])
    is_cumulative = models.BooleanField(default=False)
    computed = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    method = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="definition_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(is_current=True), name="definition_current_once"
            ),
        ]


class IndicatorLink(models.Model):
    """Where an indicator stands: on a goal, an action, a programme, a project, or a unit.

    On a unit it is a performance figure. `group` is a heading above it, `label` its name there.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="links")
    goal = optional(Goal, related_name="indicator_links")
    action = optional(Action, related_name="indicator_links")
    programme = optional("planning.Programme", related_name="indicator_links")
    project = optional("planning.Project", related_name="indicator_links")
    unit = optional(Unit, related_name="indicator_links")
    group = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=300, blank=True)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("goal", "action", "programme", "project", "unit"),
                name="link_to_one",
            ),
            models.UniqueConstraint(
                "indicator",
                or_zero("goal"),
                or_zero("action"),
                or_zero("programme"),
                or_zero("project"),
                or_zero("unit"),
                "group",
                name="link_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.label}".rstrip()


class IndicatorValue(models.Model):
    """A value with the definition that it was given under; the fields are those of core's Value.

    `month` 12 is a whole year, another one January to that month.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=100, blank=True)
    scenario = models.CharField(max_length=10, choices=[(each, each) for each in ValueScenario])
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    number = models.DecimalField(null=True, max_digits=18, decimal_places=6)
    of = models.DecimalField(null=True, max_digits=18, decimal_places=6)
    low = models.DecimalField(null=True, max_digits=18, decimal_places=6)
    high = models.DecimalField(null=True, max_digits=18, decimal_places=6)
    on = models.DateField(null=True)
    text = models.TextField(blank=True)
    is_approved = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(text=""), name="value_says_something"
            ),
            models.UniqueConstraint(
                "indicator",
                or_zero("unit"),
                "place",
                "scenario",
                "year",
                "month",
                Coalesce(F("on"), models.Value(date(1, 1, 1))),
                name="value_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.scenario} {self.year}-{self.month:02}"
