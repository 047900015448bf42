"""Levels of units and kinds of governing bodies in words."""

from django.utils.translation import gettext_lazy as _

from katsaus.core.organization import BodyKind, Level

LEVELS = {
    Level.MUNICIPALITY: _("municipality"),
    Level.DIVISION: _("division"),
    Level.SERVICE_AREA: _("service area"),
    Level.UNIT: _("unit"),
    Level.COST_CENTER: _("cost centre"),
    Level.SUBSIDIARY: _("subsidiary"),
    Level.FINANCING: _("financing"),
}
BODY_KINDS = {
    BodyKind.COUNCIL: _("council"),
    BodyKind.EXECUTIVE_BOARD: _("executive board"),
    BodyKind.BOARD: _("board"),
}
