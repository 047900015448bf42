"""What keeping a file would drop of the older figures, double or leave behind, in words."""

from django.utils.translation import ngettext

from katsaus.ledger.importers import Kind
from katsaus.web.imports.coverage import Coverage
from katsaus.web.imports.messages import count


def lost(kind: Kind, found: Coverage) -> str:
    """Return what would count no more if the file replaced the older ones; empty of nothing."""
    if kind is Kind.POSTINGS:
        words = ngettext(
            "%(number)s posting that the file does not have would count no more.",
            "%(number)s postings that the file does not have would count no more.",
            found.lacking,
        )
    else:
        words = ngettext(
            "%(number)s figure that the file does not have would count no more.",
            "%(number)s figures that the file does not have would count no more.",
            found.lacking,
        )
    return words % {"number": count(found.lacking)} if found.lacking else ""


def doubled(kind: Kind, found: Coverage) -> str:
    """Return what would count twice if the file were added to the older ones; empty of nothing."""
    if kind is Kind.POSTINGS:
        words = ngettext(
            "%(number)s posting is in both, and would count twice.",
            "%(number)s postings are in both, and would count twice.",
            found.shared,
        )
    else:
        words = ngettext(
            "%(number)s figure is in both, and would count twice.",
            "%(number)s figures are in both, and would count twice.",
            found.shared,
        )
    return words % {"number": count(found.shared)} if found.shared else ""


def left(found: Coverage) -> str:
    """Return what a new round of forecasts leaves behind; empty of nothing."""
    words = ngettext(
        "The round %(earlier)s has %(number)s figure that this round does not: it counts no more "
        "in reports of this period and later.",
        "The round %(earlier)s has %(number)s figures that this round does not: they count no more "
        "in reports of this period and later.",
        found.left,
    )
    said = words % {"earlier": found.earlier, "number": count(found.left)}
    return said if found.left else ""
