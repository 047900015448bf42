"""The cells of the matrix, drawn: thousands of them, of which few are different.

A template drawn for each would take most of the page's time; so each different answer is drawn by
its template once, and only the address of the goal's page is set into it here.
"""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from katsaus.core.states import State
from katsaus.core.strategies import Answer
from katsaus.web.monitoring.marks import Mark, unanswered

# Stands for the address while a cell is drawn: no text of a person's can hold it.
_ADDRESS = "\N{NULL}"


class MatrixCells:
    """Draws the cells of a matrix; `heads` are the names above their columns by division."""

    def __init__(self, heads: Mapping[str, str]) -> None:
        self._heads = heads
        self._drawn: dict[tuple[str, State | None, int] | str, str] = {}

    def row(self, href: str, answers: Mapping[str, Answer | None]) -> SafeString:
        """Draw what divisions answer, each with a link to it on the goal's page."""
        cells = "".join(self._cell(code, answer) for code, answer in answers.items())
        return mark_safe(cells.replace(_ADDRESS, escape(href)))  # noqa: S308 - the parts escape

    def _cell(self, code: str, answer: Answer | None) -> str:
        key = (code, answer.state, answer.actions) if answer else code
        if key not in self._drawn:
            context = {"head": self._heads.get(code, ""), "code": code, "address": _ADDRESS}
            told = _told(answer) if answer else {}
            self._drawn[key] = render_to_string("monitoring/answer.html", context | told)
        return self._drawn[key]


def _told(answer: Answer) -> dict[str, object]:
    """Return the mark and the words of an answer."""
    if not answer.actions and answer.state is None:
        return {"mark": unanswered()}
    detail = ngettext("%d action", "%d actions", answer.actions) % answer.actions
    return {"mark": Mark.of(answer.state), "detail": detail}
