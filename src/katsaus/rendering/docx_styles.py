"""The paragraph styles of the report in a word processor: one typeface, calm headings."""

from dataclasses import dataclass
from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from katsaus.rendering.fonts import FAMILY

_INK, _QUIET, _ACCENT = (
    RGBColor(0x16, 0x21, 0x2B),
    RGBColor(0x56, 0x63, 0x6F),
    RGBColor(0x0A, 0x54, 0x68),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """A style's look; sizes and spaces in points.

    `line` is an exact height of lines: rows are as high in every typeface. None is by the face.
    """

    size: float
    before: float = 0
    after: float = 0
    line: float | None = None
    is_bold: bool = False
    colour: RGBColor = _INK
    keeps_next: bool = False


_LOOKS = {
    "Normal": _Look(10, after=5),
    "Municipality": _Look(10, is_bold=True, colour=_ACCENT),
    "Subtitle": _Look(10, after=2, colour=_QUIET),
    "Title": _Look(21, before=2, after=6, is_bold=True),
    "Lead": _Look(12, after=6),
    "Heading 1": _Look(16, before=16, after=6, is_bold=True, keeps_next=True),
    "Heading 2": _Look(12.5, before=12, after=5, is_bold=True, keeps_next=True),
    "Heading 3": _Look(11, before=12, after=4, is_bold=True, keeps_next=True),
    "Header": _Look(8.5, colour=_QUIET),
    "Footer": _Look(8.5, colour=_QUIET),
    "Chart": _Look(10, after=4, keeps_next=True),
    "Note": _Look(8.5, before=4, colour=_QUIET),
    "TableEnd": _Look(4, after=2),
    "TableText": _Look(8.5, before=1.6, after=1.6, line=10.5),
    "TableSum": _Look(8.5, before=1.6, after=1.6, line=10.5, is_bold=True),
    "TableHead": _Look(8, before=1, after=2.5, line=10, colour=_QUIET, keeps_next=True),
    "TableGroup": _Look(
        8.5, before=6, after=1.6, line=10.5, is_bold=True, colour=_ACCENT, keeps_next=True
    ),
}


def set_styles(document: Document, locale: str) -> None:
    """Give the document its styles and its language, e.g. "fi-FI"."""
    _name_fallback(document)
    for name, look in _LOOKS.items():
        _set_look(_style(document, name), look)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
        language.set(qn("w:eastAsia"), locale)


def _style(document: Document, name: str) -> ParagraphStyle:
    if name not in [style.name for style in document.styles]:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    return cast(ParagraphStyle, document.styles[name])


def _set_look(style: ParagraphStyle, look: _Look) -> None:
    for properties in (style.element.rPr, style.element.pPr):
        # The template's own: theme fonts, small capitals, a rule under the title.
        for unwanted in ("w:rFonts", "w:spacing", "w:kern", "w:pBdr", "w:tabs", "w:i", "w:iCs"):
            for element in [] if properties is None else properties.findall(qn(unwanted)):
                properties.remove(element)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FAMILY)
    style.font.size, style.font.bold, style.font.color.rgb = (
        Pt(look.size),
        look.is_bold,
        look.colour,
    )
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.keep_with_next = look.keeps_next
    spacing.line_spacing = Pt(look.line) if look.line else 1.05


def _name_fallback(document: Document) -> None:
    """Name a face for readers who have not the report's own."""
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            fallback = (
                f'<w:font w:name="{FAMILY}"><w:altName w:val="Calibri"/>'
                '<w:family w:val="swiss"/></w:font></w:fonts>'
            )
            part._blob = part.blob.replace(b"</w:fonts>", fallback.encode())
