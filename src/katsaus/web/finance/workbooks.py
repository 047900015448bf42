"""The statement on the screen as a workbook: the same lines and columns, numbers as numbers."""

from dataclasses import replace

from katsaus.core.columns import columns_of
from katsaus.core.formats import DASH
from katsaus.core.reports import Report, Section
from katsaus.core.results import CellKey
from katsaus.core.tables import Layout, ReportTable, RowGroup, TableRow
from katsaus.rendering.xlsx import table_workbook
from katsaus.web.finance import findings
from katsaus.web.finance.forms import FIRST_ROW, View
from katsaus.web.finance.queries import Books
from katsaus.web.finance.sheets import Line, Sheet
from katsaus.web.languages import language


def statement_workbook(books: Books, view: View, shown: Sheet) -> bytes:
    """Return a view's table as XLSX; amounts are exact euros, shown as the view shows them."""
    tree, scheme, spoken = books.organization, shown.statement.scheme, language()
    unit = tree.unit(view.unit).names.text(spoken)
    row = scheme.row(view.row).names.text(spoken) if view.row else ""
    found = view.unit, view.row or FIRST_ROW
    title = ", ".join(part for part in (unit, row) if part)
    section = Section("statement", title, 1, (_table(view, shown, title),))
    return table_workbook(
        Report(
            municipality=books.municipality.slug,
            municipality_name=books.municipality.names.text(spoken),
            period=view.period,
            language=spoken,
            title=title,
            period_text=view.period.months,
            finding=findings.of_row(shown.statement, books.gaps, *found, view.period),
            lead=findings.lacking_in(books, *found),
            source_line="",
            sections=(section,),
        )
    )


def _table(view: View, shown: Sheet, title: str) -> ReportTable:
    by_role = columns_of(view.period)
    layout = Layout(language(), view.display_unit, DASH)
    return ReportTable(
        id="statement",
        title=title,
        display_unit=view.display_unit,
        columns=layout.columns(by_role[role] for role in view.columns),
        groups=(RowGroup("", tuple(_row(line, view, shown, layout) for line in shown.lines)),),
        notes=tuple(note.sentence for note in shown.footnotes),
    )


def _row(line: Line, view: View, shown: Sheet, layout: Layout) -> TableRow:
    unit, row = (line.id, view.row) if view.row else (view.unit, line.id)
    by_role = columns_of(view.period)
    keys = (CellKey(unit, row, by_role[role].id) for role in view.columns)
    cells = tuple(
        replace(layout.cell(shown.statement, key), mark=cell.mark)
        for key, cell in zip(keys, line.cells, strict=True)
    )
    label = f"{line.code} {line.name}".strip()
    return TableRow(row, label, unit, cells, line.emphasis, line.depth)
