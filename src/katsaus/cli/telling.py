"""What is told of a file of a table: how it was read, its faults, and its control totals."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from shlex import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.table import Table

from katsaus.cli.console import err, out
from katsaus.ledger.importers import ControlTotals, Kind, Reading
from katsaus.ledger.importers.mapping import AmountsIn
from katsaus.ledger.store import Store
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.control_totals import Total, of_time, signed, total
from katsaus.web.imports.coverage import Coverage
from katsaus.web.imports.coverage_words import doubled, left, lost
from katsaus.web.imports.doubles_words import beside
from katsaus.web.imports.followers import published_after, spans_of
from katsaus.web.imports.messages import place, sentence
from katsaus.web.imports.models import Batch
from katsaus.web.imports.new_periods import Beginning


@dataclass(frozen=True, slots=True)
class Control:
    """What a file is held against: what there was `before`, of the round where it is forecasts.

    `together` are the batches of the files that were given with it; `begins` is the period that
    begins with it. `covers` is what it covers of its source's earlier files, where that is told;
    a `trial` has a ledger of its own.
    """

    totals: ControlTotals
    before: queries.Kept
    period: str
    together: Collection[int]
    begins: Beginning | None = None
    covers: Coverage | None = None
    trial: Store | None = None

    @property
    def file(self) -> queries.Kept:
        """The rows of the file and their sum."""
        return queries.Kept(self.totals.rows, self.totals.cents)

    @property
    def lines(self) -> list[Total]:
        """The lines of what there was and of what comes."""
        return [total(_("before"), self.before), total(_("file"), self.file)]


def show_reading(reading: Reading) -> None:
    """Print how the file was read and what is wrong in it."""
    if recognition := reading.recognition:
        columns = ", ".join(f"{header}" for _field, header in recognition.columns)
        parts = [
            recognition.encoding,
            recognition.delimiter and f"“{recognition.delimiter}”",
            columns,
            recognition.amounts_in is AmountsIn.THOUSAND and _("amounts in thousands of euros"),
        ]
        out.print(
            f"{reading.file}: {' · '.join(part for part in parts if part)}",
            style="dim",
        )
    for problem in reading.problems:
        console = err if problem.is_blocking else out
        console.print(f"{place(problem)}: {sentence(problem)}")


def say_can_be_kept(file: str) -> None:
    """Say of a file that was only checked that nothing prevents it."""
    out.print(_("%(file)s can be kept.") % {"file": file})


def show_same(batch: Batch, reading: Reading) -> None:
    """Say which batch holds the file already."""
    out.print(
        _("%(file)s is kept already, as batch %(batch)s.")
        % {"file": reading.file, "batch": batch.pk}
    )


def show_kept(batch: Batch, control: Control, *, is_trial: bool) -> None:
    """Print what was kept, or can be: what there was, what came, what went, what there is."""
    if is_trial:
        say_can_be_kept(batch.file_name)
    else:
        words = {"file": batch.file_name, "batch": batch.pk}
        out.print(_("%(file)s was kept as batch %(batch)s.") % words)
    _say_begins(control.begins)
    # Of units and accounts a new file updates those that it has, whatever file they came from.
    superseded = [] if batch.kind in use_cases.WHOLE else list(batch.supersedes.all())
    if is_trial and control.covers:
        way = lost if superseded else doubled
        _say(way(Kind(batch.kind), control.covers), left(control.covers))
    if control.covers:
        own = [] if superseded else beside(control.covers.doubles, is_own=True)
        _say(*own, *beside(control.covers.doubles, is_own=False))
    gone = [
        total(_("superseded: %s") % old.file_name, signed(old, goes=True)) for old in superseded
    ]
    after = queries.sums(
        batch.municipality, Kind(batch.kind), control.totals.years, control.period, control.trial
    )
    _show_totals(control.totals, [*control.lines, *gone, total(_("after"), after)])
    _say(published_after(batch.municipality, spans_of([batch, *superseded])))
    if batch.kind not in use_cases.WHOLE and (others := list(queries.beside(batch))):
        _say_beside(batch, others, control, is_trial=is_trial)


def _say(*sentences: str) -> None:
    """Print the sentences that say something."""
    for told in filter(None, sentences):
        out.print(told)


def _say_begins(begins: Beginning | None) -> None:
    """Say that a file begins a new period, and which months are missing from it."""
    if begins is None:
        return
    words = {"period": begins.period, "sum": begins.amount}
    out.print(
        _("A new period begins, %(period)s; its last month adds up to %(sum)s in the file.") % words
    )
    if begins.missing:
        out.print(_("There are no postings of %(months)s.") % {"months": begins.missing})


def _say_beside(batch: Batch, others: list[Batch], control: Control, *, is_trial: bool) -> None:
    """Say which batches the file is added up with, and how it would replace them."""
    named = [
        # What is kept for a trial has no number that stays.
        each.file_name if is_trial and each.pk in control.together else _named(each)
        for each in others
    ]
    words = ngettext(
        "The file is added up with this batch of the same time: %s.",
        "The file is added up with these batches of the same time: %s.",
        len(named),
    )
    out.print(words % ", ".join(named))
    if not is_trial:
        _say_replacing(batch, [each for each in others if each.pk not in control.together])


def _say_replacing(batch: Batch, others: Iterable[Batch]) -> None:
    """Say of each source how the file would replace what it gave: only one's is replaced."""
    for source in dict.fromkeys(each.source for each in others):
        words = {"batch": batch.pk, "source": source, "word": quote(source)}
        out.print(
            _(
                "If the file replaces what the source “%(source)s” gave: katsaus undo %(batch)s, "
                "and bring it in with --replace --source %(word)s."
            )
            % words
        )


def _named(batch: Batch) -> str:
    return _("batch %(batch)s (%(file)s)") % {"batch": batch.pk, "file": batch.file_name}


def show_addition(error: use_cases.AddedUpError, control: Control) -> None:
    """Say that a file would be added up with its source's earlier ones, and what there would be."""
    new = error.new
    lines, hindrance = _ways(new, control)
    _show_totals(control.totals, [*control.lines, *lines])
    if control.covers:
        _say_ways(Kind(new.kind), control.covers, can_replace=not hindrance)
    words = {
        "file": new.file_name,
        "source": new.source,
        "batches": ", ".join(map(_named, error.batches)),
    }
    said = _(
        "%(file)s: the source “%(source)s” has given figures of the same time already, "
        "%(batches)s, and both would be added up."
    )
    choice = (
        _("Otherwise choose --add, if it has only other rows than they.")
        if hindrance
        else _(
            "Choose: --replace, if the file takes their place; --add, if it has other rows than "
            "they."
        )
    )
    source = _("If it comes from another system, name that: --source.")
    err.print(" ".join(filter(None, [said % words, hindrance, choice, source])))


def _say_ways(kind: Kind, covers: Coverage, *, can_replace: bool) -> None:
    """Say how many figures each way of keeping a file would double or drop."""
    ways = [
        ("--add", [doubled(kind, covers), *beside(covers.doubles, is_own=True)]),
        ("--replace", [lost(kind, covers)] if can_replace else []),
    ]
    _say(*beside(covers.doubles, is_own=False))
    _say(*(f"{way}: {each}" for way, told in ways for each in told if each))


def _ways(new: Batch, control: Control) -> tuple[list[Total], str]:
    """Return what there would be in each way of keeping a file, and what forbids replacing."""
    before, file, together = control.before, control.file, control.together
    lines = [total(_("after, --add"), queries.added(before, file))]
    try:
        old = use_cases.superseded_by(new, control.period, replaces=True, together=together)
    except use_cases.PartlyReplacedError as error:
        return lines, in_the_way(error.batch, new.file_name)
    gone = [signed(each, goes=True) for each in old]
    return [*lines, total(_("after, --replace"), queries.added(before, file, *gone))], ""


def in_the_way(batch: Batch, file: str) -> str:
    """Return why a file cannot replace a batch that reaches outside its months, and what to do."""
    return _(
        "Batch %(batch)s (%(file)s) cannot be replaced, for it holds months or years that "
        "%(new)s does not: give a file of all of them, or undo the batch first."
    ) % {"batch": batch.pk, "file": batch.file_name, "new": file}


def _show_totals(totals: ControlTotals, lines: Iterable[Total]) -> None:
    """Print control totals of the years that the file tells of."""
    table = Table(box=None, pad_edge=False)
    table.add_column(of_time(totals.years))
    table.add_column(_("rows"), justify="right")
    table.add_column(_("sum"), justify="right")
    for line in lines:
        table.add_row(line.label, line.rows, line.amount)
    out.print(table)
