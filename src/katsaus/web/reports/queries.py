"""How reports are laid out, and what is written in them."""

from functools import lru_cache

from django.db.models import FilteredRelation, Q

from katsaus.core.periods import Period
from katsaus.definitions.templates import Template, default_template, parse_template
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.models import ReportTemplate


def report_template(municipality: Municipality) -> Template:
    """Return the layout of a municipality's report, its own or the one that all have."""
    own = ReportTemplate.objects.filter(municipality=municipality)
    return _template(own.values_list("yaml", flat=True).first())


def layout_and_texts(municipality: Municipality, period: Period) -> tuple[Template, dict[str, str]]:
    """Return how a report is laid out, and its texts by their place. One query.

    The layout is the municipality's own or the one that all have.
    """
    of_period = Q(reporttext__period=period.code)
    rows = Municipality.objects.filter(pk=municipality.pk).annotate(
        text=FilteredRelation("reporttext", condition=of_period)
    )
    fields = ("reporttemplate__yaml", "text__place", "text__markdown")
    found = list(rows.values_list(*fields))
    yaml = found[0][0]
    return _template(yaml), {place: markdown for _, place, markdown in found if place}


@lru_cache(maxsize=64)  # reading YAML takes a fifth of composing a report
def _template(yaml: str | None) -> Template:
    return default_template() if yaml is None else parse_template(yaml, "report.yaml")
