"""Sets pages with Typst from a template and data, with no fonts but the report's own."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from katsaus.rendering import fonts
from katsaus.rendering.characters import plain

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
_TEMPLATES = Path(__file__).parent
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_PIXELS_PER_INCH = 220


def set_pdf(template: str, data: Json, created_at: datetime) -> bytes:
    """Return the PDF/UA-1 and PDF/A-2a of a template (a file's name) filled with data.

    A character that the font cannot print (an emoji, say) is printed as U+FFFD.
    """
    texts = _map_texts(data, plain)
    try:
        return _set_pdf(template, texts, created_at)
    except typst.TypstError:
        # Both standards forbid a missing glyph, and Typst then refuses the whole document.
        return _set_pdf(template, _map_texts(texts, _only_printable), created_at)


def set_picture(template: str, data: Json) -> bytes:
    """Return the only page of a template as PNG."""
    compiler = _compiler(template, _map_texts(data, plain))
    return _one_file(compiler.compile(format="png", ppi=_PIXELS_PER_INCH))


def _set_pdf(template: str, data: Json, created_at: datetime) -> bytes:
    compiler = _compiler(template, data)
    return _one_file(
        compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=created_at)
    )


def _compiler(template: str, data: Json) -> typst.Compiler:
    return typst.Compiler(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(fonts.DIRECTORY)])


def _one_file(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made


def _map_texts(data: Json, change: Callable[[str], str]) -> Json:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [_map_texts(each, change) for each in data]
    if isinstance(data, dict):
        return {key: _map_texts(each, change) for key, each in data.items()}
    return data


def _only_printable(text: str) -> str:
    allowed = fonts.printable()
    return "".join(
        letter if letter in allowed or letter == "\n" else _UNPRINTABLE for letter in text
    )
