"""What a person gives to the report: its layout and its texts."""

from django.db import transaction

from katsaus.core.periods import Period
from katsaus.definitions.places import Fault, Wrong
from katsaus.definitions.templates import TemplateError, parse_template
from katsaus.web.access.models import Publication
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import hierarchies
from katsaus.web.reports.models import ReportTemplate, ReportText
from katsaus.web.users.models import User


@transaction.atomic
def keep_template(
    *, municipality: Municipality, yaml: str, source: str, person: User | None = None
) -> None:
    """Take a layout of the report into use; raises TemplateError where it cannot be."""
    hierarchy = parse_template(yaml, source).hierarchy
    names = tuple(each.name for each in hierarchies(municipality))
    if hierarchy and hierarchy not in names:
        raise TemplateError(Fault(source, Wrong.NOT_KNOWN, "hierarchy", hierarchy, names))
    old = ReportTemplate.objects.filter(municipality=municipality).first()
    ReportTemplate.objects.update_or_create(municipality=municipality, defaults={"yaml": yaml})
    if old is None or old.yaml != yaml:
        record(
            person=person,
            municipality=municipality.slug,
            action="report.layout_changed",
            touches=Touch.TOLD,
            subject=source,
            before=old.yaml if old else None,
            after=yaml,
        )


@transaction.atomic
def keep_text(
    *,
    municipality: Municipality,
    period: Period,
    place: str,
    markdown: str,
    person: User | None = None,
) -> None:
    """Take over a text of the period's report; `place` is a unit's code or "summary"."""
    saved = ReportText.objects.filter(municipality=municipality, period=period.code, place=place)
    old = saved.first()
    ReportText.objects.update_or_create(
        municipality=municipality,
        period=period.code,
        place=place,
        defaults={"markdown": markdown},
    )
    if old is None or old.markdown != markdown:
        record(
            person=person,
            municipality=municipality.slug,
            action="report.text_changed",
            touches=Touch.TOLD,
            subject=f"{place} {period.code}",
            before=old.markdown if old else None,
            after=markdown,
        )


@transaction.atomic
def publish(*, municipality: Municipality, period: Period, person: User | None = None) -> bool:
    """Let anyone read the period's report; returns whether it was not so before."""
    _, is_new = Publication.objects.get_or_create(municipality=municipality, period=period.code)
    if is_new:
        record(
            person=person,
            municipality=municipality.slug,
            action="report.published",
            touches=Touch.TOLD,
            subject=period.code,
        )
    return is_new


@transaction.atomic
def withdraw(*, municipality: Municipality, period: Period, person: User | None = None) -> bool:
    """Let only the municipality's own people read the report; returns whether it was public."""
    found = Publication.objects.filter(municipality=municipality, period=period.code)
    was_public = bool(found.delete()[0])
    if was_public:
        record(
            person=person,
            municipality=municipality.slug,
            action="report.withdrawn",
            touches=Touch.TOLD,
            subject=period.code,
        )
    return was_public
