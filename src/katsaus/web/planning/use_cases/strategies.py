"""What a person does to a strategy as a whole: bring its tables in, or see what that would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from katsaus.definitions.tables import strategy_table
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.cells import CellError, canonical
from katsaus.web.planning.exchange.changes import TableChanges, changes
from katsaus.web.planning.exchange.checking import Checked, Row, check
from katsaus.web.planning.exchange.faults import Fault
from katsaus.web.planning.exchange.previews import digest
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.exchange.records import Kept, kept, key_of
from katsaus.web.planning.exchange.rules import Whole, broken_rules
from katsaus.web.planning.exchange.saving import Saver
from katsaus.web.planning.models import Decision
from katsaus.web.users.models import User

# Tables that the trail names as what was changed; all are counted in what came after.
MOST_NAMED = 4
EXPLANATIONS = "explanations"  # of deviations: the trail tells them apart from the strategy
MOST_TOLD = 100  # new rows of a table whose contents the trail tells
_MADE = ("body", "decided_on", "section")


class NotSeenError(Exception):
    """What would be kept is not what the person looked at before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is wrong, or what changes; with a fault nothing does."""

    faults: tuple[Fault, ...]
    changes: tuple[TableChanges, ...]
    is_kept: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything is there already."""
        return all(each.is_empty for each in self.changes)


@transaction.atomic
def preview_strategy(*, municipality: Municipality, given: Given) -> Outcome:
    """Return what bringing the tables in would change; keeps nothing."""
    return outcome_of(municipality, given, kept(municipality, given.lines))


@transaction.atomic
def keep_strategy(
    *, municipality: Municipality, given: Given, person: User | None = None, seen: str = ""
) -> Outcome:
    """Keep the tables of a strategy; rows that are not among them stay as they are.

    `seen` is the digest of the changes that the person agreed to: raises NotSeenError where they
    would be others.
    With a fault nothing is kept. A report that changes becomes a new one, and a definition with
    approved values a new version: what was is not lost.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = kept(municipality, given.lines)
    renamed = _adopt(given, before["decisions"])
    outcome = outcome_of(municipality, given, before)
    if seen and seen != digest(outcome.changes):
        raise NotSeenError
    if outcome.faults or given.problems or (outcome.is_empty and not renamed):
        return outcome
    for pk, code in renamed.items():
        Decision.objects.filter(pk=pk).update(code=code)
    save(municipality, before, outcome, person)
    _record_kept(municipality, person, outcome)
    return Outcome((), outcome.changes, is_kept=True)


def save(
    municipality: Municipality, before: Mapping[str, Kept], outcome: Outcome, person: User | None
) -> None:
    """Write changes without faults to the database."""
    saver = Saver(municipality, before, person)
    for each in outcome.changes:
        if not each.is_empty:
            saver.save(each)


def outcome_of(municipality: Municipality, given: Given, before: Mapping[str, Kept]) -> Outcome:
    """Return what bringing the tables in would change of what there is before."""
    _adopt(given, before["decisions"])
    units = dict(municipality.units.values_list("code", "valid_to"))
    checked = check(given.lines, before, units)
    ended = {code: year for code, year in units.items() if year is not None}
    whole = _whole(checked, before, ended)
    faults = (*given.faults, *checked.faults, *broken_rules(whole))
    return Outcome(faults, () if faults else changes(checked.rows, before))


def _whole(checked: Checked, before: Mapping[str, Kept], ended: Mapping[str, int]) -> Whole:
    all_records = {
        name: {key_of(strategy_table(name), each): each for each in table.records}
        | {row.key: row.record for row in checked.rows.get(name, ())}
        for name, table in before.items()
    }
    return Whole(checked.rows, all_records, ended, localdate().year)


def _adopt(given: Given, decisions: Kept) -> dict[int, str]:
    """Give kept decisions the codes that their rows have, as those of amendments have none.

    Returns the new codes by id.
    """
    known = {tuple(each[name] for name in _MADE): each for each in decisions.records}
    renamed: dict[int, str] = {}
    for line in given.lines.get("decisions", ()):
        code = line.cells.get("code", "").strip()
        same = known.get(_made(line))
        if same is not None and code and (code,) not in decisions.ids:
            pk = decisions.ids.pop((same["code"],))
            decisions.ids[code,] = pk
            same["code"] = renamed[pk] = code
    return renamed


def _made(line: Line) -> tuple[str, ...]:
    table = strategy_table("decisions")
    try:
        return tuple(canonical(table.column(name), line.cells.get(name, "")) for name in _MADE)
    except CellError:
        return ()


def _record_kept(municipality: Municipality, person: User | None, outcome: Outcome) -> None:
    """Write down what changed: what explains deviations apart from the strategy itself."""
    changed = [each for each in outcome.changes if not each.is_empty]
    explained = [each for each in changed if each.table.name == EXPLANATIONS]
    strategy = [each for each in changed if each.table.name != EXPLANATIONS]
    for action, part in (("strategy.kept", strategy), ("explanation.kept", explained)):
        if part:
            _record(municipality, person, action, part)


def _record(
    municipality: Municipality, person: User | None, action: str, part: Sequence[TableChanges]
) -> None:
    """Write down how many rows each table got, what they say, and what changed in the others.

    What many new rows say is in the file that they came in: of those only the number is told.
    """
    counts: dict[str, Json] = {}
    old: dict[str, Json] = {}
    new: dict[str, Json] = {}
    for each in part:
        name = each.table.name
        counts[name] = len(each.new)
        for row in each.new if len(each.new) <= MOST_TOLD else ():
            new[_name(name, row)] = {field: text for field, text in row.record.items() if text}
        for changed in each.changed:
            key = _name(name, changed.row)
            old[key] = {change.field: change.before for change in changed.fields}
            new[key] = {change.field: change.after for change in changed.fields}
    record(
        person=person,
        municipality=municipality.slug,
        action=action,
        touches=Touch.ALL if "decisions" in counts else Touch.STRATEGY,
        subject=", ".join(list(counts)[:MOST_NAMED]) + (", …" if len(counts) > MOST_NAMED else ""),
        before={"changed": old},
        after={"new": counts, "changed": new},
    )


def _name(table: str, row: Row) -> str:
    return f"{table}: {' / '.join(part for part in row.key if part)}"
