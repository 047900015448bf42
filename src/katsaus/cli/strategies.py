"""`katsaus import strategy` and `katsaus export strategy`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from katsaus.cli.console import complain, err, out
from katsaus.cli.files import write_file
from katsaus.cli.telling import say_can_be_kept
from katsaus.core.names import Language
from katsaus.web.imports.messages import place as file_place
from katsaus.web.imports.messages import sentence as file_sentence
from katsaus.web.languages import language
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.planning.exchange.changes import TableChanges
from katsaus.web.planning.exchange.faults import place, sentence
from katsaus.web.planning.exchange.reading import Given, read
from katsaus.web.planning.exchange.records import Tables, tables
from katsaus.web.planning.exchange.writing import as_csv, as_json, as_xlsx, as_zip
from katsaus.web.planning.use_cases.strategies import (
    Outcome,
    keep_strategy,
    preview_strategy,
)

LISTED = 200


class ExportKind(StrEnum):
    """What can be written out."""

    STRATEGY = "strategy"


class ExportFormat(StrEnum):
    """The forms of what is written out."""

    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"


def bring_in(slug: str, path: Path, *, is_dry_run: bool) -> bool:
    """Bring a strategy in, or (in a dry run) say what that would change; returns whether it can."""
    given = read(path)
    act = preview_strategy if is_dry_run else keep_strategy
    with transaction.atomic():
        outcome = act(municipality=ensure_municipality(slug_or_number=slug), given=given)
        if not outcome.is_kept:  # then the municipality is not made either
            transaction.set_rollback(True)
    if outcome.faults or given.problems:
        _show_faults(outcome, given)
        err.print(_("Nothing of %(file)s was kept.") % {"file": path.name}, style="bold")
        return False
    if not given.lines:
        complain(_("%(file)s holds no table of a strategy.") % {"file": path})
    if outcome.is_empty:
        out.print(_("%(file)s is kept already: nothing changes.") % {"file": path.name})
    elif is_dry_run:
        _show_changes(outcome)
        say_can_be_kept(path.name)
    else:
        for each in outcome.changes:
            _show_counts(each)
        out.print(_("%(file)s was kept.") % {"file": path.name})
    return True


def _show_faults(outcome: Outcome, given: Given) -> None:
    for problem in given.problems:
        err.print(f"{file_place(problem)}: {file_sentence(problem)}")
    for fault in outcome.faults:
        err.print(f"{place(fault)}: {sentence(fault)}")


def _show_counts(changes: TableChanges) -> None:
    if changes.is_empty and not changes.left:
        return
    out.print(
        _("%(table)s: new %(new)s, changed %(changed)s, left as they are %(left)s")
        % {
            "table": changes.table.title.text(language()),
            "new": len(changes.new),
            "changed": len(changes.changed),
            "left": len(changes.left),
        }
    )


def _show_changes(outcome: Outcome) -> None:
    """Print each row that is new, changes, or is there without being in the files."""
    for changes in outcome.changes:
        _show_counts(changes)
        lines = [f"  + {_name(row.key)}" for row in changes.new]
        lines += [
            f"  ~ {_name(each.row.key)}: {_column(changes, field.field)}: "
            f"“{field.before}” → “{field.after}”"
            for each in changes.changed
            for field in each.fields
        ]
        lines += [f"  = {_name(key)}" for key in changes.left]
        if changes.is_reordered:
            lines.append("  " + _("the order of the rows changes"))
        for line in lines[:LISTED]:
            out.print(line)
        if len(lines) > LISTED:
            out.print("  " + _("and %s more") % (len(lines) - LISTED))


def _column(changes: TableChanges, name: str) -> str:
    return changes.table.column(name).title.text(language())


def _name(key: tuple[str, ...]) -> str:
    return " / ".join(part for part in key if part)


def write_out(
    owner: Municipality, kind: ExportKind, file_format: ExportFormat, output: Path | None
) -> None:
    """Write a strategy to the terminal (JSON), a file, or CSV files in a folder or a ZIP file."""
    found = tables(owner)
    if not any(found.values()):
        complain(
            _(
                "%(name)s has no strategy yet: katsaus import strategy FOLDER --municipality "
                "%(slug)s"
            )
            % {"name": owner.name_fi, "slug": owner.slug}
        )
    if output is None:
        _write_to_terminal(owner, file_format, found)
    elif file_format is ExportFormat.CSV and output.suffix != ".zip":
        _write_tables(output, found)
    else:
        content = {
            ExportFormat.JSON: lambda: as_json(found, cast(Language, owner.language)),
            ExportFormat.XLSX: lambda: as_xlsx(found),
            ExportFormat.CSV: lambda: as_zip(found),
        }
        write_file(output, content[file_format]())
        out.print(_("The strategy was written to the file %(file)s.") % {"file": output})


def _write_to_terminal(owner: Municipality, file_format: ExportFormat, found: Tables) -> None:
    if file_format is not ExportFormat.JSON:
        complain(_("Say where it is written: --output."))
    sys.stdout.buffer.write(as_json(found, cast(Language, owner.language)))


def _write_tables(folder: Path, found: Tables) -> None:
    """Write each table to a CSV file of its own in a folder."""
    if folder.suffix == ".csv":
        complain(
            _(
                "A strategy has several tables, and each becomes a CSV file of its own: name a "
                "folder or a ZIP file, such as --output %(name)s or %(name)s.zip."
            )
            % {"name": folder.stem}
        )
    files = as_csv(found)
    for name, content in files.items():
        write_file(folder / name, content)
    said = {"folder": folder, "files": ", ".join(files)}
    out.print(_("The strategy was written to the folder %(folder)s: %(files)s.") % said)
