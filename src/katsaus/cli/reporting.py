"""`katsaus report`."""

import sys
from pathlib import Path

from django.utils.translation import gettext as _

from katsaus.cli.console import complain, err, out
from katsaus.cli.files import write_file
from katsaus.cli.importing import check_period
from katsaus.cli.municipalities import find_municipality
from katsaus.core.names import Language
from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.web.audit.shelves import shelf
from katsaus.web.finance.queries import kept_periods
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import UnknownHierarchyError
from katsaus.web.reports import use_cases
from katsaus.web.reports.compose import compose
from katsaus.web.reports.writing import Format, write

_NAMED = 3  # periods in a warning


def write_report(
    slug: str,
    period: str,
    output: Path,
    file_format: Format,
    language: Language | None,
    hierarchy: str | None = None,
) -> None:
    """Write a report to a file, whole or not at all; "-" is the standard output."""
    owner, asked = find_municipality(slug), check_period(period)
    content = write(composed(owner, asked, language, hierarchy), file_format)
    if lacking := _lacking(owner, asked):
        err.print(lacking)
    if str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    write_file(output, content)
    out.print(_("Wrote %(file)s.") % {"file": output})


def _lacking(owner: Municipality, period: Period) -> str:
    """Say that a period has no postings, and which periods have; empty where it has some."""
    known = [each.code for each in kept_periods(owner, shelf(owner.slug))]
    if period.code in known:
        return ""
    said = {"period": period.code, "newest": ", ".join(known[:_NAMED]) or "\N{EN DASH}"}
    return _("There are no postings of %(period)s. The newest: %(newest)s.") % said


def composed(
    owner: Municipality,
    period: Period,
    language: Language | None = None,
    hierarchy: str | None = None,
) -> Report:
    """Compose a report, or end with a message where there is no organisation or hierarchy."""
    if not owner.units.exists():
        complain(
            _(
                "%(name)s has no organisation yet: katsaus import organization FILE "
                "--municipality %(slug)s"
            )
            % {"name": owner.name_fi, "slug": owner.slug}
        )
    try:
        return compose(owner, period, language, hierarchy)
    except UnknownHierarchyError as error:
        said = {"name": error.name, "names": ", ".join(error.names)}
        complain(_("There is no hierarchy “%(name)s”. There are: %(names)s.") % said)


def publish_report(slug: str, period: str) -> None:
    """Let anyone read a period's report; one without postings is not published."""
    owner, asked = find_municipality(slug), check_period(period)
    if lacking := _lacking(owner, asked):
        complain(lacking)
    use_cases.publish(municipality=owner, period=asked)
    out.print(_("Anyone can now read the report of %s.") % asked.code)


def withdraw_report(slug: str, period: str) -> None:
    """Let only the municipality's own people read a period's report."""
    owner, asked = find_municipality(slug), check_period(period)
    use_cases.withdraw(municipality=owner, period=asked)
    out.print(_("Only the municipality's own people can now read the report of %s.") % asked.code)
