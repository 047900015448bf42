"""The pages of administration, as data."""

from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Right

# The name of an address, its word, what it is for, and the right that its door asks for.
SECTIONS = (
    (
        "accounts",
        _("Accounts"),
        _("Own accounts under the official ones, and the row of the statement each is on."),
        Right.ORGANIZATION,
    ),
    (
        "people",
        _("People"),
        _("Who comes in, and what each may see and do."),
        Right.USERS,
    ),
    (
        "audit",
        _("Audit log"),
        _("Who changed what and when, as it was before and after."),
        Right.AUDIT,
    ),
)
