"""The page of the trail in words: every action that the code records, and none of its codes."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import katsaus.web
from katsaus.web.audit.models import Event
from katsaus.web.audit.shelves import shelf
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization.models import Municipality
from katsaus.web.trail.changes import told, worded
from katsaus.web.trail.naming import Named
from katsaus.web.trail.subjects import subject_words
from katsaus.web.trail.words import ACTIONS
from web.cast import sign_in
from web.trail.everything import AREA, do_everything

PAGE = "/kemi/hallinta/loki/"
NBSP = "\N{NO-BREAK SPACE}"
# What people wrote themselves, or a file's name and content: it may look like a code.
WRITTEN = ("report.layout_changed", "report.text_changed", "note.changed")
CODE = re.compile(
    r"\b[a-z0-9]+_[a-z0-9_]+"  # operating_expenses, actual_2023_06
    r"|\b\d{4}-\d{2}\b"  # 2023-06, 2024-01-01
    r"|(?<![\d.])(?:\d{3,}\.\d+|\d+\.\d{3,})(?![\d.])"  # 41500.50, 5.000000, but not 1.1.2022
    r"|(?<!\w)-\d"  # a hyphen for a minus
)
WORDS = {"True", "no", "external", "totp", "goals", "explanations", "division", "board", "done"}


def recorded() -> Iterator[str]:
    """Iterate over the actions that the code records."""
    for file in Path(katsaus.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield from _actions(node)


def _actions(function: ast.FunctionDef) -> Iterator[str]:
    """Iterate over what is said like an action in a function that records something."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    if names & {"record", "_record", "_log"}:
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and re.fullmatch(
                r"[a-z_]+\.[a-z_]+", str(node.value)
            ):
                yield str(node.value)


@pytest.fixture
def everything(kemi: Municipality) -> Municipality:
    do_everything(kemi)
    return kemi


def shown(kemi: Municipality, event: Event) -> tuple[str, list[tuple[str, str, str]]]:
    """Return what the page says of an event: to what, and each change."""
    named = Named(kemi, shelf("kemi"))
    found = [worded(event, change, named) for change in told(event)]
    parts = [
        (" · ".join(filter(None, (change.of, change.name))), change.before, change.after)
        for change in found
    ]
    return subject_words(event, named), parts


def test_every_action_that_the_code_records_has_a_word() -> None:
    assert set(recorded()) == ACTIONS.keys()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_code_shows_of_anything_that_is_done(everything: Municipality, language: str) -> None:
    events = Event.objects.filter(municipality="kemi")
    assert {event.action for event in events} == ACTIONS.keys()
    with translation.override(language):
        for event in events:
            subject, found = shown(everything, event)
            assert not codes(subject), (event.action, subject)
            for change in found if event.action not in WRITTEN else ():
                assert not codes(" · ".join(change)), (event.action, change)


def codes(text: str) -> list[str]:
    """Return what looks like a code, besides the names of files, links and the rows' own codes."""
    bare = re.sub(r"[\w.-]+\.(?:csv|yaml)\b|https?://\S+|\b(?:koodi|kod)\b.*", "", text)
    pieces = re.split(r", | · |: ", bare)
    alone = [each for each in pieces if each in WORDS or re.fullmatch(r"6\d{7}", each)]
    return CODE.findall(bare) + alone


def newest(action: str, **found: str) -> Event:
    return Event.objects.filter(municipality="kemi", action=action, **found).order_by("-id")[0]


def test_rows_of_the_strategy_are_told_as_they_are_read(everything: Municipality) -> None:
    area = f"{everything.units.get(code=AREA).name_fi} {AREA}"
    row = f"poikkeamien erittelyt: 1–6/2023, {area}, Toimintakulut, Sijaiset"
    with translation.override("fi"):
        goal = newest("row.removed", subject__startswith="goals")
        removed, change = newest("explanation.removed"), newest("explanation.kept")
        given = newest("value.given")
        measure = newest("measure.told")
        assert shown(everything, removed)[0] == row
        assert shown(everything, change) == (
            row,
            [
                (f"{row} · kesto", "kertaluonteinen", "pysyvä"),
                (f"{row} · eurot", f"−100{NBSP}000,50{NBSP}€", f"−320{NBSP}000{NBSP}€"),
            ],
        )
        assert shown(everything, goal)[0] == "tavoitteet: Lasten ääni kuuluu"
        assert ("sitova", "kyllä", "") in shown(everything, goal)[1]
        assert ("yksiköt", area, "") in shown(everything, goal)[1]
        assert shown(everything, given) == (
            "Suunnitteilla tai rahoittajalla olevat ÄRM-hankkeet, Toteuma, 1–6/2023",
            [("yksikkö", "", area), ("arvo", "−5", f"1{NBSP}234,5")],
        )
        assert ("2023, toteutunut · eurot", "", f"41{NBSP}500,50{NBSP}€") in shown(
            everything, measure
        )[1]


@pytest.mark.parametrize(
    ("language", "titles", "words"),
    [
        ("fi", ("poikkeamien erittelyt", "tavoitteet"), "uusia rivejä"),
        ("sv", ("specificeringar av avvikelser", "mål"), "nya rader"),
        ("en", ("explanations", "goals"), "new rows"),
    ],
)
def test_new_rows_are_counted_by_table(
    kemi: Municipality, language: str, titles: tuple[str, str], words: str
) -> None:
    counts: Json = {"goals": 12, "explanations": 1}
    for action in ("strategy.kept", "strategy.continued"):  # also as earlier versions kept them
        after: Json = {"new": counts}
        record(person=None, municipality="kemi", action=action, subject="goals", after=after)
        with translation.override(language):
            found = shown(kemi, newest(action))[1]
        explanations, goals = (f"{title} · {words}" for title in titles)
        assert found == [(explanations, "", "1"), (goals, "", "12")]


def test_explanations_of_deviations_are_found_apart(everything: Municipality) -> None:
    bertta = sign_in("bertta", everything)
    kept = Event.objects.filter(municipality="kemi", action="explanation.kept")
    assert {each.subject for each in kept} == {"explanations"}
    page = bertta.get(PAGE, {"action": "explanation.kept"}).text
    assert page.count("<tr role") == len(kept) + 1
    assert "poikkeaman erittelyä lisätty tai muutettu</td>" in page
    others = Event.objects.filter(action="strategy.kept", subject__contains="explanations")
    assert not others.exists()


def test_figures_units_bodies_and_files_are_told_as_they_are_read(everything: Municipality) -> None:
    area = f"{everything.units.get(code=AREA).name_fi} {AREA}"
    figure = f"{area}, Toimintakulut, Toteuma 1–6/2023"
    with translation.override("sv"):
        assert shown(everything, newest("body.changed"))[0] == "Provnämnden"
    with translation.override("fi"):
        for action in ("postings.viewed", "postings.downloaded"):
            assert shown(everything, newest(action))[0] == figure
        assert shown(everything, newest("note.changed"))[0] == f"{figure}, Ulkoiset"
        unit = shown(everything, newest("unit.changed"))[1]
        assert ("Koeyksikkö K2 · ylempi yksikkö (1.1.2022 virallinen)", "", area) in unit
        received = {
            name: after for name, _before, after in shown(everything, newest("file.received"))[1]
        }
        assert received["koko tavuina"] == f"12{NBSP}345"
        assert shown(everything, newest("second_factor.removed"))[1][1][1] == "Tunnistussovellus"


def test_a_thing_with_several_changes_is_named_once(kemi: Municipality) -> None:
    after: Json = {code: {"name_fi": "Uusi", "valid_to": 2030} for code in ("U1", "U2")}
    record(person=None, municipality="kemi", action="units.changed", subject="U1, U2", after=after)
    page = sign_in("bertta", kemi).get(PAGE).text
    assert re.findall(r'<p class="changed-thing">([^<]*)</p><dl', page)[:2] == ["U1", "U2"]


def test_what_is_told_of_a_thing_itself_comes_before_what_is_of_its_parts(
    everything: Municipality,
) -> None:
    page = sign_in("bertta", everything).get(PAGE, {"action": "measure.told"}).text
    assert page.index("<dt>huomautus</dt>") < page.index("2023, toteutunut</p>")


def test_what_cannot_be_read_is_left_as_it_is(kemi: Municipality) -> None:
    """The trail keeps what earlier versions wrote, and a long subject is cut."""
    odd: Json = {"cents": "x", "valid_from": "2023", "changed": {"gone: a": {"b": "c"}}}
    for action in ACTIONS:
        for subject in ("", "odd", "goals: ", "a b c d", "values: x / y", "64 row column 2023-99"):
            record(person=None, municipality="kemi", action=action, subject=subject, after=odd)
    assert sign_in("bertta", kemi).get(PAGE).status_code == 200
    event = newest("batch.kept")
    assert shown(kemi, event)[1][-1] == ("voimassa alkaen", "", "2023")
    for event in Event.objects.filter(municipality="kemi"):
        shown(kemi, event)


def test_the_names_of_a_page_are_asked_for_a_few_times(everything: Municipality) -> None:
    bertta: Client = sign_in("bertta", everything)
    with CaptureQueriesContext(connection) as queries:
        page = bertta.get(PAGE)
    assert len(queries) <= 15
    assert "Toimintakulut" in unescape(page.text)
