"""The report as the data that the template of the printed report is filled from."""

from collections.abc import Iterator
from itertools import groupby

from katsaus.core.reports import Prose, Report, Section
from katsaus.core.tables import ReportTable, TableRow
from katsaus.rendering import charts, layout
from katsaus.rendering.prose import BulletList, Paragraph, ProseBlock, read_prose
from katsaus.rendering.typesetting import Json
from katsaus.rendering.words import WORDS, Words

# The finding is heading 1 and chapters are headings 2.
_CHAPTER_LEVEL = 2
_FIGURE_SIZE, _SMALL_FIGURE_SIZE, _MANY_COLUMNS = 9.2, 8.6, 8
_ROOMY = 72  # points: few figures beside each other stand in columns of one width


def data_of(report: Report) -> Json:
    """Return what `report.typ` reads: texts as they are, tables with their layout."""
    report, words = layout.for_readers(report), WORDS[report.language]
    language, region = words.locale.split("-")
    return {
        "document_title": layout.document_title(report),
        "author": report.municipality_name,
        "lang": language,
        "region": region,
        "municipality_name": report.municipality_name,
        "subtitle": " · ".join(filter(None, (report.title, report.period_text))),
        "running_head": layout.document_title(report),
        "period_text": report.period_text,
        "finding": report.finding,
        "lead": report.lead,
        "source_line": report.source_line,
        "page": words.page,
        "parts": list(_parts(report, words)),
    }


def _parts(report: Report, words: Words) -> Iterator[Json]:
    """Return runs of sections that stand on pages of one orientation."""
    level = 1
    for number, (is_wide, sections) in enumerate(groupby(report.sections, layout.is_wide)):
        blocks: list[Json] = []
        for section in sections:
            # All parts but the first begin on a page of their own anyway.
            if section.starts_page and (blocks or not number):
                blocks.append({"kind": "page"})
            for block in _section(section, words):
                if block["kind"] == "heading":
                    # A level may not be skipped (PDF/UA-1), whatever the sections' levels are.
                    level = min(int(str(block["level"])), level + 1)
                    block["level"] = level
                blocks.append(block)
        yield {"landscape": is_wide, "blocks": blocks}


def _section(section: Section, words: Words) -> Iterator[dict[str, Json]]:
    level = _CHAPTER_LEVEL + section.level - 1
    if section.title and not layout.is_one_table(section):
        yield _heading(section.title, level)
    for place, block in enumerate(section.blocks):
        if isinstance(block, Prose):
            yield {
                "kind": "prose",
                "lang": block.language,
                "blocks": _prose(read_prose(block.markdown)),
                "sticky": layout.is_byline(section, place),
            }
        else:
            is_chapter = place == 0 and layout.is_one_table(section)
            yield _heading(layout.heading_of(block), level if is_chapter else level + 1)
            yield table_data(block, words)


def _heading(text: str, level: int) -> dict[str, Json]:
    return {"kind": "heading", "text": text, "level": level}


def _prose(blocks: tuple[ProseBlock, ...]) -> list[Json]:
    return [_list(each) if isinstance(each, BulletList) else _paragraph(each) for each in blocks]


def _list(block: BulletList) -> Json:
    items: list[Json] = [_prose(item) for item in block.items]
    return {"kind": "list", "ordered": block.is_ordered, "start": block.start, "items": items}


def _paragraph(block: Paragraph) -> Json:
    runs: list[Json] = [
        {"text": run.text, "strong": run.is_strong, "emphasised": run.is_emphasised}
        for run in block.runs
    ]
    return {"kind": "paragraph", "runs": runs}


def table_data(table: ReportTable, words: Words) -> dict[str, Json]:
    """Return what a template reads of one table."""
    columns = layout.columns_of(table)
    has_stub = layout.has_stub(table)
    roomy = _ROOMY if _has_room(table) else 0
    heads: list[Json] = [
        {
            "label": column.label,
            "align": column.alignment,
            "weight": column.weight,
            "width": 0 if column.weight else roomy,
        }
        for column in columns
    ]
    groups: list[Json] = [
        {
            "heading": group.heading,
            "rows": [_row(row, table, has_stub) for row in group.rows],
            "breakable": table.is_of_texts and layout.is_long(group),
        }
        for group in table.groups
        if group.rows
    ]
    is_drawn = bool(table.chart_description) and bool(groups)
    return {
        "kind": "table",
        "columns": heads,
        "groups": groups,
        "notes": [*layout.numbered(table.notes)],
        "no_rows": words.no_rows,
        "text_size": _SMALL_FIGURE_SIZE if len(columns) >= _MANY_COLUMNS else _FIGURE_SIZE,
        "chart": charts.printed_bars(table) if is_drawn else None,
        "chart_description": table.chart_description,
    }


def _has_room(table: ReportTable) -> bool:
    """Tell whether a table's figures fit into columns of one width."""
    widest = max((layout.widest(cell.shown) for row in table.rows for cell in row.cells), default=0)
    return table.is_of_texts and widest * _FIGURE_SIZE + 10 < _ROOMY


def _row(row: TableRow, table: ReportTable, has_stub: bool) -> Json:
    shown = [cell.shown for cell in row.cells]
    if table.chart_description:
        shown = [charts.signed(row), *shown[1:]]
    cells: list[Json] = [*([row.label] if has_stub else []), *shown]
    return {
        "cells": cells,
        "marks": [*([""] if has_stub else []), *(cell.mark for cell in row.cells)],
        "emphasis": row.emphasis,
        "indent": row.level,
        "tone": charts.tone(row),
        "breakable": not table.is_of_texts or layout.is_long_row(row),
    }
