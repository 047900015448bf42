"""What the tables of a strategy must be together: no circles, no names twice, no ended units."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from katsaus.core import bridge
from katsaus.core.indicators import Computed, IndicatorKind, Misfit, Value, misfit
from katsaus.core.programmes import circle
from katsaus.core.schedules import Schedule
from katsaus.core.states import NEEDS_REASON
from katsaus.definitions.sdgs import sdg_of
from katsaus.web.planning.exchange.checking import Row
from katsaus.web.planning.exchange.faults import Fault, FaultCode
from katsaus.web.planning.exchange.records import Record

_MISFITS = {
    Misfit.BELOW_ZERO: FaultCode.COUNT_BELOW_ZERO,
    Misfit.ABOVE_WHOLE: FaultCode.PART_ABOVE_WHOLE,
}


@dataclass(frozen=True, slots=True)
class Whole:
    """The tables as they would be: `rows` are those given, `all` the kept ones with them.

    `ended` has the last year of each unit that has one, `year` is the year that it is now.
    """

    rows: Mapping[str, Sequence[Row]]
    all: Mapping[str, Mapping[tuple[str, ...], Record]]
    ended: Mapping[str, int]
    year: int

    def given(self, table: str) -> Sequence[Row]:
        """Return the rows of a table that were given."""
        return self.rows.get(table, ())

    def record(self, table: str, code: str) -> Record | None:
        """Return the record of a code."""
        return self.all[table].get((code,))


def broken_rules(whole: Whole) -> Iterator[Fault]:
    """Iterate over the faults of rows that are each right as such."""
    for find in (
        _values,
        _names,
        _circles,
        _units,
        _reports,
        _years,
        _computed,
        _decisions,
        _own,
        _items,
    ):
        yield from find(whole)


def _values(whole: Whole) -> Iterator[Fault]:
    for row in whole.given("values"):
        indicator = whole.record("indicators", row.record["indicator"])
        if indicator is not None:
            code, name = value_fault(row.record, IndicatorKind(indicator["kind"]))
            if code is not None:
                yield Fault(code, "values", row.where, name, row.record[name])


def value_fault(record: Record, kind: IndicatorKind) -> tuple[FaultCode | None, str]:
    """Return what is wrong in a value of a kind, and its column; None where nothing is."""
    value = record["value"]
    beside = [name for name in ("of", "low", "high") if record[name]]
    if not value and not record["text"]:
        return FaultCode.NO_VALUE, "value"
    if value and kind is IndicatorKind.TEXT:
        return FaultCode.NOT_A_NUMBER_HERE, "value"
    if value not in ("", "0", "1") and kind is IndicatorKind.YES_NO:
        return FaultCode.NOT_YES_OR_NO, "value"
    if beside and not value:
        return FaultCode.NUMBER_NEEDED, beside[0]
    if record["low"] and record["high"] and Decimal(record["low"]) > Decimal(record["high"]):
        return FaultCode.RANGE_REVERSED, "low"
    found = misfit(_value(record), kind)
    return (_MISFITS[found], "value") if found else (None, "")


def _value(record: Record) -> Value:
    number, of = (Decimal(record[name]) if record[name] else None for name in ("value", "of"))
    on = date.fromisoformat(record["on"]) if record.get("on") else None
    return Value(number, of, on=on)


def _names(whole: Whole) -> Iterator[Fault]:
    seen: dict[tuple[str, str], set[str]] = {}
    for record in whole.all["indicators"].values():
        if record["owner"]:
            seen.setdefault((record["owner"], record["name_fi"].lower()), set()).add(record["code"])
    for row in whole.given("indicators"):
        name, owner = row.record["name_fi"], row.record["owner"]
        if len(seen.get((owner, name.lower()), ())) > 1:
            yield Fault(FaultCode.NAME_TWICE, "indicators", row.where, "name_fi", name, owner)


def _circles(whole: Whole) -> Iterator[Fault]:
    contents: dict[str, list[str]] = {}
    for record in whole.all["programme_parts"].values():
        if record["kind"] == "programme":
            contents.setdefault(record["programme"], []).append(record["code"])
    parts = [row for row in whole.given("programme_parts") if row.record["kind"] == "programme"]
    yield from _circle(contents, parts, "programme_parts", "programme", "code")
    wholes = {
        record["code"]: [record["part_of"]]
        for record in whole.all["indicators"].values()
        if record["part_of"]
    }
    yield from _circle(wholes, whole.given("indicators"), "indicators", "code", "part_of")
    for table in ("strategies", "themes", "goals", "actions"):
        before = {
            record["code"]: [record["continues"]]
            for record in whole.all[table].values()
            if record["continues"]
        }
        for fault in _circle(before, whole.given(table), table, "code", "continues"):
            yield replace(fault, code=FaultCode.CONTINUES_ITSELF)


def _circle(
    contents: Mapping[str, Iterable[str]], rows: Iterable[Row], table: str, of: str, field: str
) -> Iterator[Fault]:
    found = circle(contents)
    steps = set(pairwise(found))
    for row in rows:
        if (row.record[of], row.record[field]) in steps:
            yield Fault(FaultCode.CIRCLE, table, row.where, field, " → ".join(found))
            return


def _units(whole: Whole) -> Iterator[Fault]:
    for row in whole.given("actions"):
        ended = whole.ended.get(row.record["unit"])
        if ended is not None and _last_year(whole, row.record) > ended:
            unit = row.record["unit"]
            yield Fault(FaultCode.UNIT_ENDED, "actions", row.where, "unit", unit, str(ended))


def _last_year(whole: Whole, action: Record) -> int:
    """Return the last year of an action: its schedule's, its goal's, its strategy's, or this."""
    if ends_on := Schedule.parse(action["schedule"]).ends_on:
        return ends_on.year
    goal = whole.record("goals", action["goal"]) or {}
    theme = whole.record("themes", goal.get("theme", "")) or {}
    strategy = whole.record("strategies", theme.get("strategy", "")) or {}
    return int(goal.get("year") or strategy.get("valid_to") or whole.year)


def _reports(whole: Whole) -> Iterator[Fault]:
    for row in whole.given("reports"):
        if bool(row.record["action"]) == bool(row.record["goal"]):
            yield Fault(FaultCode.ACTION_OR_GOAL, "reports", row.where, "action")
        if row.record["state"] in NEEDS_REASON and not row.record["reason"]:
            yield Fault(FaultCode.REASON_MISSING, "reports", row.where, "reason")


def _years(whole: Whole) -> Iterator[Fault]:
    for table, first, last in (
        ("strategies", "valid_from", "valid_to"),
        ("projects", "from", "to"),
    ):
        for row in whole.given(table):
            if row.record[last] and row.record[first] > row.record[last]:
                yield Fault(FaultCode.YEARS_REVERSED, table, row.where, last, row.record[last])


def _computed(whole: Whole) -> Iterator[Fault]:
    for row in whole.given("indicators"):
        if not row.record["computed"]:
            continue
        for code in Computed.parse(row.record["computed"]).inputs:
            if whole.record("indicators", code) is None:
                yield Fault(
                    FaultCode.UNKNOWN_REFERENCE,
                    "indicators",
                    row.where,
                    "computed",
                    code,
                    "indicators",
                )


def _decisions(whole: Whole) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], set[str]] = {}
    for record in whole.all["decisions"].values():
        seen.setdefault(_made(record), set()).add(record["code"])
    for row in whole.given("decisions"):
        if len(seen[_made(row.record)]) > 1:
            name = " ".join(part for part in _made(row.record) if part)
            yield Fault(FaultCode.TWICE, "decisions", row.where, "section", name)


def _own(whole: Whole) -> Iterator[Fault]:
    """Find links that name an own target of another Sustainable Development Goal."""
    for row in whole.given("sdg_links"):
        own = whole.record("local_targets", row.record["local_target"])
        if own and sdg_of(own["sdg"]) != sdg_of(row.record["sdg"]):
            code = row.record["local_target"]
            yield Fault(
                FaultCode.OWN_TARGET_ELSEWHERE,
                "sdg_links",
                row.where,
                "local_target",
                code,
                own["sdg"],
            )


def _items(whole: Whole) -> Iterator[Fault]:
    for row in whole.given("explanations"):
        if row.record["row"] not in bridge.ROWS:
            names = ", ".join(bridge.ROWS)
            found = row.record["row"]
            yield Fault(FaultCode.NOT_OF_BRIDGE, "explanations", row.where, "row", found, names)
        if Decimal(row.record["euros"]) == 0:
            yield Fault(FaultCode.NOTHING_EXPLAINED, "explanations", row.where, "euros")


def _made(record: Record) -> tuple[str, ...]:
    """Return what tells a decision from others besides its code."""
    return record["body"], record["decided_on"], record["section"]
