"""What people decide, expect and note: budgets, amendments, forecasts, notes; decisions."""

from datetime import date

from django.db import models
from django.utils.text import slugify

from katsaus.core.bridge import Appropriation, Duration
from katsaus.core.figures import Items, Scenario
from katsaus.web.organization.models import Municipality, Unit


class Decision(models.Model):
    """A decision of a governing body, that amends a budget or sets actions and measures in motion.

    `undone` says what of it is still to be done.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    code = models.CharField(max_length=80)
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    section = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    undone = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "body", "decided_on", "section"], name="decision_once"
            ),
            models.UniqueConstraint(fields=["municipality", "code"], name="decision_code_once"),
        ]

    def __str__(self) -> str:
        day = self.decided_on
        return f"{self.body} {day.day}.{day.month}.{day.year} {self.section}".rstrip()


def decision_code(body: str, decided_on: date, section: str) -> str:
    """Return the code of a decision that comes without one, such as with an amendment.

    The section goes before the body, which is cut where they are too long together.
    """
    return slugify(f"{decided_on.isoformat()} {section} {body}")[:80]


class PlanSet(models.Model):
    """Plan figures given together; only those of current sets count.

    `round` is the period that a forecast was given on ("2023-06"), empty for the others.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    scenario = models.CharField(max_length=10, choices=[(each, each) for each in Scenario])
    round = models.CharField(max_length=7, blank=True)
    is_current = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.municipality} {self.scenario} {self.round}".rstrip()


class PlanFigure(models.Model):
    """One amount of a budget, an amendment or a forecast.

    `account` is an account number, or "row:<id>" where the figure stands on a statement row.
    `month` 0 is the year as a whole. Cents: revenue +, expense -.
    """

    plan_set = models.ForeignKey(PlanSet, models.CASCADE, related_name="figures")
    unit = models.ForeignKey(Unit, models.PROTECT)
    account = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    month = models.SmallIntegerField(default=0)
    cents = models.BigIntegerField()
    is_internal = models.BooleanField(default=False)
    text = models.CharField(max_length=1000, blank=True)
    source_row = models.IntegerField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True)
    given_on = models.DateField(null=True)
    given_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan_set", "year"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.account} {self.year}: {self.cents}"


class FigureNote(models.Model):
    """What is to be known of one figure; printed as a footnote of the tables that show it.

    The figure is a cell of a period's statement ("2023-06") by the ids of its row and its column.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(max_length=7)
    row = models.CharField(max_length=100)
    column = models.CharField(max_length=100)
    items = models.CharField(max_length=10, choices=[(each, each) for each in Items])
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period", "items", "unit", "row", "column"],
                name="note_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.row} {self.column} {self.period}"


class DeviationItem(models.Model):
    """One thing that a deviation is made of at a period's end; euros, better +.

    `row` is the statement row that it deviates on.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    row = models.CharField(max_length=60)
    cause = models.CharField(max_length=300)
    euros = models.DecimalField(max_digits=15, decimal_places=2)
    duration = models.CharField(
        max_length=10, choices=[(each, each) for each in Duration], blank=True
    )
    appropriation = models.CharField(
        max_length=10, choices=[(each, each) for each in Appropriation], blank=True
    )
    is_example = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "month", "unit", "row", "cause"],
                name="deviation_item_once",
            )
        ]

    def __str__(self) -> str:
        return self.cause
