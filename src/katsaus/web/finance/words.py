"""The items that a deviation is made of, in words."""

from django.utils.translation import gettext_lazy as _

from katsaus.core.bridge import Appropriation, DeviationItem, Duration

DURATIONS = {Duration.ONE_OFF: _("one-off"), Duration.PERMANENT: _("permanent")}
APPROPRIATIONS = {
    Appropriation.WITH: _("in the budget"),
    Appropriation.WITHOUT: _("no appropriation"),
}


def item_words(item: DeviationItem, unit: str) -> str:
    """Return what was told of an item besides its cause; `unit` is said first where there is one.

    That something has its appropriation is not worth a word.
    """
    told = [unit]
    if item.duration:
        told.append(str(DURATIONS[item.duration]))
    if item.appropriation is Appropriation.WITHOUT:
        told.append(str(APPROPRIATIONS[item.appropriation]))
    return ", ".join(filter(None, told))
