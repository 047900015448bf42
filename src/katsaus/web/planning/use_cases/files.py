"""What a person does to a strategy's file in the browser: give it, look, keep or discard it."""

from django.db import transaction

from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.previews import Preview, given_of, lines_text
from katsaus.web.planning.exchange.reading import Given
from katsaus.web.planning.models import StrategyFile
from katsaus.web.planning.use_cases.strategies import (
    NotSeenError,
    Outcome,
    keep_strategy,
    preview_strategy,
)
from katsaus.web.users.models import User


@transaction.atomic
def give_file(
    *, municipality: Municipality, person: User, file_name: str, given: Given
) -> tuple[Outcome, StrategyFile | None]:
    """Look at what tables would change, and have them wait where they can be kept.

    With a fault, or where nothing would change, nothing waits; the same tables wait once.
    """
    outcome = preview_strategy(municipality=municipality, given=given)
    if outcome.faults or given.problems or outcome.is_empty:
        return outcome, None
    same = {"municipality": municipality, "file_name": file_name, "lines": lines_text(given)}
    file = StrategyFile.objects.filter(**same).first() or StrategyFile(**same, person=person)
    if file.pk is None:
        _record("file.received", file, person)
    file.preview = Preview.of(outcome.changes).text()
    file.save()
    return outcome, file


@transaction.atomic
def keep_file(*, file: StrategyFile, person: User, seen: str) -> Outcome:
    """Keep what a file would change, where that is what was `seen` by its digest.

    Raises NotSeenError otherwise. What was kept waits no more, and is not kept a second time.
    """
    Municipality.objects.select_for_update().get(pk=file.municipality_id)
    if not StrategyFile.objects.filter(pk=file.pk).exists():
        raise NotSeenError
    outcome = keep_strategy(
        municipality=file.municipality, given=given_of(file.lines), person=person, seen=seen
    )
    if not outcome.faults:
        file.delete()
    return outcome


@transaction.atomic
def look_again(*, file: StrategyFile) -> Outcome:
    """Look anew at what a file would change, after something else has changed."""
    outcome = preview_strategy(municipality=file.municipality, given=given_of(file.lines))
    preview = Preview.of(outcome.changes).text()
    StrategyFile.objects.filter(pk=file.pk).update(preview=preview)
    return outcome


@transaction.atomic
def discard_file(*, file: StrategyFile, person: User) -> None:
    """Throw a file away, which is not kept."""
    _record("file.discarded", file, person)
    file.delete()


def _record(action: str, file: StrategyFile, person: User) -> None:
    record(
        person=person,
        municipality=file.municipality.slug,
        action=action,
        subject=file.file_name,
        touches=Touch.NOTHING,
    )
