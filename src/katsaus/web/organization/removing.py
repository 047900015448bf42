"""Taking away what was made by mistake: a hierarchy, a governing body, an own account."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from katsaus.core.reorganization import Fault, FaultKind, RefusedError
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import models
from katsaus.web.organization.bodies import body_state
from katsaus.web.organization.hierarchies import hierarchy_state
from katsaus.web.organization.use_cases import account_states
from katsaus.web.users.models import User


@transaction.atomic
def remove_hierarchy(
    *, hierarchy: models.Hierarchy, is_named: bool, person: User | None = None
) -> None:
    """Remove a hierarchy with its places; another is in force in its stead.

    `is_named` says that the report's layout names it. Raises RefusedError then, and for the only
    hierarchy there is.
    """
    owner = models.Municipality.objects.select_for_update().get(pk=hierarchy.municipality_id)
    if is_named:
        raise _refused(FaultKind.NAMED_BY_REPORT)
    if owner.hierarchies.count() == 1:
        raise _refused(FaultKind.ONLY_HIERARCHY)
    before = hierarchy_state(hierarchy)
    hierarchy.delete()
    _record("hierarchy.removed", owner, hierarchy.name, before, person)


@transaction.atomic
def remove_body(*, body: models.GoverningBody, person: User | None = None) -> None:
    """Remove a governing body that nothing answers to; raises RefusedError."""
    before = body_state(body)
    try:
        with transaction.atomic():
            body.delete()
    except (ProtectedError, RestrictedError):
        raise _refused(FaultKind.BODY_IN_USE) from None
    _record("body.removed", body.municipality, body.name_fi, before, person)


@transaction.atomic
def remove_account(*, account: models.Account, is_used: bool, person: User | None = None) -> None:
    """Remove an own account; raises RefusedError where figures or notes stand on it (`is_used`)."""
    if is_used:
        raise _refused(FaultKind.ACCOUNT_IN_USE)
    before = account_states(account.municipality)[account.number]
    account.delete()
    _record("account.removed", account.municipality, account.number, dict(before), person)


def _refused(kind: FaultKind) -> RefusedError:
    return RefusedError([Fault("", kind)])


def _record(
    action: str,
    owner: models.Municipality,
    subject: str,
    before: dict[str, Json],
    person: User | None,
) -> None:
    record(person=person, municipality=owner.slug, action=action, subject=subject, before=before)
