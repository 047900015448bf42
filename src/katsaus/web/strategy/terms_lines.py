"""A strategy laid out to be continued: a tick for each part, then what goes on and what ends."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from katsaus.core.terms import Note, Part
from katsaus.web.languages import language
from katsaus.web.planning.exchange.continuing import Continuation, Ends, Outline, Thing, names_of
from katsaus.web.planning.exchange.records import Record
from katsaus.web.planning.term_words import PARTS, note_text


@dataclass(frozen=True, slots=True)
class Tick:
    """A part that goes on while it is ticked, with what is in it."""

    value: str
    name: str
    is_on: bool
    inside: "tuple[Tick, ...]" = ()


@dataclass(frozen=True, slots=True)
class GoalGoing:
    """A goal that goes on, with the actions that go on with it and end without it."""

    name: str
    actions: int
    ended: int
    indicators: int


@dataclass(frozen=True, slots=True)
class ThemeGoing:
    """A theme that goes on, with its goals."""

    name: str
    goals: tuple[GoalGoing, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A part that ends; `beside` says how much ends with it."""

    kind: str
    name: str
    beside: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be known of a part that goes on."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermSheet:
    """What would be done, the first words first."""

    finding: str
    themes: tuple[ThemeGoing, ...]
    ends: tuple[Ending, ...]
    to_decide: tuple[Told, ...]
    fitted: tuple[Told, ...]


def name_of(record: Record) -> str:
    """Return the name of a part in the language that is active."""
    return names_of(record).text(language())


def ticks(outline: Outline, ends: Ends) -> tuple[Tick, ...]:
    """Return the themes with their goals and actions."""

    def tick(part: Part, record: Record, inside: tuple[Tick, ...] = ()) -> Tick:
        is_on = (part, record["code"]) not in ends
        return Tick(f"{part}:{record['code']}", name_of(record), is_on, inside)

    actions: dict[str, list[Tick]] = {}
    for each in outline.actions:
        actions.setdefault(each["goal"], []).append(tick(Part.ACTION, each))
    goals: dict[str, list[Tick]] = {}
    for each in outline.goals:
        inside = tuple(actions.get(each["code"], ()))
        goals.setdefault(each["theme"], []).append(tick(Part.GOAL, each, inside))
    return tuple(
        tick(Part.THEME, each, tuple(goals.get(each["code"], ()))) for each in outline.themes
    )


def programme_ticks(outline: Outline, ends: Ends) -> tuple[Tick, ...]:
    """Return the programmes that are tied to the strategy."""
    return tuple(
        Tick(
            f"{Part.PROGRAMME}:{each['code']}",
            name_of(each),
            (Part.PROGRAMME, each["code"]) not in ends,
        )
        for each in outline.programmes
    )


def sheet(outline: Outline, found: Continuation) -> TermSheet:
    """Lay out what would be done."""
    to_decide = set(found.to_decide)
    return TermSheet(
        _finding(found),
        tuple(_themes(outline, found)),
        tuple(_endings(outline, found)),
        _told(outline, found.to_decide),
        _told(outline, [each for each in found.notes if each not in to_decide]),
    )


def _finding(found: Continuation) -> str:
    """Say how many goals go on and how many end: the first that a person wants to know."""
    goes_on = sum(each.part is Part.GOAL for each in found.goes_on)
    ends = sum(each.part is Part.GOAL for each in found.ends)
    said = ngettext("%d goal goes on", "%d goals go on", goes_on) % goes_on
    ended = ngettext("%d ends", "%d end", ends) % ends
    return f"{said}, {ended}" if ends else said


def _themes(outline: Outline, found: Continuation) -> Iterator[ThemeGoing]:
    going = {(each.part, each.code) for each in found.goes_on}
    of_goal = Counter(each["goal"] for each in outline.actions)
    on = Counter(each["goal"] for each in outline.actions if (Part.ACTION, each["code"]) in going)
    indicators = _indicators(outline)
    for theme in outline.themes:
        if (Part.THEME, theme["code"]) in going:
            yield ThemeGoing(
                name_of(theme),
                tuple(
                    GoalGoing(
                        name_of(goal),
                        on[goal["code"]],
                        of_goal[goal["code"]] - on[goal["code"]],
                        len(indicators.get(goal["code"], ())),
                    )
                    for goal in outline.goals
                    if goal["theme"] == theme["code"] and (Part.GOAL, goal["code"]) in going
                ),
            )


def _indicators(outline: Outline) -> dict[str, set[str]]:
    """Return the indicators that stand on each goal or on its actions."""
    goal_of: dict[tuple[str, str], str] = {
        (Part.ACTION, each["code"]): each["goal"] for each in outline.actions
    }
    goal_of |= {(Part.GOAL, each["code"]): each["code"] for each in outline.goals}
    found: dict[str, set[str]] = {}
    for link in outline.source.tables["indicator_links"]:
        if goal := goal_of.get((link["to"], link["code"])):
            found.setdefault(goal, set()).add(link["indicator"])
    return found


def _endings(outline: Outline, found: Continuation) -> Iterator[Ending]:
    """Yield what ends; what ends with the theme or goal around it is counted there."""
    ended = {(each.part, each.code) for each in found.ends}
    theme_of = {each["code"]: each["theme"] for each in outline.goals}
    goal_of = {each["code"]: each["goal"] for each in outline.actions}
    in_theme = Counter(theme for goal, theme in theme_of.items() if (Part.GOAL, goal) in ended)
    in_goal = Counter(goal for action, goal in goal_of.items() if (Part.ACTION, action) in ended)
    for each in found.ends:
        if each.part is Part.GOAL and (Part.THEME, theme_of[each.code]) in ended:
            continue
        if each.part is Part.ACTION and (Part.GOAL, goal_of[each.code]) in ended:
            continue
        yield Ending(str(PARTS[each.part]), _name(each), _beside(each, in_theme, in_goal))


def _beside(thing: Thing, in_theme: Counter[str], in_goal: Counter[str]) -> str:
    if thing.part is Part.THEME and (count := in_theme[thing.code]):
        return ngettext("and its goal", "and its %d goals", count).replace("%d", str(count))
    if thing.part is Part.GOAL and (count := in_goal[thing.code]):
        return ngettext("and its action", "and its %d actions", count).replace("%d", str(count))
    if thing.part is Part.PROGRAMME:
        return _("is not tied to the new term")
    return ""


def _told(outline: Outline, notes: Sequence[Note]) -> tuple[Told, ...]:
    """Gather the notes on each part."""
    found: dict[tuple[Part, str], tuple[str, list[str]]] = {}
    for note in notes:
        name = note.names.text(language())
        place = found.setdefault((note.part, note.code), (name, []))
        place[1].append(note_text(note, outline.source.units))
    return tuple(Told(name, tuple(texts)) for name, texts in found.values())


def _name(thing: Thing) -> str:
    return thing.names.text(language())
