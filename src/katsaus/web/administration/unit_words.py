"""Refused changes of units in words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katsaus.core.reorganization import Fault, FaultKind, RefusedError

_K = FaultKind
_SENTENCES = {
    _K.CODE_TAKEN: _("Another unit has the code %(value)s. Give another code."),
    _K.CODE_FIXED: _("Figures or texts stand on this code, so it stays."),
    _K.IN_USE: _(
        "Something stands on this unit: figures, roles, units below it, or the strategy. "
        "End it instead."
    ),
    _K.BODY_IN_USE: _("Units answer to this body. Choose another body for them first."),
    _K.ACCOUNT_IN_USE: _(
        "Figures or notes stand on this account, also in batches that count no more, so it stays."
    ),
    _K.ONLY_HIERARCHY: _("This is the only hierarchy, so it stays."),
    _K.NAMED_BY_REPORT: _("The layout of the report names it, so it stays."),
    _K.NAME_TAKEN: _("The name %(value)s is taken. Give another name."),
    _K.NO_PARENT: _("Choose the unit above: only %(value)s stands above all others."),
    _K.ROOT_STAYS: _(
        "The unit above all others cannot be moved, ended, merged or removed. "
        "Change its name instead."
    ),
    _K.CIRCLE: _("The units would go in a circle: choose a unit that is not below this one."),
    _K.ENDS_BEFORE_START: _("The last year is before the first. Mend either of them."),
    _K.PARENT_ENDS: _(
        "The unit above ends before this one (%(value)s). Choose another, or end this one too."
    ),
    _K.CHILDREN_OUTLIVE: _(
        "Units below this one would go on after it: %(value)s. Move or end them first."
    ),
    _K.HAS_ENDED: _("These have ended before the year: %(value)s. Give an earlier year."),
    _K.NOT_BEGUN: _("These begin too late for the year: %(value)s. Give a later year."),
    _K.TOO_FEW: _("Choose at least two units, or one that goes into a unit that is there."),
    _K.INTO_ITSELF: _("A unit cannot go on as itself: choose another to go on."),
    _K.INTO_ITS_PART: _(
        "The unit that goes on is below one that ends. Move it first, or choose another."
    ),
    _K.BEFORE_ALL: _("The first hierarchy begins in %(value)s. Give that year or a later one."),
}


def sentence(fault: Fault) -> str:
    """Return what is wrong and what to do, in the language that is active."""
    return str(_SENTENCES[fault.kind]) % {"value": fault.value}


def tell(form: forms.Form, error: RefusedError) -> None:
    """Put the faults of a refused change at the fields of its form."""
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, sentence(fault))
