"""Rights by role, as data; rights over units run down the unit tree."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in a municipality, over the whole of it or over a unit."""

    ADMINISTRATOR = "administrator", _("administrator")
    CONTROLLER = "controller", _("controller")
    DIRECTOR = "director", _("division director")
    UNIT_HEAD = "unit_head", _("unit head")
    DEPUTY = "deputy", _("deputy")
    CONTRIBUTOR = "contributor", _("contributor")
    AUDITOR = "auditor", _("auditor")
    READER = "reader", _("reader")


# A role of these is over a unit and all below it; the others are over the whole municipality.
OVER_UNIT = frozenset({Role.DIRECTOR, Role.UNIT_HEAD, Role.DEPUTY, Role.CONTRIBUTOR})


class Right(StrEnum):
    """What can be seen or done."""

    FIGURES = "figures"  # figures by unit, row, account and month
    POSTINGS = "postings"  # single postings
    PERSONAL_TEXTS = "personal_texts"  # texts of postings on accounts that hold personal data
    EDIT = "edit"  # give and change figures, notes and texts
    ANSWER = "answer"  # give what one is asked for
    STRATEGY = "strategy"  # the tables of the strategy, row by row and as files
    IMPORT = "import"  # bring files in, supersede and undo batches
    ORGANIZATION = "organization"  # units and accounts
    USERS = "users"  # people and their roles
    AUDIT = "audit"  # who did what


# Outsiders who see all postings: what they look at of them stands in the audit log.
WATCHED = frozenset({Role.AUDITOR})
# Whoever can give others their way in must themselves have shown more than a password.
WITH_SECOND_FACTOR = frozenset({Right.USERS})


class Reach(StrEnum):
    """How far a right goes: over the whole municipality, or the role's unit and all below."""

    ALL = "all"
    OWN = "own"


_FIGURES = {Right.FIGURES: Reach.ALL}
_HEAD = {**_FIGURES, Right.POSTINGS: Reach.OWN, Right.EDIT: Reach.OWN, Right.ANSWER: Reach.OWN}
RIGHTS: Mapping[Role, Mapping[Right, Reach]] = {
    Role.ADMINISTRATOR: {
        Right.ORGANIZATION: Reach.ALL,
        Right.USERS: Reach.ALL,
        Right.AUDIT: Reach.ALL,
    },
    Role.CONTROLLER: {right: Reach.ALL for right in Right if right is not Right.USERS},
    Role.DIRECTOR: _HEAD,
    Role.UNIT_HEAD: _HEAD,
    Role.DEPUTY: _HEAD,
    Role.CONTRIBUTOR: {**_FIGURES, Right.POSTINGS: Reach.OWN, Right.ANSWER: Reach.OWN},
    Role.AUDITOR: {
        **_FIGURES,
        Right.POSTINGS: Reach.ALL,
        Right.PERSONAL_TEXTS: Reach.ALL,
        Right.AUDIT: Reach.ALL,
    },
    Role.READER: _FIGURES,
}
