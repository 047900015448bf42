"""What a person does at the end of a term: the strategy goes on under a new name and new years."""

from collections.abc import Mapping

from django.db import transaction

from katsaus.core.names import Names
from katsaus.core.terms import Lives, Term
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.continuing import (
    TABLES,
    Continuation,
    Ends,
    Source,
    continued,
)
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.exchange.records import Tables, kept, tables
from katsaus.web.planning.use_cases.strategies import NotSeenError, Outcome, outcome_of, save
from katsaus.web.users.models import User

_OF_UNIT = ("code", "name_fi", "name_sv", "name_en", "valid_to", "successors__code")


def source(municipality: Municipality) -> Source:
    """Return what a next term is made of. Twelve queries."""
    return _source(municipality, tables(municipality, TABLES))


def _source(municipality: Municipality, found: Tables) -> Source:
    projects: dict[str, list[str]] = {}
    tied = models.Project.objects.filter(municipality=municipality, actions__isnull=False)
    for action, name in tied.order_by("position", "pk").values_list("actions__code", "name_fi"):
        projects.setdefault(action, []).append(name)
    last_years: dict[str, int | None] = {}
    successors: dict[str, list[str]] = {}
    names = {}
    units = municipality.units.order_by("code", "successors__code")
    for code, fi, sv, en, last, successor in units.values_list(*_OF_UNIT):
        names[code], last_years[code] = Names(fi, sv, en), last
        if successor:
            successors.setdefault(code, []).append(successor)
    own = {name: found[name] for name in TABLES}
    return Source(own, Lives(last_years, successors), projects, names)


@transaction.atomic
def continue_strategy(
    *,
    municipality: Municipality,
    code: str,
    term: Term,
    ends: Ends,
    person: User | None = None,
    seen: str = "",
) -> tuple[Continuation, Outcome]:
    """Keep the next term of a strategy; the earlier one stays as it is.

    `seen` is the digest of what the person agreed to. Raises TermError where there can be no such
    term, and NotSeenError where it would be another than was seen. With a fault nothing is kept.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = kept(municipality, TABLES)
    records = {name: each.records for name, each in before.items()}
    found = continued(_source(municipality, records), code, term, ends)
    if seen and seen != found.digest:
        raise NotSeenError
    outcome = outcome_of(municipality, _given(found), before)
    if not outcome.faults:
        save(municipality, before, outcome, person)
        _record(municipality, person, code, term, found)
    return found, outcome


def _given(found: Continuation) -> Given:
    return Given(
        {
            name: [Line(str(number), row) for number, row in enumerate(rows, 1)]
            for name, rows in found.rows.items()
        }
    )


def _record(
    municipality: Municipality, person: User | None, code: str, term: Term, found: Continuation
) -> None:
    counts: Mapping[str, Json] = {name: len(rows) for name, rows in found.rows.items()}
    record(
        person=person,
        municipality=municipality.slug,
        action="strategy.continued",
        subject=f"{code} → {term.code}",
        after={
            "new": dict(counts),
            "ends": [f"{each.part}: {each.code}" for each in found.ends],
            "to_decide": [f"{each.part}: {each.code}: {each.value}" for each in found.to_decide],
        },
        touches=Touch.STRATEGY,
    )
