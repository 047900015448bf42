"""`katsaus demo`: the example municipality through the same importers as anyone's own."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from katsaus.cli import demo_simo, demo_users, importing
from katsaus.cli.console import complain, out, prepare_database, progress
from katsaus.cli.files import write_file
from katsaus.cli.orders import ImportKind, Order
from katsaus.cli.reporting import composed
from katsaus.cli.synthesis import synthesize
from katsaus.core.periods import Period
from katsaus.web.organization.queries import municipality
from katsaus.web.reports.use_cases import publish
from katsaus.web.reports.writing import Format, write

EXAMPLE = Path("examples/kemi")
SLUG = "kemi"
THIRD = "kemijarvi"
PERIOD = Period(2023, 6)
FILES: tuple[tuple[ImportKind, str], ...] = (
    (ImportKind.ORGANIZATION, "organization.csv"),
    (ImportKind.ACCOUNTS, "accounts.csv"),
    (ImportKind.BUDGET, "budget-2023.csv"),
    (ImportKind.AMENDMENTS, "amendments-2023.csv"),
    (ImportKind.FORECASTS, "forecast-2023-06.csv"),
    (ImportKind.TEMPLATE, "report.yaml"),
)
FORMATS = (Format.PDF, Format.DOCX, Format.XLSX, Format.HTML, Format.JSON)


def run(*, serve: bool, port: int) -> None:
    """Load the example, write its report under the data folder, make its people and serve it."""
    if not EXAMPLE.is_dir():
        complain(_("The example is in examples/kemi: run the command in the project's folder."))
    prepare_database()
    if demo_users.is_taken():
        complain(_("Other people work in this data folder. Name another: KATSAUS_DATA=var/demo"))
    load()
    load_second()
    load_third()
    write_reports()
    demo_users.show(demo_users.make())
    if serve:
        # A process of its own: workers may not be forked from one that DuckDB has threads in.
        sys.stdout.flush()
        os.execv(sys.argv[0], [sys.argv[0], "serve", "--port", str(port)])  # noqa: S606 - ourselves


def load() -> None:
    """Bring the example in; what is there already stays as it is."""
    for kind, name in FILES:
        _bring_in(kind, [EXAMPLE / name])
    _bring_in(ImportKind.TEXTS, sorted((EXAMPLE / "texts").glob("*.md")))
    _bring_in(ImportKind.NOTES, [EXAMPLE / "notes-2023-06.csv"])
    publish(municipality=municipality(SLUG), period=PERIOD)
    for year in (PERIOD.year - 1, PERIOD.year):
        _bring_in(ImportKind.POSTINGS, [_postings(year)])
    if (strategy := EXAMPLE / "strategy").is_dir():
        _bring_in(ImportKind.STRATEGY, [strategy])


def load_second() -> None:
    """Bring in a second, tiny municipality: its people see nothing of the first, nor it of them."""
    for kind, file in demo_simo.write(settings.DATA / "example" / demo_simo.SLUG).items():
        _bring_in(ImportKind(kind), [file], demo_simo.SLUG)


def load_third() -> None:
    """Bring in a third municipality, which has a strategy and no figures."""
    if (folder := EXAMPLE.parent / THIRD).is_dir():
        _bring_in(ImportKind.ORGANIZATION, [folder / "organization.csv"], THIRD)
        _bring_in(ImportKind.STRATEGY, [folder / "strategy"], THIRD)


def _bring_in(kind: ImportKind, files: list[Path], slug: str = SLUG) -> None:
    # An example of another version takes the place of this data folder's.
    if not importing.bring_in(Order(kind, slug, PERIOD.code, replaces=True), files):
        complain(_("The example could not be loaded."))


def _postings(year: int) -> Path:
    """Return the year's postings, made the first time."""
    target = settings.DATA / "example" / f"postings-{year}.csv"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with progress() as bars:
            bars.add_task(_("Making the postings of %s") % year, total=None)
            draft = target.with_suffix(".draft.csv")
            synthesize(EXAMPLE, year, draft)
            draft.replace(target)
    return target


def write_reports() -> None:
    """Write the report in every form that the office uses."""
    report = composed(municipality(SLUG), PERIOD)
    with progress() as bars:
        task = bars.add_task(_("Writing the report"), total=len(FORMATS))
        for each in FORMATS:
            target = settings.DATA / "reports" / f"{SLUG}-{PERIOD.code}.{each}"
            write_file(target, write(report, each))
            bars.advance(task)
    out.print(_("The report is in %s.") % (settings.DATA / "reports"))
