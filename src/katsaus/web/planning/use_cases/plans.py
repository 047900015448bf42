"""What a person does to plan figures: give a set of them, take it back, note one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from katsaus.core.figures import Cents, Items, Scenario
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Decision, FigureNote, PlanFigure, PlanSet
from katsaus.web.planning.models.figures import decision_code
from katsaus.web.users.models import User


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """The decision of a governing body that an amendment rests on."""

    body: str
    decided_on: date
    section: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan figure as it is given; the fields are those of PlanFigure."""

    unit: str
    account: str
    year: int
    month: int
    cents: Cents
    is_internal: bool
    text: str
    source_row: int
    decision: DecisionKey | None = None
    given_on: date | None = None
    given_by: str = ""


@transaction.atomic
def keep_plan(
    *, municipality: Municipality, scenario: Scenario, period: str = "", rows: Sequence[PlanRow]
) -> PlanSet:
    """Save plan figures as one set; `period` is the round that a forecast was given on.

    Raises KeyError for a unit that the municipality does not have.
    """
    plan_set = PlanSet.objects.create(municipality=municipality, scenario=scenario, round=period)
    units = dict(municipality.units.values_list("code", "id"))
    decisions = {key: _decision(municipality, key) for key in {row.decision for row in rows} if key}
    PlanFigure.objects.bulk_create(
        [
            PlanFigure(
                plan_set=plan_set,
                unit_id=units[row.unit],
                account=row.account,
                year=row.year,
                month=row.month,
                cents=row.cents,
                is_internal=row.is_internal,
                text=row.text,
                source_row=row.source_row,
                decision=decisions[row.decision] if row.decision else None,
                given_on=row.given_on,
                given_by=row.given_by,
            )
            for row in rows
        ],
        batch_size=1000,
    )
    return plan_set


def _decision(municipality: Municipality, key: DecisionKey) -> Decision:
    decision, _ = Decision.objects.get_or_create(
        municipality=municipality,
        body=key.body,
        decided_on=key.decided_on,
        section=key.section,
        defaults={"code": decision_code(key.body, key.decided_on, key.section)},
    )
    return decision


@transaction.atomic
def set_current(*, plan_set: PlanSet, is_current: bool) -> None:
    """Have a set of plan figures count, or not count any more; nothing is deleted."""
    plan_set.is_current = is_current
    plan_set.save(update_fields=["is_current"])


@transaction.atomic
def give_note(
    *,
    municipality: Municipality,
    period: Period,
    items: Items,
    key: CellKey,
    text: str,
    person: User | None = None,
) -> None:
    """Give a figure a note in place of the one it had; an empty text takes it away.

    Raises Unit.DoesNotExist for a unit that the municipality does not have.
    """
    unit = municipality.units.get(code=key.unit)
    saved = FigureNote.objects.filter(
        municipality=municipality, unit=unit, period=period.code, items=items
    )
    old = saved.filter(row=key.row, column=key.column).first()
    before, after = old.text if old else "", " ".join(text.split())
    if before == after:
        return
    if old:
        old.delete()
    if after:
        FigureNote.objects.create(
            municipality=municipality,
            unit=unit,
            period=period.code,
            items=items,
            row=key.row,
            column=key.column,
            text=after,
        )
    record(
        person=person,
        municipality=municipality.slug,
        action="note.changed",
        touches=Touch.TOLD,
        subject=" ".join((*key, period.code, *([] if items is Items.ALL else [items]))),
        before=before or None,
        after=after or None,
    )
