"""What the tests of the strategy's pages look with: a page's text, and tables brought in."""

import html
import re

from django.test import Client

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.use_cases.strategies import keep_strategy

READERS = ("aino", "bertta", "cecilia", "daavid", "tarkastaja")


def text(client: Client, address: str) -> str:
    """Return what a page says in English, without its marks and with single spaces."""
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200, response.status_code
    body = response.content.decode().split("<main", 1)[1]
    words = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return " ".join(words.replace(NO_BREAK_SPACE, " ").replace(MINUS, "-").split())


def bring_in(owner: Municipality, tables: str) -> None:
    """Bring in "table: columns" and indented rows, with semicolons between cells."""
    lines: dict[str, list[Line]] = {}
    name, columns = "", [""]
    for number, row in enumerate(tables.strip().splitlines(), 1):
        if row.startswith(" "):
            pairs = zip(columns, map(str.strip, row.split(";")), strict=True)
            lines[name].append(Line(str(number), dict(pairs)))
        else:
            name, _, heads = row.partition(":")
            columns = [head.strip() for head in heads.split(";")]
            lines[name] = []
    outcome = keep_strategy(municipality=owner, given=Given(lines))
    assert outcome.is_kept, outcome.faults
