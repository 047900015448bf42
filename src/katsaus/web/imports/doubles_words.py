"""What of a file may count twice with kept figures, in words with an example of each."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from katsaus.ledger.importers.doubles import Double, Relation
from katsaus.web.imports.messages import account_name, count, money


def beside(doubles: Sequence[Double], *, is_own: bool) -> list[str]:
    """Return a sentence of each relation, to what the file could replace or to what stays."""
    return [f"{_how_many(each)} {_example(each)}" for each in doubles if each.is_own is is_own]


def _how_many(double: Double) -> str:
    match double.relation:
        case Relation.SAME:
            words = ngettext(
                "%(number)s figure of the file has the same unit, account or row, and time as one "
                "kept from another file: they are added up.",
                "%(number)s figures of the file have the same unit, account or row, and time as "
                "ones kept from another file: they are added up.",
                double.count,
            )
        case Relation.SUM:
            words = ngettext(
                "%(number)s figure of the file is one whose parts are kept from another file: they "
                "are added up.",
                "%(number)s figures of the file are ones whose parts are kept from another file: "
                "they are added up.",
                double.count,
            )
        case Relation.PART:
            words = ngettext(
                "%(number)s figure of the file is a part of one kept from another file: they are "
                "added up.",
                "%(number)s figures of the file are parts of ones kept from another file: they are "
                "added up.",
                double.count,
            )
    return words % {"number": count(double.count)}


def _example(double: Double) -> str:
    words = ngettext(
        "For example row %(row)s has %(unit)s %(account)s, %(amount)s, and %(file)s has "
        "%(other_unit)s %(other_account)s, %(other_amount)s. If the same euros are in both, they "
        "count twice.",
        "For example row %(row)s has %(unit)s %(account)s, %(amount)s, and %(file)s has %(number)s "
        "figures such as %(other_unit)s %(other_account)s, together %(other_amount)s. If the same "
        "euros are in both, they count twice.",
        double.other_count,
    )
    return words % {
        "row": double.row,
        "unit": double.unit,
        "account": account_name(double.account),
        "amount": money(double.cents),
        "file": double.file,
        "number": count(double.other_count),
        "other_unit": double.other_unit,
        "other_account": account_name(double.other_account),
        "other_amount": money(double.other_cents),
    }
