"""`katsaus import template` and `texts`: the layout of the report, and the texts that are in it."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from katsaus.cli import noting
from katsaus.cli.console import complain, err, out
from katsaus.cli.telling import say_can_be_kept
from katsaus.core.periods import Period
from katsaus.definitions.templates import TemplateError, parse_template
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import reporting_units
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.reports import use_cases as reports
from katsaus.web.reports.layout_messages import layout_sentence


def keep_templates(slug: str, files: list[Path], *, is_dry_run: bool) -> bool:
    """Take the last of the files into use as the layout; any of them may end with a message."""
    for file in files:
        yaml = _text(file)
        try:
            if is_dry_run:
                parse_template(yaml, file.name)
            else:
                _keep_template(slug, yaml, file.name)
        except TemplateError as error:
            complain(layout_sentence(error.fault))
        if is_dry_run:
            say_can_be_kept(file.name)
        else:
            out.print(_("The report now follows the layout of %(file)s.") % {"file": file.name})
    return True


@transaction.atomic
def _keep_template(slug: str, yaml: str, source: str) -> None:
    owner = ensure_municipality(slug_or_number=slug)
    reports.keep_template(municipality=owner, yaml=yaml, source=source)


@dataclass(frozen=True, slots=True)
class Texts:
    """Whose report the texts are in, and of which period; `owner` is None where nothing is kept."""

    owner: Municipality | None
    slug: str
    period: Period

    @property
    def places(self) -> set[str]:
        """The names that files may have: the codes of units, and summary."""
        return {"summary", *(reporting_units(self.owner) if self.owner else ())}


def keep_texts(texts: Texts, files: list[Path], *, is_dry_run: bool) -> bool:
    """Keep texts, all or none; a file's name is the code of its unit, or summary."""
    places = texts.places
    for file in files:
        if file.stem not in places:
            complain(
                _("%(file)s: name the file by a unit's code, such as 64100000.md, or summary.md.")
                % {"file": file.name}
            )
    for file, markdown in [(file, _text(file)) for file in files]:
        if is_dry_run:
            say_can_be_kept(file.name)
        else:
            _keep_text(texts, file.stem, markdown)
            out.print(_("The text %(file)s is in the report.") % {"file": file.name})
    return True


def _keep_text(texts: Texts, place: str, markdown: str) -> None:
    owner = ensure_municipality(slug_or_number=texts.slug)
    reports.keep_text(municipality=owner, period=texts.period, place=place, markdown=markdown)


def keep_notes(owner: Municipality, period: Period, file: Path, *, is_dry_run: bool) -> bool:
    """Keep the notes of a file, all or none; returns whether they were kept or can be."""
    notes, faults = noting.Book(owner, period).read(_text(file))
    for fault in faults:
        err.print(f"{file.name}:{fault}")
    if faults:
        err.print(_("Nothing of %(file)s was kept.") % {"file": file.name}, style="bold")
        return False
    if is_dry_run:
        say_can_be_kept(file.name)
        return True
    noting.keep(owner, period, notes)
    out.print(_("The notes of %(file)s are in the report.") % {"file": file.name})
    return True


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        complain(
            _("%(file)s: a character cannot be read. Save the file as UTF-8.") % {"file": file.name}
        )
