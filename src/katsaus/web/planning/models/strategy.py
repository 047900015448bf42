"""Strategies, themes, goals and actions, their reported states, and their links to SDGs."""

from django.db import models
from django.db.models import Q

from katsaus.core.states import State
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.planning.models.coded import Coded, Named, one_of, optional, or_zero
from katsaus.web.planning.models.figures import Decision
from katsaus.web.users.models import User

STATES = [(state, state) for state in State]


class Strategy(Coded, Named):
    """What a municipality wants in the years from `valid_from` to `valid_to`.

    `continues` is the one of the term before, of which it was made; so it is in what is below.
    """

    valid_from = models.SmallIntegerField(null=True)
    valid_to = models.SmallIntegerField(null=True)
    mission = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    values = models.JSONField(default=list)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )


class Theme(Coded, Named):
    """A theme of a strategy."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="themes")
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )


class Goal(Coded, Named):
    """A goal of a theme, or (with a year and perhaps without a theme) of a budget."""

    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="goals")
    is_binding = models.BooleanField(default=False)
    year = models.SmallIntegerField(null=True)
    units = models.ManyToManyField(Unit, related_name="+")
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )


class Action(Coded):
    """What is done for a goal: one printed row of the follow-up."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="actions")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    responsible = models.JSONField(default=list)
    schedule = models.CharField(max_length=40, blank=True)
    decisions = models.ManyToManyField(Decision, related_name="actions")
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )


class StateReport(models.Model):
    """The state of an action, or of a goal in a unit, at a period's end; changes are new rows."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    action = optional(Action, related_name="reports")
    goal = optional(Goal, related_name="reports")
    unit = optional(Unit, related_name="+")
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    state = models.CharField(max_length=20, choices=STATES, blank=True)
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    reported_on = models.DateField(null=True)
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            # The newest state of each of thousands of actions is read from the index alone.
            models.Index(
                fields=["action", "-year", "-month", "state"],
                condition=Q(is_current=True),
                name="report_newest",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("action", "goal"), name="report_of_one"),
            models.CheckConstraint(
                condition=~Q(state=State.ABANDONED) | ~Q(reason=""), name="abandoned_has_reason"
            ),
            models.UniqueConstraint(
                or_zero("action"),
                or_zero("goal"),
                or_zero("unit"),
                "year",
                "month",
                condition=Q(is_current=True),
                name="report_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id or self.goal_id} {self.year}-{self.month:02}: {self.state}"


class LocalTarget(Coded, Named):
    """A municipality's own target under a Sustainable Development Goal."""

    sdg = models.CharField(max_length=5)


class SdgLink(models.Model):
    """That something serves a Sustainable Development Goal ("13") or its target ("13.2")."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    goal = optional(Goal, related_name="sdgs")
    action = optional(Action, related_name="sdgs")
    indicator = optional("planning.Indicator", related_name="sdgs")
    measure = optional("planning.Measure", related_name="sdgs")
    project = optional("planning.Project", related_name="sdgs")
    sdg = models.CharField(max_length=5)
    local_target = models.ForeignKey(LocalTarget, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("goal", "action", "indicator", "measure", "project"),
                name="sdg_of_one",
            ),
            models.UniqueConstraint(
                or_zero("goal"),
                or_zero("action"),
                or_zero("indicator"),
                or_zero("measure"),
                or_zero("project"),
                "sdg",
                or_zero("local_target"),
                name="sdg_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sdg
