"""What will happen to units and to the rows of accounts, in words, before it is done."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from katsaus.core import accounts as core
from katsaus.core.organization import Level, OrgUnit
from katsaus.web.access.publications import published_change, published_periods
from katsaus.web.administration.account_lines import row_name
from katsaus.web.administration.figures_on_accounts import years_on_account
from katsaus.web.administration.figures_on_units import YearOnUnit, years_after
from katsaus.web.administration.units import unit_name
from katsaus.web.finance.numbers import euros
from katsaus.web.languages import language
from katsaus.web.organization import restructuring
from katsaus.web.organization.models import Account, Hierarchy, Municipality, Unit
from katsaus.web.organization.restructuring import Merger
from katsaus.web.organization.words import LEVELS


def of_end(unit: Unit, last_year: int) -> Iterator[str]:
    """Tell of the figures that a unit has after its last year."""
    yield from _of_years(years_after(unit.municipality, [unit.code], last_year))


def of_change(unit: Unit, told: OrgUnit) -> Iterator[str]:
    """Tell of another level, and of the figures that a unit has after another last year."""
    old = Level(unit.level)
    if told.level is not old:
        said = {"old": LEVELS[old], "new": LEVELS[told.level]}
        yield _("The level changes from %(old)s to %(new)s, in earlier periods too.") % said
        if Level.DIVISION in (old, told.level):
            yield _("Only divisions have a chapter and a bar of their own, also in reports before.")
        yield _("The limits of deviations go by level, so what Deviations tells of it may change.")
    if told.valid_to is not None and told.valid_to != unit.valid_to:
        yield from of_end(unit, told.valid_to)


def of_move(owner: Municipality, year: int | None, hierarchy: Hierarchy) -> Iterator[str]:
    """Tell of the hierarchy that a move is made in."""
    if year is None:
        name = {"name": hierarchy.name}
        yield _("The hierarchy “%(name)s” itself changes: earlier years are told anew too.") % name
    elif restructuring.lacks_hierarchy(owner, year):
        yield _of_hierarchy(year)


def of_merger(owner: Municipality, merger: Merger) -> Iterator[str]:
    """Tell of the units that end, of their figures after that, and of a new hierarchy."""
    names = map(unit_name, owner.units.filter(code__in=merger.units))
    into = merger.into.names.text(language())
    said = {"units": ", ".join(names), "last": merger.year - 1, "into": into}
    yield _("These end with the year %(last)s: %(units)s. %(into)s goes on with their work.") % said
    if restructuring.moves_units(owner, merger) and restructuring.lacks_hierarchy(
        owner, merger.year
    ):
        yield _of_hierarchy(merger.year)
    yield from _of_years(years_after(owner, merger.units, merger.year - 1))


def _of_hierarchy(year: int) -> str:
    said = {"year": year}
    return (
        _("A new hierarchy begins in %(year)s, as a copy. Earlier years stay as they are.") % said
    )


def _of_years(found: Iterable[YearOnUnit]) -> Iterator[str]:
    for each in found:
        said = {
            "unit": each.unit,
            "year": each.year,
            "postings": each.postings,
            "plans": each.plans,
        }
        yield (
            _(
                "The unit %(unit)s has figures of the year %(year)s: postings %(postings)s, "
                "rows of budgets and forecasts %(plans)s. They stay on it and in the sums above it."
            )
            % said
        )


def of_new_account(account: core.Account) -> Iterator[str]:
    """Tell of a number that is hardly an account's; without an official one it is refused."""
    if account.official and core.is_unusual(account.number):
        yield (
            _(
                "Own accounts usually have four digits or more, and this is %s. Check that the "
                "ledger has it so: postings are looked for by the number, which cannot be changed."
            )
            % account.number
        )


def of_account(owner: Municipality, saved: Account, told: core.Account) -> Iterator[str]:
    """Tell what moves from a row of the statement to another when an official account changes."""
    before = row_name(core.Account(saved.number, told.names, saved.official))
    after = row_name(told)
    if before == after:
        return
    rows = {"before": before or _("no row"), "after": after or _("no row")}
    found = years_on_account(owner, saved.number)
    for each in found:
        amounts = {"actual": euros(each.actual), "budget": euros(each.plans)}
        yield (
            _(
                "Of the year %(year)s, postings of %(actual)s and a budget of %(budget)s move from "
                "the row “%(before)s” to the row “%(after)s”."
            )
            % {"year": each.year, **rows, **amounts}
        )
    if found and (change := published_change(published_periods(owner))):
        yield change
