"""Composes the interim report: a template filled with computed tables and the period's texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import cast

from django.utils import translation
from django.utils.translation import gettext as _

from katsaus.core.columns import columns_of
from katsaus.core.names import Language
from katsaus.core.organization import Organization, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.reports import Block, Prose, Report, Section
from katsaus.core.results import CellKey, Statement
from katsaus.core.tables import Cell, ReportTable, TableRow
from katsaus.definitions.templates import SectionTemplate, Template
from katsaus.web.audit.shelves import Shelf, shelf
from katsaus.web.finance import findings
from katsaus.web.finance.footnotes import Footnotes
from katsaus.web.finance.queries import Books
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import kept_organization
from katsaus.web.reports.followed import Followed
from katsaus.web.reports.layouts import Desk, Sheet, lay_out
from katsaus.web.reports.queries import layout_and_texts


def compose(
    municipality: Municipality,
    period: Period,
    language: Language | None = None,
    hierarchy: str | None = None,
    at: Shelf | None = None,
) -> Report:
    """Return a period's report, in the municipality's first language unless told otherwise.

    It is told in the hierarchy that is named, or that the template names, or that is in force at
    the period's end. What is computed is kept on the shelf `at`, which is asked for unless given.
    Raises UnknownHierarchyError.
    """
    language = language or cast(Language, municipality.language)
    at = at or shelf(municipality.slug)
    asked = _Asked(municipality, period, language, hierarchy)
    return at.get(("report", period, language, hierarchy), lambda: _compose(asked, at))


@dataclass(frozen=True, slots=True)
class _Asked:
    municipality: Municipality
    period: Period
    language: Language
    hierarchy: str | None


def _compose(asked: _Asked, at: Shelf) -> Report:
    municipality, period, language = asked.municipality, asked.period, asked.language
    template, texts = layout_and_texts(municipality, period)
    name = asked.hierarchy or template.hierarchy or None
    tree = kept_organization(municipality, at, name, on=period.ends_on)
    books = Books(municipality, period, at=at, tree=tree)
    statements = _statements(books, template)
    is_forecast = _is_forecast(statements["operating"], period)
    desk = Desk(books.organization, period, language, template.missing, is_forecast, books.gaps)
    with translation.override(language):
        composer = _Composer(
            desk,
            template,
            statements,
            books.notes,
            texts,
            _other(cast(Language, municipality.language), language),
            Followed.of(books, desk),
        )
        return composer.report(municipality)


def _other(written: Language, report: Language) -> Language | None:
    """Return the language that texts are written in where it is not the report's."""
    return None if written == report else written


def _statements(books: Books, template: Template) -> dict[str, Statement]:
    schemes = {table.scheme for section in template.sections for table in section.tables}
    units = _printed(books.organization)
    return {
        scheme: books.answer(replace(books.question(scheme), units=units))
        for scheme in schemes | {"operating"}
    }


def _is_forecast(statement: Statement, period: Period) -> bool:
    forecast = columns_of(period)["forecast"].id
    return any(key.column == forecast for key in statement.amounts)


def _printed(tree: Organization) -> frozenset[str]:
    """Return the units that tables can tell of: the whole, divisions, what is right under them."""
    divisions = findings.divisions(tree)
    areas = (area for unit in divisions for area in tree.children(unit.code))
    return frozenset(unit.code for unit in (tree.root, *divisions, *areas))


@dataclass(frozen=True)
class _Composer:
    desk: Desk
    template: Template
    statements: dict[str, Statement]
    notes: Mapping[CellKey, str]
    texts: dict[str, str]
    texts_language: Language | None
    followed: Followed

    def report(self, municipality: Municipality) -> Report:
        desk, operating = self.desk, self.statements["operating"]
        period = desk.period
        return Report(
            municipality=municipality.slug,
            municipality_name=desk.organization.root.names.text(desk.language),
            period=period,
            language=desk.language,
            title=self.template.title.text(desk.language),
            period_text=_period_text(period),
            finding=findings.finding(operating, desk.gaps, desk.organization.root.code, period),
            lead=findings.lead(operating, desk.gaps, period),
            source_line=_(
                "Euros unless stated otherwise. A positive deviation improves the result."
            ),
            sections=tuple(each for each in self._sections() if each.blocks),
        )

    def _sections(self) -> Iterator[Section]:
        for number, section in enumerate(self.template.sections, 1):
            if section.each_theme:
                yield from self.followed.themes(self.desk, section)
            elif not section.each_division:
                title = section.title.text(self.desk.language)
                yield self._section(
                    f"section-{number}", title, section, self.desk.organization.root
                )
            else:
                yield from self._divisions(section)

    def _divisions(self, section: SectionTemplate) -> Iterator[Section]:
        for count, unit in enumerate(self._present_divisions()):
            title = unit.names.text(self.desk.language)
            yield self._section(unit.code, title, _relettered(section, count), unit)
            yield from self._service_areas(unit)

    def _service_areas(self, division: OrgUnit) -> Iterator[Section]:
        """Return what the service areas of a division say, where they say something."""
        for unit in self.desk.organization.children(division.code):
            blocks: tuple[Block, ...] = (
                *self._text(unit.code),
                *self.followed.performance(self.desk, unit),
            )
            if blocks:
                title = unit.names.text(self.desk.language)
                yield Section(unit.code, title, 2, (*self._responsible(unit), *blocks))

    def _text(self, place: str) -> tuple[Prose, ...]:
        """Return a text that people wrote, which they write in the municipality's language."""
        markdown = self.texts.get(place)
        return (Prose(markdown, self.texts_language),) if markdown else ()

    @staticmethod
    def _responsible(unit: OrgUnit) -> tuple[Prose, ...]:
        return (Prose(_("Responsible: %s") % unit.responsible),) if unit.responsible else ()

    def _present_divisions(self) -> list[OrgUnit]:
        year = self.desk.period.year
        return [unit for unit in self.desk.divisions() if (unit.valid_to or year) >= year]

    def _section(
        self, section_id: str, title: str, section: SectionTemplate, unit: OrgUnit
    ) -> Section:
        blocks: list[Block] = [*(self._responsible(unit) if section.each_division else ())]
        for table in section.tables:
            sheet = Sheet(self.desk, table, self.statements[table.scheme], unit)
            if sheet.columns and (laid_out := lay_out(sheet)).groups:
                blocks.append(self._noted(laid_out, sheet))
        place = unit.code if section.text == "division" else section.text
        blocks += self._text(place)
        if section.each_division:
            blocks += self.followed.performance(self.desk, unit)
        return Section(section_id, title, 1, tuple(blocks), starts_page=section.each_division)

    def _noted(self, table: ReportTable, sheet: Sheet) -> ReportTable:
        """Return a table with the notes on its figures, and their marks beside the figures."""
        desk = self.desk
        notes = Footnotes(self.notes, desk.gaps, desk.period, sheet.statement, desk.language)

        def row(each: TableRow) -> TableRow:
            return replace(each, cells=tuple(cell(one) for one in each.cells))

        def cell(each: Cell) -> Cell:
            return replace(each, mark=notes.mark(each.key))

        groups = tuple(replace(each, rows=tuple(map(row, each.rows))) for each in table.groups)
        told = tuple(each.sentence for each in notes.found)
        return replace(table, groups=groups, notes=told)


def _period_text(period: Period) -> str:
    last = period.ends_on
    return f"1.1.\N{EN DASH}{last.day}.{last.month}.{last.year}"


def _relettered(section: SectionTemplate, count: int) -> SectionTemplate:
    """Give the tables of the chapter's n-th division the letters that follow the template's."""
    tables = tuple(replace(table, letter=_letter(table.letter, count)) for table in section.tables)
    return replace(section, tables=tables)


def _letter(first: str, count: int) -> str:
    if first not in ascii_uppercase or not first:
        return first
    index = ascii_uppercase.index(first) + count
    return ascii_uppercase[index] if index < len(ascii_uppercase) else f"{first}{count + 1}"
