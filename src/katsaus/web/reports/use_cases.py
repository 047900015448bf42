"""What a person gives to the report: its layout and its texts."""

from django.db import transaction

from katsaus.core.periods import Period
from katsaus.definitions.templates import parse_template
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.models import ReportTemplate, ReportText


@transaction.atomic
def keep_template(*, municipality: Municipality, yaml: str, source: str) -> None:
    """Take a layout of the report into use; raises TemplateError where it cannot be read."""
    parse_template(yaml, source)
    ReportTemplate.objects.update_or_create(municipality=municipality, defaults={"yaml": yaml})


@transaction.atomic
def keep_text(*, municipality: Municipality, period: Period, place: str, markdown: str) -> None:
    """Take over a text of the period's report; `place` is a unit's code or "summary"."""
    ReportText.objects.update_or_create(
        municipality=municipality,
        period=period.code,
        place=place,
        defaults={"markdown": markdown},
    )
