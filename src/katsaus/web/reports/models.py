"""What a municipality says in its report and how it is laid out, as saved rows."""

from django.db import models

from katsaus.web.organization.models import Municipality


class ReportTemplate(models.Model):
    """A municipality's own layout of the interim report, as YAML."""

    municipality = models.OneToOneField(Municipality, models.CASCADE)
    yaml = models.TextField()

    def __str__(self) -> str:
        return f"{self.municipality}"


class ReportText(models.Model):
    """A text of one period's report, in Markdown; `place` is a unit's code or "summary"."""

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    period = models.CharField(max_length=7)
    place = models.CharField(max_length=40)
    markdown = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period", "place"], name="report_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.period} {self.place}"
