"""`katsaus drill`."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _
from rich.table import Table

from katsaus.cli.console import complain, out
from katsaus.cli.importing import check_period
from katsaus.cli.municipalities import find_municipality
from katsaus.core.figures import Scenario
from katsaus.core.formats import DASH, DisplayUnit, NumberFormat
from katsaus.core.names import LANGUAGES, Names
from katsaus.core.results import CellKey, Value
from katsaus.core.statements import ROW_ACCOUNT, Row
from katsaus.core.tables import exact
from katsaus.ledger.drill import Entry
from katsaus.web.finance.numbers import when
from katsaus.web.finance.queries import Books
from katsaus.web.languages import language
from katsaus.web.organization.queries import organization

SCHEME = "income_statement"
NEAREST = 12  # how many codes a complaint of an unknown one tells
SOURCES = {
    Scenario.ACTUAL: "posting",
    Scenario.BUDGET: "budget",
    Scenario.AMENDMENT: "amendment",
    Scenario.FORECAST: "forecast",
}


class Figure:
    """One figure and what it is made of; ends with a message where there is no such figure."""

    def __init__(
        self, municipality: str, period: str, key: CellKey, limit: int | None = None
    ) -> None:
        owner, asked = find_municipality(municipality), check_period(period)
        # Told in the same hierarchy as the period's report.
        self._books = Books(owner, asked, tree=organization(owner, on=asked.ends_on))
        question = self._books.question(SCHEME)
        self.key = key = key._replace(row=_row_id(key.row, question.scheme.rows))
        _check(_("unit"), key.unit, {e.code: e.names for e in question.organization})
        _check(_("row"), key.row, {e.id: e.names for e in question.scheme.rows})
        _check(_("column"), key.column, {e.id: e.names for e in question.columns})
        self.column = question.column(key.column)
        self.value = self._books.statement(SCHEME).value(key.unit, key.row, key.column)
        self.entries = self._books.entries(question, key, limit=limit)
        self.scheme = question.scheme

    def parts(self) -> dict[str, Value]:
        """Return the two amounts of a ratio by their columns; nothing for an amount."""
        if self.column.kind != "ratio":
            return {}
        statement = self._books.statement(SCHEME)
        columns = (self.column.left, self.column.right)
        return {each: statement.value(self.key.unit, self.key.row, each) for each in columns}


def _row_id(given: str, rows: Iterable[Row]) -> str:
    """Return the id of a row that is given by its id or a name; what is unknown as it is."""
    ids = {
        name.casefold(): row.id
        for row in rows
        for name in (*(row.names.text(each) for each in LANGUAGES), row.id)
    }
    return ids.get(given.casefold(), given)


def _check(what: str, given: str, names: Mapping[str, Names]) -> None:
    if given in names:
        return
    unknown = _("Unknown %(what)s: %(given)s. Nearest to it:") % {"what": what, "given": given}
    near = [f"{code}  {names[code].text(language())}" for code in _nearest(given, names)]
    complain("\n".join([unknown, *near]))


def _nearest(given: str, names: Mapping[str, Names]) -> list[str]:
    """Return the codes that begin like the given one or have it in their name, or look like it."""
    text = given.casefold()
    alike = [
        code
        for code, name in names.items()
        if code.startswith(given) or text in name.text(language()).casefold()
    ]
    return (alike or get_close_matches(given, names, NEAREST) or list(names))[:NEAREST]


def write_json(figure: Figure) -> None:
    """Write the figure and its entries as JSON; a ratio has its two amounts instead."""
    fields: dict[str, object] = {"value": exact(figure.value)}
    if parts := figure.parts():
        fields["of"] = [
            {"column": column, "value": exact(value)} for column, value in parts.items()
        ]
    fields["entries"] = [_fields(entry) for entry in figure.entries.page]
    out.file.write(json.dumps(fields, ensure_ascii=False, indent=1) + "\n")


def _fields(entry: Entry) -> dict[str, object]:
    return {
        "source": SOURCES[entry.source],
        "amount": exact(entry.amount),
        "unit": entry.unit,
        "account": entry.account,
        "date": entry.on.isoformat() if entry.on else None,
        "year": entry.year,
        "month": entry.month,
        "voucher": entry.voucher,
        "text": _text(entry),
        "batch": entry.batch,
        "row": entry.source_row,
        "body": entry.body,
        "section": entry.section,
        "giver": entry.giver,
        "reason": entry.text if entry.plan_id else "",
    }


def _text(entry: Entry) -> str:
    """Return a posting's text, or a plan figure's decision or giver and its reason in one."""
    source = entry.giver
    if entry.body:
        source = " ".join(part for part in (entry.body, _day(entry), entry.section) if part)
    return ": ".join(part for part in (source, entry.text) if part)


def _day(entry: Entry) -> str:
    return f"{entry.on.day}.{entry.on.month}.{entry.on.year}" if entry.on else ""


def show(figure: Figure) -> None:
    """Print the figure and its entries as a table."""
    for column, value in figure.parts().items():
        out.print(f"{column}: {_money(value)}")
    if figure.entries.page:
        out.print(_table(figure))
    said = {"count": figure.entries.count, "figure": _shown(figure)}
    out.print(_("Rows: %(count)s. Figure: %(figure)s.") % said)
    if left := figure.entries.count - len(figure.entries.page):
        out.print(_("%s rows are not shown: choose how many with --limit.") % left)


def _table(figure: Figure) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (_("source"), _("date"), _("unit"), _("account"), _("voucher"), _("text")):
        table.add_column(heading)
    table.add_column(_("euros"), justify="right")
    names = {
        Scenario.ACTUAL: _("posting"),
        Scenario.BUDGET: _("budget"),
        Scenario.AMENDMENT: _("amendment"),
        Scenario.FORECAST: _("forecast"),
    }
    for entry in figure.entries.page:
        account = _account(figure, entry.account)
        cells = (
            names[entry.source],
            when(_day(entry), entry),
            entry.unit,
            account,
            entry.voucher,
            _text(entry),
        )
        table.add_row(*cells, _money(entry.amount))
    return table


def _account(figure: Figure, account: str) -> str:
    """Return an account's number, or the name of the row that a plan figure stands on."""
    if not account.startswith(ROW_ACCOUNT):
        return account
    return figure.scheme.row(account.removeprefix(ROW_ACCOUNT)).names.text(language())


def _numbers() -> NumberFormat:
    return NumberFormat.of(language())


def _money(value: Value) -> str:
    if not isinstance(value, Decimal):
        return DASH
    return _numbers().amount(value, DisplayUnit.CENT)


def _shown(figure: Figure) -> str:
    if figure.column.kind == "ratio" and isinstance(figure.value, Decimal):
        return _numbers().fraction(figure.value, 1)
    return _money(figure.value)
