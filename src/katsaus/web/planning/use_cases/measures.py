"""What a person tells of an adjustment measure: its state, what came of it, what is expected."""

from collections.abc import Iterable

from django.db import transaction

from katsaus.core.programmes import Effect, EffectScenario
from katsaus.core.states import State
from katsaus.web.audit.use_cases import Json, Touch, record
from katsaus.web.planning.models import Measure, MeasureEffect
from katsaus.web.users.models import User

TOLD = (EffectScenario.REALISED, EffectScenario.FORECAST)


class DecidedEffectError(ValueError):
    """What was decided is not told anew with the state of a measure."""


@transaction.atomic
def tell_measure(
    *, person: User, measure: Measure, state: State | None, note: str, effects: Iterable[Effect]
) -> None:
    """Keep the state of a measure and its realised and forecast effects of the years given.

    An effect without euros and person-years takes away the one that was there; years that are not
    given stay as they are. Raises DecidedEffectError for a decided effect.
    """
    told = tuple(effects)
    if any(effect.scenario not in TOLD for effect in told):
        raise DecidedEffectError
    kept = Measure.objects.select_for_update().get(pk=measure.pk)
    before = _said(kept)
    kept.state, kept.note = state or "", note
    kept.save(update_fields=["state", "note"])
    for effect in told:
        _keep(kept, effect)
    after = _said(kept)
    if after != before:
        changed = [key for key in before | after if before.get(key) != after.get(key)]
        record(
            person=person,
            municipality=kept.municipality.slug,
            action="measure.told",
            touches=Touch.TOLD,
            subject=kept.code,
            before={key: before.get(key) for key in changed},
            after={key: after.get(key) for key in changed},
        )


def _keep(measure: Measure, effect: Effect) -> None:
    if effect.euros is None and effect.person_years is None:
        measure.effects.filter(year=effect.year, scenario=effect.scenario).delete()
        return
    MeasureEffect.objects.update_or_create(
        measure=measure,
        year=effect.year,
        scenario=effect.scenario,
        defaults={"euros": effect.euros, "person_years": effect.person_years},
    )


def _said(measure: Measure) -> dict[str, Json]:
    said: dict[str, Json] = {"state": measure.state, "note": measure.note}
    for each in measure.effects.order_by("year", "scenario"):
        name = f"{each.year}.{each.scenario}"
        said[f"{name}.euros"] = _text(each.euros)
        said[f"{name}.person_years"] = _text(each.person_years)
    return said


def _text(number: object) -> str | None:
    return None if number is None else str(number)
