"""What is asked of `katsaus import`: its kinds and its options."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _
from typer import BadParameter

from katsaus.cli.wording import meant

DEFAULT_SOURCE = "tiedosto"


class ImportKind(StrEnum):
    """What can be brought in: kinds of tables, a report's parts, notes, a strategy."""

    ORGANIZATION = "organization"
    ACCOUNTS = "accounts"
    BUDGET = "budget"
    AMENDMENTS = "amendments"
    FORECASTS = "forecasts"
    POSTINGS = "postings"
    TEMPLATE = "template"
    TEXTS = "texts"
    NOTES = "notes"
    STRATEGY = "strategy"


def kind_of(text: str) -> ImportKind:
    """Return the kind of a word; British spelling and the singular will do."""
    word = text.lower().replace("organisation", "organization")
    for kind in ImportKind:
        if word in (kind, kind.removesuffix("s")):
            return kind
    unknown = _("%(word)s is none of %(kinds)s.") % {"word": text, "kinds": ", ".join(ImportKind)}
    raise BadParameter(" ".join([unknown, *meant(get_close_matches(word, ImportKind))]))


@dataclass(frozen=True)
class Order:
    """What is asked of `katsaus import`; see its options."""

    kind: ImportKind
    municipality: str
    period: str = ""
    source: str = DEFAULT_SOURCE
    mapping: Path | None = None
    replaces: bool = False
    adds: bool = False
    is_dry_run: bool = False
