"""The report as a word processor's document, with real headings, that the office goes on with."""

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section as PageSection
from docx.shared import Twips
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from katsaus.core.reports import Prose, Report, Section
from katsaus.core.tables import ReportTable
from katsaus.rendering import layout
from katsaus.rendering.characters import plain
from katsaus.rendering.docx_styles import set_styles
from katsaus.rendering.docx_table import table_element
from katsaus.rendering.pdf_data import table_data
from katsaus.rendering.prose import BulletList, Paragraph, ProseBlock, read_prose
from katsaus.rendering.typesetting import set_picture
from katsaus.rendering.words import WORDS

_A4 = (Twips(11906), Twips(16838))
_MARGIN = Twips(1120)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DEEPEST_LIST = 3


def report_document(report: Report) -> bytes:
    """Return the report as DOCX, the same bytes for the same report."""
    document = docx.Document()
    set_styles(document, WORDS[report.language].locale)
    _set_properties(document, report)
    _Writer(document, report).write()
    content = io.BytesIO()
    document.save(content)
    return _with_fixed_dates(content.getvalue())


def _set_properties(document: Document, report: Report) -> None:
    about = document.core_properties
    about.title = plain(layout.document_title(report))
    about.author = about.last_modified_by = plain(report.municipality_name)
    about.subject, about.language = plain(report.period_text), WORDS[report.language].locale
    about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(report.period.ends_on, time())
    about.revision = 1


def _with_fixed_dates(content: bytes) -> bytes:
    """Pack the document's parts anew: a zip file else tells when it was made."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return packed.getvalue()


class _Writer:
    """Writes the report's parts into a document, in their order."""

    def __init__(self, document: Document, report: Report) -> None:
        self._document = document
        self._report = layout.for_readers(report)
        self._width = 0
        self._is_page_due = False

    def write(self) -> None:
        report, is_wide = self._report, False
        self._begin_pages(self._document.sections[0], is_wide=False)
        self._paragraph(report.municipality_name, "Municipality")
        self._paragraph(f"{report.title} · {report.period_text}", "Subtitle")
        self._paragraph(report.finding, "Title")
        self._paragraph(report.lead, "Lead")
        for section in report.sections:
            if layout.is_wide(section) is not is_wide:
                is_wide = not is_wide
                pages = self._document.add_section(WD_SECTION.NEW_PAGE)
                self._begin_pages(pages, is_wide=is_wide)
            else:
                self._is_page_due |= section.starts_page
            self._section(section)

    def _begin_pages(self, pages: PageSection, *, is_wide: bool) -> None:
        pages.page_width, pages.page_height = _A4[::-1] if is_wide else _A4
        pages.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        pages.left_margin = pages.right_margin = _MARGIN
        pages.top_margin, pages.bottom_margin = Twips(1400), Twips(1300)
        self._width = (pages.page_width - 2 * _MARGIN) // Twips(1)
        pages.header.is_linked_to_previous = pages.footer.is_linked_to_previous = False
        head, foot = pages.header.paragraphs[0], pages.footer.paragraphs[0]
        self._two_sided(head, layout.document_title(self._report))
        _add_text(head, self._report.period_text)
        self._two_sided(foot, self._report.source_line)
        _add_page_number(foot, WORDS[self._report.language].page)

    def _two_sided(self, paragraph: DocxParagraph, text: str) -> None:
        """Write a text at the left, and go on at the right margin."""
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Twips(self._width), WD_TAB_ALIGNMENT.RIGHT
        )
        _add_text(paragraph, text)
        paragraph.add_run().add_tab()

    def _section(self, section: Section) -> None:
        if section.title and not layout.is_one_table(section):
            self._paragraph(section.title, f"Heading {section.level}")
        for place, block in enumerate(section.blocks):
            if isinstance(block, Prose):
                self._prose(read_prose(block.markdown))
                if layout.is_byline(section, place):
                    self._document.paragraphs[-1].paragraph_format.keep_with_next = True
            else:
                is_chapter = place == 0 and layout.is_one_table(section)
                self._table(block, section.level if is_chapter else section.level + 1)

    def _table(self, table: ReportTable, level: int) -> None:
        self._paragraph(layout.heading_of(table), f"Heading {level}")
        if table.chart_description and any(table.rows):
            self._chart(table)
        if any(table.rows):
            # Before the last element, which holds the size of the page.
            element = table_element(table, self._width)
            self._document.element.body.insert_element_before(element, "w:sectPr")
        else:
            self._paragraph(WORDS[self._report.language].no_rows, "Note")
        for note in layout.numbered(table.notes):
            self._paragraph(note, "Note")
        if not table.notes:
            # Two tables without a paragraph between them would become one.
            self._new_paragraph("TableEnd")

    def _chart(self, table: ReportTable) -> None:
        data = table_data(table, WORDS[self._report.language])
        paragraph = self._new_paragraph("Chart")
        picture = paragraph.add_run().add_picture(
            io.BytesIO(set_picture("picture.typ", data)), width=Twips(min(self._width, 9600))
        )
        for side in ("distT", "distB", "distL", "distR"):
            # Some programs move a picture that does not say it has no room around it.
            picture._inline.set(side, "0")
        about = picture._inline.docPr
        about.set("descr", plain(table.chart_description))
        about.set("title", plain(table.title))

    def _prose(self, blocks: tuple[ProseBlock, ...], depth: int = 0) -> None:
        for block in blocks:
            if isinstance(block, BulletList):
                self._list(block, min(depth + 1, _DEEPEST_LIST))
            else:
                self._runs(self._new_paragraph("Normal"), block)

    def _list(self, block: BulletList, depth: int) -> None:
        name = "List Number" if block.is_ordered else "List Bullet"
        style = name if depth == 1 else f"{name} {depth}"
        numbering = self._new_numbering(style, block.start) if block.is_ordered else None
        for item in block.items:
            first, *rest = item or (Paragraph(()),)
            paragraph = self._new_paragraph(style)
            if numbering is not None:
                number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                number.get_or_add_ilvl().val, number.get_or_add_numId().val = 0, numbering
            if isinstance(first, Paragraph):
                self._runs(paragraph, first)
            else:
                rest = [first, *rest]
            for other in rest:
                self._prose((other,), depth)

    def _new_numbering(self, style: str, start: int) -> int:
        """Begin the numbers of a list anew: lists of one style else go on from each other."""
        used = self._document.styles[style].element.pPr.numPr.numId.val
        numbering = self._document.part.numbering_part.element
        number = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)

    def _runs(self, paragraph: DocxParagraph, block: Paragraph) -> None:
        for run in block.runs:
            written = _add_text(paragraph, run.text)
            written.bold, written.italic = run.is_strong or None, run.is_emphasised or None

    def _paragraph(self, text: str, style: str) -> DocxParagraph:
        paragraph = self._new_paragraph(style)
        _add_text(paragraph, text)
        return paragraph

    def _new_paragraph(self, style: str) -> DocxParagraph:
        """Begin a paragraph; the first of a section that starts a page stands at its top."""
        paragraph = self._document.add_paragraph(style=style)
        if self._is_page_due:
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = 0
            self._is_page_due = False
        return paragraph


def _add_text(paragraph: DocxParagraph, text: str) -> DocxRun:
    return paragraph.add_run(plain(text))


def _add_page_number(paragraph: DocxParagraph, pattern: str) -> None:
    """Write "{page} of {pages}" with fields in the places of the two."""
    before, between, after = pattern.replace("{pages}", "{page}").split("{page}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        _add_text(paragraph, text)
        if field:
            run = f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"
            element = parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr="{field}">{run}</w:fldSimple>'
            )
            paragraph._p.append(element)
