"""The pages of administration, as data."""

from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Right

# The name of an address, its word, what it is for, and the right that its door asks for.
SECTIONS = (
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
