"""The organisation as a file: the form that the import of an organisation reads."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils import translation

from katsaus.rendering.cells import harmless
from katsaus.web.organization import queries
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.words import LEVELS

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8 by it
HEADERS = (
    "Koodi",
    "Nimi",
    "Nimi ruotsiksi",
    "Nimi englanniksi",
    "Lyhyt nimi",
    "Ylempi yksikkö",
    "Taso",
    "Voimassa alkaen",
    "Voimassa asti",
    "Seuraaja",
    "Vastuuhenkilö",
    "Toimielin",
    "Hierarkia",
    "Hierarkia alkaen",
)
# The import takes one apostrophe away from these, so one is put before each.
_LIKE_MADE_HARMLESS = re.compile(r"'+[=+\-@]")


def organization_csv(municipality: Municipality) -> bytes:
    """Return every unit's place in every hierarchy, a line each, the same bytes for the same units.

    The headers and the levels are Finnish in all languages of the screen: it is a form for programs
    too.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADERS)
    with translation.override("fi"):
        writer.writerows(map(_cell, line) for line in _lines(municipality))
    return BYTE_ORDER_MARK + file.getvalue().encode()


def _lines(municipality: Municipality) -> Iterator[list[str]]:
    successors = queries.successors(municipality)
    for hierarchy in reversed(queries.hierarchies(municipality)):
        begins = hierarchy.valid_from
        for unit in queries.organization(municipality, hierarchy.name):
            yield [
                unit.code,
                unit.names.fi,
                unit.names.sv,
                unit.names.en,
                unit.short_name,
                unit.parent or "",
                str(LEVELS[unit.level]),
                str(unit.valid_from or ""),
                str(unit.valid_to or ""),
                ", ".join(successors.get(unit.code, ())),
                unit.responsible,
                unit.governing_body,
                hierarchy.name,
                f"{begins.day}.{begins.month}.{begins.year}" if begins else "",
            ]


def _cell(text: str) -> str:
    return "'" + text if _LIKE_MADE_HARMLESS.match(text) else harmless(text)
