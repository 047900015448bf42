"""The matrix of goals by divisions, laid out for the screen."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.strategies import Matrix, MatrixRow, Strategy
from katsaus.web.access.viewers import Viewer
from katsaus.web.languages import language
from katsaus.web.monitoring.marks import Mark
from katsaus.web.monitoring.matrix_lines import GoalLine, MatrixLines
from katsaus.web.monitoring.units import Units

# The order of the summary: how far, from the furthest; what asks for attention last.
ORDER = (
    State.DONE,
    State.CONTINUOUS,
    State.UNDER_WAY,
    State.NOT_STARTED,
    State.WAITS_FOR_DECISION,
    State.BEHIND,
    State.NOT_DONE,
    State.ABANDONED,
)


_ANY = "any-goal-at-all"  # stands for a goal's code in an address


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """The goals of a theme, each a line of HTML."""

    name: str
    lines: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many actions are in a state, and their part of all as the width of a bar."""

    mark: Mark
    count: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """The heads of the divisions, the goals by theme, and the summary of all actions."""

    heads: tuple[str, ...]
    groups: tuple[MatrixGroup, ...]
    shares: tuple[Share, ...]
    finding: str
    unanswered: str

    @property
    def has_divisions(self) -> bool:
        """Whether goals are asked from divisions, or are of the municipality as a whole."""
        return bool(self.heads)


def matrix_sheet(
    viewer: Viewer,
    strategy: Strategy,
    matrix: Matrix,
    indicators: Mapping[str, int],
    period: Period,
) -> MatrixSheet:
    """Lay a matrix out; where nothing names a unit, each goal has one state and what is in it.

    `indicators` says how many there are in a goal by its code.
    """
    units = Units.of(viewer, period)
    heads = {code: _head(units, code) for code in matrix.divisions} if any(matrix.divisions) else {}
    # One address is made for all the goals: the making of hundreds takes longer than the rest.
    goal_page = reverse("goal", args=(viewer.municipality.slug, _ANY))
    page = f"{goal_page}?{urlencode({'period': period.code})}"
    lines = MatrixLines(heads)
    drawn: dict[str, list[str]] = defaultdict(list)
    for row in matrix.rows:
        drawn[row.goal.theme].append(lines.line(_line(row, matrix, indicators, page)))
    groups = (
        MatrixGroup(theme.names.text(language()), "".join(drawn[theme.code]))
        for theme in strategy.themes
    )
    told = _told(matrix)
    return MatrixSheet(
        tuple(heads.values()), tuple(groups), tuple(_shares(told)), _finding(told), _missing(matrix)
    )


def _line(row: MatrixRow, matrix: Matrix, indicators: Mapping[str, int], page: str) -> GoalLine:
    goal = row.goal
    return GoalLine(
        goal.names.text(language()),
        page.replace(_ANY, quote(goal.code)),
        goal.is_binding,
        dict(zip(matrix.divisions, row.answers, strict=True)) or {"": None},
        indicators.get(goal.code, 0),
    )


def _head(units: Units, code: str) -> str:
    return units.short_name(code) if code else _("No unit named")


def _told(matrix: Matrix) -> Counter[State | None]:
    """Count the actions of all goals by state."""
    told: Counter[State | None] = Counter()
    for row in matrix.rows:
        for answer in row.answers:
            if answer is not None:
                for state, count in answer.states:
                    told[state] += count
                told[None] += answer.unreported
    return told


def _shares(told: Counter[State | None]) -> Iterator[Share]:
    whole = told.total()
    before = 0
    for state in (*ORDER, None):
        if count := told[state]:
            x, width = (Decimal(part) * 100 / whole for part in (before, count))
            yield Share(Mark.of(state), count, f"{x:.2f}%", f"{width:.2f}%")
            before += count


def _finding(told: Counter[State | None]) -> str:
    """Say how far the actions are: the first that a reader wants to know."""
    whole = told.total()
    if not whole:
        return _("The strategy has no actions yet")
    if whole == told[None]:
        return (
            ngettext(
                "The state of the %d action has not been told",
                "The state of none of the %d actions has been told",
                whole,
            )
            % whole
        )
    said = ngettext("Of %(count)d action %(parts)s", "Of %(count)d actions %(parts)s", whole)
    return said % {"count": whole, "parts": ", ".join(_parts(told))}


def _parts(told: Counter[State | None]) -> Iterator[str]:
    """Iterate over how many actions are in each state: together they are all of them."""
    done, going, behind = (told[each] for each in (State.DONE, State.UNDER_WAY, State.BEHIND))
    continuous, untold = told[State.CONTINUOUS], told[None]
    yield ngettext("%d is done", "%d are done", done) % done
    yield ngettext("%d is under way", "%d are under way", going) % going
    if continuous:
        yield ngettext("%d is continuous", "%d are continuous", continuous) % continuous
    yield ngettext("%d is behind", "%d are behind", behind) % behind
    if others := told.total() - done - going - behind - continuous - untold:
        yield ngettext("%d is in another state", "%d are in another state", others) % others
    if untold:
        yield ngettext("%d is without a state", "%d are without a state", untold) % untold


def _missing(matrix: Matrix) -> str:
    """Say how many divisions have not answered a goal."""
    count = sum(1 for row in matrix.rows for answer in row.answers if answer and not answer.actions)
    if not count:
        return ""
    return ngettext(
        "One question to a division is unanswered.",
        "%d questions to divisions are unanswered.",
        count,
    ).replace("%d", str(count))
