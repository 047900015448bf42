"""The pages of administration, as data."""

from django.utils.translation import gettext_lazy as _

from katsaus.web.access.rules import Right

# The name of an address, its word, what it is for, and the right that its door asks for.
SECTIONS = (
    (
        "units",
        _("Units"),
        _("The tree of units by hierarchy and year: add, change, move, end and merge them."),
        Right.ORGANIZATION,
    ),
    (
        "hierarchies",
        _("Hierarchies"),
        _("The structures of different times, so that two years can be told in one of them."),
        Right.ORGANIZATION,
    ),
    (
        "bodies",
        _("Governing bodies"),
        _("The council, executive board and boards that units answer to."),
        Right.ORGANIZATION,
    ),
    (
        "accounts",
        _("Accounts"),
        _("Own accounts under the official ones, and the row of the statement each is on."),
        Right.ORGANIZATION,
    ),
    (
        "limits",
        _("Limits"),
        _("How large a deviation is told of, by the level of the unit."),
        Right.IMPORT,
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
