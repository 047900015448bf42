"""What a person answers: the state of an action at a period, and the value of an indicator."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from katsaus.core.indicators import Entry, Value, ValueScenario
from katsaus.core.periods import Period
from katsaus.core.states import NEEDS_REASON, State
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.users.models import User


class AnswerError(ValueError):
    """An answer lacks what it needs; `field` is the one to fill in."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """What is said of an action; `proposed` is what the rule proposed, None for nothing."""

    state: State | None
    reason: str = ""
    text: str = ""
    reported_on: date | None = None
    proposed: State | None = None

    @property
    def lacks(self) -> str:
        """The field that must be filled in, or nothing.

        What is abandoned needs a reason, and so does a state that is not the proposed one.
        """
        if self.state is None and not self.text:
            return "state"
        differs = None not in (self.state, self.proposed) and self.state is not self.proposed
        return "reason" if (self.state in NEEDS_REASON or differs) and not self.reason else ""


@transaction.atomic
def report_state(
    *, municipality: Municipality, person: User, action: str, period: Period, answer: StateAnswer
) -> None:
    """Keep the state of an action at a period; what was said of it before stays as history.

    Raises AnswerError, and Action.DoesNotExist for a code that is not known.
    """
    if answer.lacks:
        raise AnswerError(answer.lacks)
    of = models.Action.objects.select_for_update().get(municipality=municipality, code=action)
    before = models.StateReport.objects.filter(
        action=of, year=period.year, month=period.month, is_current=True
    ).first()
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    made = models.StateReport.objects.create(
        municipality=municipality,
        action=of,
        year=period.year,
        month=period.month,
        state=answer.state or "",
        reason=answer.reason,
        text=answer.text,
        reported_on=answer.reported_on,
        given_by=person,
        position=before.position if before else _last(municipality) + 1,
    )
    record(
        person=person,
        municipality=municipality.slug,
        action="state.reported",
        touches=Touch.TOLD,
        subject=f"{action} {period.code}",
        before=_said(before) if before else None,
        after=_said(made),
    )


def _last(municipality: Municipality) -> int:
    reports = models.StateReport.objects.filter(municipality=municipality)
    return int(reports.aggregate(last=Max("position"))["last"] or 0)


def _said(report: models.StateReport) -> Json:
    return {"state": str(report.state), "reason": report.reason, "text": report.text}


@transaction.atomic
def give_value(*, municipality: Municipality, person: User, entry: Entry) -> None:
    """Keep a value of an indicator under its current definition; one of the same is replaced.

    The same is of the same unit, place, scenario, period and day. Raises AnswerError for a value
    of nothing and for an actual of a computed indicator.
    """
    value = entry.value
    definition = models.IndicatorDefinition.objects.select_for_update().get(
        indicator__municipality=municipality, indicator__code=entry.indicator, is_current=True
    )
    if value.number is None and not value.text:
        raise AnswerError("value")
    if definition.computed and entry.scenario is ValueScenario.ACTUAL:
        raise AnswerError("scenario")
    unit = municipality.units.get(code=entry.unit) if entry.unit else None
    place = models.IndicatorValue(
        indicator_id=definition.indicator_id,
        unit=unit,
        place=entry.place,
        scenario=entry.scenario,
        year=entry.period.year,
        month=entry.period.month,
        on=value.on,
    )
    before = _same(place)
    old = _told(_value(before)) if before else None
    row = before or place
    row.definition = definition
    row.number, row.of, row.low, row.high = value.number, value.of, value.low, value.high
    row.text = value.text
    row.save()
    record(
        person=person,
        municipality=municipality.slug,
        action="value.given",
        touches=Touch.TOLD,
        subject=f"{entry.indicator} {entry.scenario} {entry.period.code}",
        before=old,
        after=_told(value) | {"unit": entry.unit, "place": entry.place},
    )


def _same(row: models.IndicatorValue) -> models.IndicatorValue | None:
    """Return the kept value that a new one takes the place of."""
    found = models.IndicatorValue.objects.filter(
        indicator=row.indicator_id,
        place=row.place,
        scenario=row.scenario,
        year=row.year,
        month=row.month,
    )
    return next((each for each in found if (each.unit_id, each.on) == (row.unit_id, row.on)), None)


def _value(row: models.IndicatorValue) -> Value:
    return Value(row.number, row.of, row.low, row.high, row.on, row.text)


def _told(value: Value) -> dict[str, Json]:
    numbers = {"value": value.number, "of": value.of, "low": value.low, "high": value.high}
    told: dict[str, Json] = {
        key: format(number, "f") for key, number in numbers.items() if number is not None
    }
    return told | ({"text": value.text} if value.text else {})
