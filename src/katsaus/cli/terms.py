"""`katsaus continue-strategy`: a strategy copied forward to its next term."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from katsaus.cli.console import complain, err, out, prepare_database
from katsaus.cli.municipalities import find_municipality
from katsaus.core.names import Names
from katsaus.core.terms import Fault, Part, Term, TermError
from katsaus.definitions.tables import strategy_table
from katsaus.web.languages import language
from katsaus.web.planning.exchange.continuing import (
    Continuation,
    Ends,
    Outline,
    Source,
    Thing,
    renewed_names,
)
from katsaus.web.planning.exchange.faults import place, sentence
from katsaus.web.planning.term_words import PARTS, fault_sentence, note_text
from katsaus.web.planning.use_cases.terms import continue_strategy, source


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of `katsaus continue-strategy`; see its options."""

    municipality: str
    strategy: str
    code: str
    name: str
    years: str
    ends: tuple[str, ...] = ()
    is_dry_run: bool = False


def go_on(order: Order) -> bool:
    """Continue a strategy, or (in a dry run) say what that would do; returns whether it can."""
    prepare_database()
    owner = find_municipality(order.municipality)
    first, last = _years(order.years)
    try:
        there = source(owner)
        old = there.strategy(order.strategy)
        names = renewed_names(old, (first, last))
        term = Term(order.code, Names(order.name, names.sv, names.en), first, last)
        ends = _ends(there, order)
        with transaction.atomic():
            found, outcome = continue_strategy(
                municipality=owner, code=order.strategy, term=term, ends=ends
            )
            transaction.set_rollback(order.is_dry_run)
    except TermError as error:
        complain(fault_sentence(error))
    if outcome.faults:
        for fault in outcome.faults:
            err.print(f"{place(fault)}: {sentence(fault)}")
        return False
    _show(found, there)
    said = _("%(code)s can be made.") if order.is_dry_run else _("%(code)s was made.")
    out.print(said % {"code": order.code})
    return True


def _years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{4})\s*[-\N{EN DASH}]\s*(\d{4})\s*", text)
    if match is None:
        complain(_("%(text)s is not a term. Write it like 2024-2027.") % {"text": text})
    return int(match[1]), int(match[2])


def _ends(there: Source, order: Order) -> Ends:
    """Return what ends by kind and code; a code alone is of the one part that has it."""
    things = list(Outline(there, order.strategy).things())
    return frozenset(_end(things, text) for text in order.ends)


def _end(things: Iterable[Thing], text: str) -> tuple[Part, str]:
    kind, colon, code = text.rpartition(":")
    found = [
        (each.part, each.code)
        for each in things
        if each.code == code and (not colon or each.part == kind)
    ]
    if len(found) != 1:
        raise TermError(Fault.SEVERAL if found else Fault.NOT_IN_STRATEGY, text)
    return found[0]


def _show(found: Continuation, there: Source) -> None:
    """Print what goes on, what ends, and what is to be known of what goes on."""
    for name, rows in found.rows.items():
        title = strategy_table(name).title.text(language())
        out.print(_("%(table)s: new %(new)s") % {"table": title, "new": len(rows)})
    for each in found.goes_on:
        out.print(f"  + {_named(each.part, each.code, each.names)}")
    for each in found.ends:
        out.print("  - " + _("%s ends") % _named(each.part, each.code, each.names))
    for note in found.notes:
        mark = "!" if note in found.to_decide else "~"
        out.print(
            f"  {mark} {_named(note.part, note.code, note.names)}: {note_text(note, there.units)}"
        )


def _named(part: Part, code: str, names: Names) -> str:
    return f"{PARTS[part]} {code}: {names.fi}"
