"""Projects with their funders, and the person-years of units by funding."""

from django.db import models

from katsaus.core.projects import Funding, PersonYearsScenario, ProjectState
from katsaus.web.organization.models import Unit
from katsaus.web.planning.models.coded import Coded
from katsaus.web.planning.models.indicators import Indicator
from katsaus.web.planning.models.strategy import Action


class Project(Coded):
    """A project; `own_share` is the municipality's, of the `total`, in euros."""

    name_fi = models.CharField(max_length=300)
    funder = models.CharField(max_length=300, blank=True)
    own_share = models.DecimalField(null=True, max_digits=15, decimal_places=2)
    total = models.DecimalField(null=True, max_digits=15, decimal_places=2)
    person_years = models.DecimalField(null=True, max_digits=9, decimal_places=2)
    first_year = models.SmallIntegerField(null=True)
    last_year = models.SmallIntegerField(null=True)
    state = models.CharField(
        max_length=10, choices=[(each, each) for each in ProjectState], blank=True
    )
    units = models.ManyToManyField(Unit, related_name="+")
    actions = models.ManyToManyField(Action, related_name="projects")
    indicators = models.ManyToManyField(Indicator, related_name="+")
    cost_centers = models.ManyToManyField(Unit, related_name="+")
    is_example = models.BooleanField(default=False)


class PersonYears(models.Model):
    """A unit's person-years of a year, by who pays for them."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    scenario = models.CharField(
        max_length=10, choices=[(each, each) for each in PersonYearsScenario]
    )
    funding = models.CharField(max_length=10, choices=[(each, each) for each in Funding])
    person_years = models.DecimalField(max_digits=9, decimal_places=2)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "scenario", "funding"], name="person_years_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year} {self.scenario} {self.funding}"
