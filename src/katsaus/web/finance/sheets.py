"""The statement as a tree table: units by one row, or the rows and accounts of one unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from katsaus.core.columns import Role, columns_of
from katsaus.core.organization import Organization, OrgUnit
from katsaus.core.results import Statement
from katsaus.core.statements import Emphasis, Row, Scheme
from katsaus.web.finance.cells import Cells, Shown
from katsaus.web.finance.footnotes import Footnote, Footnotes
from katsaus.web.finance.forms import DEVIATION, View
from katsaus.web.finance.queries import SCHEME, Books
from katsaus.web.languages import language


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, in two lines; `sort` is the address that sorts by it, if any does."""

    first: str
    second: str
    role: Role
    sort: str = ""
    is_sorted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tree table; `href` looks at it, `opener` opens or closes it."""

    id: str
    name: str
    code: str
    depth: int
    href: str
    opener: str
    is_open: bool
    emphasis: Emphasis
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tree table as the page draws it, its footnotes, and the statement that it shows."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    statement: Statement
    footnotes: tuple[Footnote, ...] = ()


def sheet(books: Books, view: View) -> Sheet:
    """Return the table of a view."""
    table = _units(books, view) if view.row else _rows(books, view)
    statement = table.cells.statement
    lines, footnotes = _noted(books, statement, tuple(table.all_lines()))
    return Sheet(tuple(heads(view)), lines, statement, footnotes)


def _noted(
    books: Books, statement: Statement, lines: tuple[Line, ...]
) -> tuple[tuple[Line, ...], tuple[Footnote, ...]]:
    """Return the lines with the marks of their notes, and the notes."""
    notes = Footnotes(books.notes, books.gaps, books.period, statement, language())

    def marked(cell: Shown) -> Shown:
        mark = notes.mark(cell.key)
        return replace(cell, mark=mark) if mark else cell

    told = tuple(replace(line, cells=tuple(map(marked, line.cells))) for line in lines)
    return told, tuple(notes.found)


def heads(view: View) -> Iterator[Head]:
    """Iterate over the heads of a view's columns."""
    columns = columns_of(view.period)
    for role in view.columns:
        first, _, second = columns[role].names.text(language()).rpartition(" ")
        head = Head(first or second, second if first else "", role)
        if role == "deviation":
            is_sorted = view.sort == DEVIATION
            other = replace(view, sort="" if is_sorted else DEVIATION)
            head = replace(head, sort=other.query, is_sorted=is_sorted)
        yield head


def _units(books: Books, view: View) -> "_Units":
    tree = books.organization
    codes = {view.unit, *(unit.code for unit in _opened(tree, view, view.unit))}
    question = books.question(SCHEME)
    asked = frozenset({view.row, *(question.scheme.row(view.row).ratio or ())})
    answer = books.answer(replace(question, units=frozenset(codes), rows=asked))
    return _Units(tree, view, Cells.of(books, view, answer))


def _opened(tree: Organization, view: View, code: str) -> Iterator[OrgUnit]:
    for child in tree.children(code):
        yield child
        if child.code in view.open:
            yield from _opened(tree, view, child.code)


@dataclass(frozen=True, slots=True)
class _Units:
    tree: Organization
    view: View
    cells: Cells

    def all_lines(self) -> Iterator[Line]:
        """Iterate over the opened units under the view's unit, and last the unit itself."""
        yield from self.lines_under(self.view.unit, 0)
        whole = self.line(self.tree.unit(self.view.unit), 0)
        yield replace(whole, opener="", is_open=False, emphasis="total")

    def lines_under(self, code: str, depth: int) -> Iterator[Line]:
        row = self.view.row
        present = [u for u in self.tree.children(code) if self.cells.has_any(u.code, row)]
        for child in _sorted(self.cells, ((unit.code, row) for unit in present)):
            yield self.line(self.tree.unit(child[0]), depth)
            if child[0] in self.view.open:
                yield from self.lines_under(child[0], depth + 1)

    def line(self, unit: OrgUnit, depth: int) -> Line:
        has_parts = bool(self.tree.children(unit.code))
        is_open = has_parts and unit.code in self.view.open
        return Line(
            id=unit.code,
            name=unit.names.text(language()),
            code=unit.code,
            depth=depth,
            href=replace(self.view, unit=unit.code, row="", open=frozenset()).query,
            opener=self.view.toggled(unit.code).query if has_parts else "",
            is_open=is_open,
            emphasis="sum" if is_open else "plain",
            cells=self.cells.line(unit.code, self.view.row),
        )


def _rows(books: Books, view: View) -> "_Rows":
    question = books.question(SCHEME)
    scheme = _with_open_accounts(books, view, question.scheme)
    answer = books.answer(replace(question, scheme=scheme, units=frozenset({view.unit})))
    has_parts = bool(books.organization.children(view.unit))
    is_whole = view.unit == books.organization.root.code
    return _Rows(scheme, view, Cells.of(books, view, answer), has_parts, is_whole)


def _with_open_accounts(books: Books, view: View, scheme: Scheme) -> Scheme:
    selectors = [each for row in scheme.rows if row.id in view.open for each in row.selectors]
    return scheme.with_accounts(
        account
        for number, account in sorted(books.accounts.items())
        if any(selector.holds(number, account.official) for selector in selectors)
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    scheme: Scheme
    view: View
    cells: Cells
    has_parts: bool
    is_whole: bool

    def all_lines(self) -> Iterator[Line]:
        """Iterate over the rows of the unit, the opened ones with what is under them.

        A sum that adds nothing to the sum before it is left out: a school has no annual margin. Of
        the whole municipality every sum is told, as its income statement has them.
        """
        before: list[str] = []
        for line in self.lines(self.scheme.rows, 0):
            figures = [cell.text for cell in line.cells]
            if self.is_whole or line.emphasis == "plain" or figures != before:
                yield line
            if line.emphasis != "plain":
                before = figures

    def lines(self, rows: Iterable[Row], level: int) -> Iterator[Line]:
        """Iterate over the rows of a level, each followed by those under it where it is open."""
        groups = list(_groups(rows, level))
        if level:
            in_order = _sorted(self.cells, ((self.view.unit, row.id) for row, _ in groups))
            by_id = {row.id: (row, under) for row, under in groups}
            groups = [by_id[row_id] for _, row_id in in_order]
        for row, under in groups:
            if self.cells.has_any(self.view.unit, row.id):
                yield self.line(row, under)
                if row.id in self.view.open:
                    yield from self.lines(under, level + 1)

    def line(self, row: Row, under: list[Row]) -> Line:
        account = row.id.partition(".")[2]
        can_open = bool(under) or (bool(row.selectors) and not account)
        by_units = replace(self.view, row=row.id, open=frozenset())
        return Line(
            id=row.id,
            name=row.names.text(language()),
            code=account,
            depth=row.level,
            href=by_units.query if self.has_parts and not account else "",
            opener=self.view.toggled(row.id).query if can_open else "",
            is_open=can_open and row.id in self.view.open,
            emphasis=row.emphasis,
            cells=self.cells.line(self.view.unit, row.id),
        )


def _groups(rows: Iterable[Row], level: int) -> Iterator[tuple[Row, list[Row]]]:
    """Part rows into those of a level, each with the deeper ones that follow it."""
    head: Row | None = None
    under: list[Row] = []
    for row in rows:
        if row.level > level and head:
            under.append(row)
            continue
        if head:
            yield head, under
        head, under = row, []
    if head:
        yield head, under


def _sorted(cells: Cells, places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sort units and rows by deviation where the view asks for it, the worst first."""
    if cells.view.sort != DEVIATION:
        return list(places)
    return sorted(places, key=lambda place: cells.amount(place[0], place[1], "deviation") or 0)
