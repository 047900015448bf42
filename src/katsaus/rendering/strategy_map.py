"""The strategy map as PDF: one landscape page where the texts let it."""

from datetime import UTC, datetime, time

from katsaus.core.strategy_maps import MapColumn, StrategyMap
from katsaus.rendering.pdf_tags import mark_row_heads
from katsaus.rendering.typesetting import Json, set_pdf
from katsaus.rendering.words import WORDS


def strategy_map_pdf(chart: StrategyMap) -> bytes:
    """Return the map as PDF/UA-1 and PDF/A-2a, the same bytes for the same map."""
    created_at = datetime.combine(chart.made_on, time(), UTC)
    return mark_row_heads(set_pdf("strategy_map.typ", _data(chart), created_at))


def _data(chart: StrategyMap) -> Json:
    language, region = WORDS[chart.language].locale.split("-")
    return {
        "lang": language,
        "region": region,
        "document_title": f"{chart.owner}: {chart.title}",
        "author": chart.owner,
        "owner": chart.owner,
        "title": chart.title,
        "statements": [{"label": each.label, "text": each.text} for each in chart.statements],
        "values_label": chart.values_label,
        "values": list(chart.values),
        "columns": [_column(each) for each in chart.columns],
        "source_line": chart.source_line,
    }


def _column(column: MapColumn) -> Json:
    return {
        "name": column.name,
        "total": column.total,
        "goals": [
            {"name": goal.name, "detail": goal.detail, "mark": goal.mark} for goal in column.goals
        ],
    }
