"""The interim report as one value, from which every form of it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from katsaus.core.names import Language
from katsaus.core.periods import Period
from katsaus.core.tables import ReportTable


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the report, in Markdown (paragraphs, lists, emphasis).

    `language` is said where the text is in another language than the report.
    """

    markdown: str
    language: Language | None = None


Block = Prose | ReportTable


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading; `level` 1 is a chapter, 2 is within it.

    On paper a section that `starts_page` can be taken out and handed to its own board.
    """

    id: str
    title: str
    level: int
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A municipality's interim report: `finding` is its one-sentence result, `lead` the next.

    `municipality` is the slug that files and addresses use, `municipality_name` the name that
    is printed, `source_line` what the foot of the page says of the figures.
    """

    municipality: str
    municipality_name: str
    period: Period
    language: Language
    title: str
    period_text: str
    finding: str
    lead: str
    source_line: str
    sections: tuple[Section, ...]

    @property
    def tables(self) -> Iterator[ReportTable]:
        """All tables in the order of print."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, ReportTable):
                    yield block
