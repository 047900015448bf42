"""The words that drawing adds of its own, in the report's language."""

from dataclasses import dataclass

from katsaus.core.names import Language


@dataclass(frozen=True, slots=True)
class Words:
    """`locale` is language and region; `page` takes a page's number and the number of pages."""

    locale: str
    page: str
    cover: str
    contents: str
    sheet: str
    no_rows: str


WORDS: dict[Language, Words] = {
    "fi": Words(
        locale="fi-FI",
        page="{page} ({pages})",
        cover="Yhteenveto",
        contents="Taulukot",
        sheet="Taulukko",
        no_rows="Ei rivejä.",
    ),
    "sv": Words(
        locale="sv-FI",
        page="{page} ({pages})",
        cover="Sammandrag",
        contents="Tabeller",
        sheet="Tabell",
        no_rows="Inga rader.",
    ),
    "en": Words(
        locale="en-GB",
        page="{page} of {pages}",
        cover="Summary",
        contents="Tables",
        sheet="Table",
        no_rows="No rows.",
    ),
}
