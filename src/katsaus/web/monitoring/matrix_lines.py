"""The lines of the matrix, drawn: hundreds of them with thousands of cells, few of them different.

A template drawn for each would take most of the page's time; so each different line and answer is
drawn by its template once, and only what is the goal's own is set into it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import ngettext

from katsaus.core.states import State
from katsaus.core.strategies import Answer
from katsaus.web.monitoring.marks import Mark, unanswered

# Each stands for something of a goal while a template is drawn: no text of a person's holds a NULL.
_ADDRESS, _NAME, _CELLS, _ACTIONS, _INDICATORS = (f"\N{NULL}{letter}" for letter in "anctm")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """What a line tells: a goal, what divisions answer, and how many indicators are in it."""

    name: str
    href: str
    is_binding: bool
    answers: Mapping[str, Answer | None]
    indicators: int


class MatrixLines:
    """Draws the lines of a matrix; `heads` are the names above its columns by division."""

    def __init__(self, heads: Mapping[str, str]) -> None:
        self._heads = heads
        self._lines: dict[bool, str] = {}
        self._cells: dict[tuple[str, State | None, int] | str, str] = {}

    def line(self, goal: GoalLine) -> str:
        """Draw a line, with a link to what each division answers on the goal's page."""
        cells = "".join(self._cell(code, answer) for code, answer in goal.answers.items())
        drawn = self._line(goal.is_binding).replace(_CELLS, cells)
        if not self._heads:
            actions = sum(answer.actions for answer in goal.answers.values() if answer)
            drawn = drawn.replace(_ACTIONS, str(actions))
            drawn = drawn.replace(_INDICATORS, str(goal.indicators))
        return drawn.replace(_ADDRESS, escape(goal.href)).replace(_NAME, escape(goal.name))

    def _line(self, is_binding: bool) -> str:
        if is_binding not in self._lines:
            context = {
                "is_binding": is_binding,
                "has_divisions": bool(self._heads),
                "address": _ADDRESS,
                "name": _NAME,
                "cells": _CELLS,
                "actions": _ACTIONS,
                "indicators": _INDICATORS,
            }
            self._lines[is_binding] = render_to_string("monitoring/matrix_line.html", context)
        return self._lines[is_binding]

    def _cell(self, code: str, answer: Answer | None) -> str:
        key = (code, answer.state, answer.actions) if answer else code
        if key not in self._cells:
            context = {"head": self._heads.get(code, ""), "code": code, "address": _ADDRESS}
            told = _told(answer) if answer else {}
            self._cells[key] = render_to_string("monitoring/answer.html", context | told)
        return self._cells[key]


def _told(answer: Answer) -> dict[str, object]:
    """Return the mark and the words of an answer."""
    if not answer.actions and answer.state is None:
        return {"mark": unanswered()}
    detail = ngettext("%d action", "%d actions", answer.actions) % answer.actions
    return {"mark": Mark.of(answer.state), "detail": detail}
