"""Report templates: which sections, tables, columns and units of display a report has, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from katsaus.core.columns import Role
from katsaus.core.formats import DASH, DisplayUnit
from katsaus.core.names import Names
from katsaus.definitions import load
from katsaus.definitions.places import Fault, Place, Wrong

TableKind = Literal["deviation_chart", "income_statement", "divisions", "division"]


class TemplateError(ValueError):
    """A template's definition is wrong; `fault` says where and how."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """One table: what it tells of, in which rows, columns and unit of display.

    `rows` empty means all rows of the scheme. `columns_of_unit` has the columns of those units
    whose table differs from the others' by them.
    """

    kind: TableKind
    title: Names
    scheme: str
    rows: tuple[str, ...]
    columns: tuple[Role, ...]
    display_unit: DisplayUnit
    letter: str = ""
    columns_of_unit: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """One chapter; `each_division` makes it one chapter a division, titled by its name.

    `text` is the place of the text that ends the chapter: "summary", or in the chapter of a
    division the division's own. `performance` adds the performance figures of the division and
    its service areas after their texts. `each_theme` makes it one chapter a theme of the
    strategy, with the follow-up of its goals by division.
    """

    title: Names
    tables: tuple[TableTemplate, ...]
    text: str = ""
    each_division: bool = False
    performance: bool = False
    each_theme: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """The layout of one municipality's report; `missing` shows an amount never booked.

    `hierarchy` names the units' hierarchy that it uses; empty: the one of the period's end.
    """

    title: Names
    sections: tuple[SectionTemplate, ...]
    missing: str = DASH
    hierarchy: str = ""


@cache
def default_template() -> Template:
    """Return the template of a municipality that has none of its own."""
    file = files(__package__) / "report_templates" / "interim_report.yaml"
    return parse_template(file.read_text("utf-8"), file.name)


def parse_template(text: str, source: str) -> Template:
    """Read a template from YAML; raises TemplateError with the place and the fault."""
    whole = Place.of(text, source, TemplateError)
    whole.refuse_others("hierarchy", "missing", "title", "sections", "columns")
    columns = _roles(whole, "columns")
    sections = tuple(_section(place, columns) for place in whole.places("sections"))
    missing, hierarchy = whole.text("missing", DASH), whole.text("hierarchy", "")
    return Template(whole.names("title"), sections, missing, hierarchy)


def _section(place: Place, columns: tuple[Role, ...]) -> SectionTemplate:
    place.refuse_others("title", "text", "each_division", "performance", "each_theme", "tables")
    each_division, each_theme = place.flag("each_division"), place.flag("each_theme")
    tables = [] if each_theme and "tables" not in place.entries else place.places("tables")
    return SectionTemplate(
        Names("") if each_division else place.names("title"),
        tuple(_table(each, columns) for each in tables),
        place.text("text", ""),
        each_division,
        place.flag("performance"),
        each_theme,
    )


def _table(place: Place, columns: tuple[Role, ...]) -> TableTemplate:
    place.refuse_others(
        "kind", "title", "scheme", "rows", "columns", "display_unit", "letter", "columns_of_unit"
    )
    kind = cast(TableKind, place.choice("kind", get_args(TableKind)))
    scheme = place.choice("scheme", load.schemes().keys(), "operating")
    columns = _roles(place, "columns") or columns
    if not columns:
        raise place.wrong(Wrong.MISSING, "columns")
    exceptions = place.child("columns_of_unit")
    return TableTemplate(
        kind=kind,
        title=Names("") if kind == "division" else place.names("title"),
        scheme=scheme,
        rows=place.choices("rows", [row.id for row in load.scheme(scheme).rows]),
        columns=columns,
        display_unit=DisplayUnit(place.choice("display_unit", [*DisplayUnit], DisplayUnit.EUR)),
        letter=place.text("letter", ""),
        columns_of_unit={unit: _roles(exceptions, unit) for unit in exceptions.entries},
    )


def _roles(place: Place, key: str) -> tuple[Role, ...]:
    return tuple(cast(Role, each) for each in place.choices(key, get_args(Role)))
