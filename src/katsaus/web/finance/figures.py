"""One figure and what it is made of, as far as the viewer may see it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _

from katsaus.core.columns import Column, columns_of
from katsaus.core.figures import Scenario, total
from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.organization import OrgUnit
from katsaus.core.periods import Period
from katsaus.core.results import CellKey, Statement, Value
from katsaus.core.statements import ROW_ACCOUNT, Row, SchemeError
from katsaus.core.tables import Layout
from katsaus.definitions.personal import is_personal
from katsaus.ledger.drill import PAGE, Entry, Reading
from katsaus.ledger.statement import Question
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import findings, forms, looks
from katsaus.web.finance.forms import BadAddressError, Known, View
from katsaus.web.finance.numbers import day, euros, formats, money, when
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.languages import language


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two amounts of a ratio or a difference, and the address of its own page."""

    name: str
    shown: str
    href: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the page and the file show it; a text that is not for the viewer is None.

    Of a plan figure `on` has its month or year, and the text is its reason; `body` and `section`
    are of an amendment's decision.
    """

    source: str
    on: str
    voucher: str
    text: str | None
    account: str
    account_name: str
    unit: str
    unit_name: str
    amount: Decimal
    body: str = ""
    section: str = ""
    giver: str = ""

    @property
    def decision(self) -> str:
        """The governing body and the section of its minutes."""
        section = f"§ {self.section}" if self.section.isdecimal() else self.section
        return f"{self.body} {section}".strip()

    @property
    def shown(self) -> str:
        """The amount to the cent."""
        return money(self.amount)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries of all that were found, counted from 1; `before` and `after` are pages."""

    lines: tuple[EntryLine, ...]
    count: int
    total: str
    first: int
    number: int

    @property
    def has_decisions(self) -> bool:
        """Whether an entry of the page rests on a decision."""
        return any(line.body for line in self.lines)

    @property
    def has_givers(self) -> bool:
        """Whether it is known who gave an entry of the page."""
        return any(line.giver for line in self.lines)

    @property
    def range(self) -> str:
        """Which entries of all these are: "1-50 / 5 430"."""
        places = {"first": self.first, "last": self.last, "count": self.count}
        shown = {name: formats().number(Decimal(place)) for name, place in places.items()}
        return _("%(first)s–%(last)s of %(count)s") % shown

    @property
    def last(self) -> int:
        """The number of the last entry of the page."""
        return self.first + len(self.lines) - 1

    @property
    def before(self) -> int:
        """The page before, 0 where there is none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after, 0 where there is none."""
        return self.number + 1 if self.last < self.count else 0


@dataclass(frozen=True, slots=True)
class AccountMonths:
    """What was posted on one account, month by month and in all."""

    account: str
    name: str
    shown: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class Figure:
    """A cell of a statement that an address names."""

    viewer: Viewer
    books: Books
    unit: OrgUnit
    row: Row
    column: Column
    question: Question

    @property
    def key(self) -> CellKey:
        """Where the figure stands."""
        return CellKey(self.unit.code, self.row.id, self.column.id)

    @property
    def query(self) -> str:
        """The figure's address."""
        return self._view.figure(*self.key)

    def query_of(self, period: Period) -> str:
        """Return the address of the same figure of another period, in its column of that."""
        columns = columns_of(self.books.period)
        role = next(role for role, each in columns.items() if each.id == self.column.id)
        view = replace(self._view, period=period)
        return view.figure(self.unit.code, self.row.id, columns_of(period)[role].id)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The figure's address as the fields of a form."""
        return parse_qsl(self.query.removeprefix("?"))

    @property
    def _view(self) -> View:
        return View(self.unit.code, self.row.id, self.books.period, self.books.items)

    @cached_property
    def _statement(self) -> Statement:
        return self.books.answer(self.question)

    @property
    def value(self) -> Value:
        """The figure itself."""
        return self._statement.value(*self.key)

    def _shown(self, key: CellKey) -> str:
        value = self._statement.value(*key)
        is_rate = self._statement.column(key.column).kind == "ratio"
        if is_rate and isinstance(value, Decimal):
            return formats().fraction(value, 1)
        return Layout(language(), DisplayUnit.CENT, DASH).cell(self._statement, key).shown

    @property
    def shown(self) -> str:
        """The figure to the cent, or the percent with one decimal."""
        return self._shown(self.key)

    @property
    def shown_with_mark(self) -> str:
        """The figure as it is shown alone: with the mark of euros where it is an amount."""
        is_amount = self.has_entries and self.shown != DASH
        return formats().euros(self.shown) if is_amount else self.shown

    @property
    def lacking(self) -> str:
        """Which units a forecast or its deviation is without; empty where there are none."""
        roles = {each.id: role for role, each in columns_of(self.books.period).items()}
        if roles[self.column.id] not in ("forecast", "deviation") or "." in self.row.id:
            return ""
        if self.books.lacks_parted:
            return findings.not_parted()
        is_deviation, value = self.column.kind == "difference", self.value
        deviation = value if is_deviation and isinstance(value, Decimal) else None
        return findings.of_forecast(self.books.gaps, self.unit.code, self.row.id, deviation)

    @property
    def note(self) -> str:
        """What was noted on the figure; empty for nothing."""
        return self.books.notes.get(self.key, "")

    @property
    def may_note(self) -> bool:
        """Say whether the viewer may give the figure a note, and change it."""
        return self.viewer.may(Right.EDIT, self.unit.code)

    @property
    def column_name(self) -> str:
        """The name of the figure's column."""
        return self.column.names.text(language())

    @property
    def row_name(self) -> str:
        """The name of the figure's row, with the number of an account."""
        return f"{self.row.id.partition('.')[2]} {self.row.names.text(language())}".strip()

    def parts(self) -> list[Part]:
        """Return the two amounts of a ratio or a difference; none for an amount."""
        if self.row.ratio and self.column.kind == "amount":
            return [self._part(row, self.column.id) for row in self.row.ratio]
        names = (self.column.left, self.column.right)
        return [self._part(self.row.id, column) for column in names if column]

    def _part(self, row: str, column: str) -> Part:
        name = self.question.column(column).names.text(language())
        if row != self.row.id:
            name = f"{self.question.scheme.row(row).names.text(language())}, {name}"
        key = CellKey(self.unit.code, row, column)
        return Part(name, self._shown(key), self._view.figure(*key))

    @property
    def has_entries(self) -> bool:
        """Say whether the figure is an amount or a difference; a rate has two amounts instead."""
        return self.column.kind != "ratio" and self.row.ratio is None

    @property
    def is_posted(self) -> bool:
        """Say whether the figure is made of postings."""
        return any(part.scenario is Scenario.ACTUAL for part in self.column.slices)

    @property
    def shows_postings(self) -> bool:
        """Say whether single postings are for the viewer."""
        return self.viewer.may(Right.POSTINGS, self.unit.code)

    @cached_property
    def _hides(self) -> bool:
        """Whether texts that may be personal are not for the viewer; asked for every entry."""
        return not self.viewer.may(Right.PERSONAL_TEXTS, self.unit.code)

    @cached_property
    def _sources(self) -> dict[Scenario, str]:
        return {each: source_name(each) for each in Scenario}

    def _reading(self, search: str) -> Reading:
        if not self._hides:
            return Reading(search)
        return Reading(search, frozenset(filter(is_personal, self.books.accounts)))

    def entries(self, page: int, search: str) -> EntryPage:
        """Return a page of the entries, from 1; raises BadAddressError for a page too far.

        A look at postings is written down where the viewer is watched, and so it is of all_lines.
        """
        reading, offset = self._reading(search), (page - 1) * PAGE
        found = self.books.shelf.get(
            ("entries", self.books.period, self.question, self.key, offset, reading),
            lambda: self.books.entries(self.question, self.key, offset=offset, reading=reading),
        )
        if found.count and not found.page:
            pages = -(-found.count // PAGE)
            raise BadAddressError(_("There are only %(count)s pages.") % {"count": pages})
        if self.is_posted:
            looks.viewed(self.viewer, self._recorded, search)
        lines = tuple(map(self.line, found.page))
        return EntryPage(lines, found.count, euros(found.total), offset + 1, page)

    def all_lines(self, search: str) -> Iterator[EntryLine]:
        """Return all entries one by one."""
        if self.is_posted:
            looks.downloaded(self.viewer, self._recorded, search)
        return self._all_lines(search)

    @property
    def _recorded(self) -> str:
        """The figure as the audit log tells it."""
        return " ".join((*self.key, self.books.period.code))

    def _all_lines(self, search: str) -> Iterator[EntryLine]:
        for chunk in self.books.chunks(self.question, self.key, self._reading(search)):
            yield from map(self.line, chunk)

    def line(self, entry: Entry) -> EntryLine:
        """Return an entry as it is shown."""
        is_hidden = self._hides and _may_name(entry) and is_personal(entry.account)
        unit = self.books.organization.unit(entry.unit)
        return EntryLine(
            source=self._sources[entry.source],
            on=when(day(entry.on), entry),
            voucher=entry.voucher,
            text=None if is_hidden else entry.text,
            account="" if entry.account.startswith(ROW_ACCOUNT) else entry.account,
            account_name=self._account_name(entry.account),
            unit=entry.unit,
            unit_name=unit.names.text(language()),
            amount=entry.amount,
            body=entry.body,
            section=entry.section,
            giver=entry.giver,
        )

    def _account_name(self, account: str) -> str:
        if account.startswith(ROW_ACCOUNT):
            row_id = account.removeprefix(ROW_ACCOUNT)
            try:
                row = self.question.scheme.row(row_id)
            except SchemeError:
                return row_id
            return row.names.text(language())
        found = self.books.accounts.get(account)
        return found.names.text(language()) if found else ""

    def account_months(self) -> tuple[tuple[int, ...], list[AccountMonths]]:
        """Return the months posted on and the sums of each account; the last line is of all."""
        sums = self.books.month_sums(self.question, self.key)
        months = tuple(sorted({each.month for each in sums}))
        by_place = {(each.account, each.month): each.amount for each in sums}
        lines = [
            _months(
                account,
                self._account_name(account),
                [by_place.get((account, month)) for month in months],
            )
            for account in sorted({each.account for each in sums})
        ]
        whole = [total(e.amount for e in sums if e.month == month) for month in months]
        return months, [*lines, _months("", _("Total"), whole)] if lines else []


def _may_name(entry: Entry) -> bool:
    """Say whether an entry's text comes of a system, and may name whom it is paid to.

    The reasons of amendments and forecasts are written for those who read them.
    """
    return entry.source in (Scenario.ACTUAL, Scenario.BUDGET)


def _months(account: str, name: str, amounts: list[Decimal | None]) -> AccountMonths:
    return AccountMonths(account, name, tuple(map(money, amounts)), money(total(amounts)))


def source_name(scenario: Scenario) -> str:
    """Return what an entry is, in words."""
    return {
        Scenario.ACTUAL: _("posting"),
        Scenario.BUDGET: _("budget"),
        Scenario.AMENDMENT: _("amendment"),
        Scenario.FORECAST: _("forecast"),
    }[scenario]


def figure(given: QueryDict, viewer: Viewer, known: Known) -> Figure:
    """Read the address of a figure; raises BadAddressError."""
    unit, period = forms.unit(given, known), forms.period(given, known)
    books = Books(viewer.municipality, period, forms.items(given), viewer.shelf)
    question, row_id = books.question(SCHEME), given.get("row", "")
    _base, _dot, account = row_id.partition(".")
    if account in books.accounts:
        scheme = question.scheme.with_accounts([books.accounts[account]])
        question = replace(question, scheme=scheme)
    try:
        row = question.scheme.row(row_id)
    except SchemeError:
        said = _("There is no row “%(row)s”.") % {"row": row_id[:60]}
        raise BadAddressError(said) from None
    column_id = given.get("column", "")
    try:
        column = question.column(column_id)
    except LookupError:
        said = _("There is no column “%(column)s”.") % {"column": column_id[:60]}
        raise BadAddressError(said) from None
    rows = frozenset({row.id, *(row.ratio or ())})
    asked = replace(question, units=frozenset({unit.code}), rows=rows)
    return Figure(viewer, books, unit, row, column, asked)
