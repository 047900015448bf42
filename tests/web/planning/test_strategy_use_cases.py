"""Bringing a strategy in: what is kept, what is refused and how that is said."""

from collections.abc import Mapping

import pytest
from django.utils import translation

from katsaus.core.names import LANGUAGES
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.faults import FaultCode, place, sentence
from katsaus.web.planning.exchange.reading import Given, Line
from katsaus.web.planning.exchange.records import tables
from katsaus.web.planning.queries.sdgs import sdg_summary
from katsaus.web.planning.queries.served import serving
from katsaus.web.planning.use_cases.strategies import Outcome, keep_strategy, preview_strategy

STRATEGY = """
strategies: code, name_fi, valid_from, valid_to
  s, Strategia, 2022, 2025
themes: code, strategy, name_fi
  t, s, Teema
goals: code, theme, name_fi, units
  g, t, Tavoite, 10
  h, t, Toinen tavoite,
actions: code, goal, unit, name, schedule
  a, g, 10, Toimi, 2022-2023
indicators: code, name_fi, kind, polarity, aggregation, owner, part_of, computed
  i, Käynnit, number, up, sum, johtaja,,
  j, Valmis, yes_no, up, last, johtaja,,
  k, Sanoin, text, none, none,,,
programmes: code, name_fi, kind
  p, Ohjelma, cross_cutting
  q, Toinen, cross_cutting
values: indicator, scenario, period, value, text
  i, actual, 2023-06, 12.5,
reports: action, period, state, reason
  a, 2023-06, under_way,
"""


@pytest.fixture
def town(db: None) -> Municipality:
    """A municipality with a division that is there, and one that ended with 2022."""
    found = Municipality.objects.create(slug="koeniemi", number="999", name_fi="Koeniemi")
    found.units.create(code="10", name_fi="Palvelut", level="division")
    found.units.create(code="20", name_fi="Sote", level="division", valid_to=2022)
    return found


def given(text: str) -> Given:
    """Read "table: columns" and indented rows."""
    lines: dict[str, list[Line]] = {}
    name, columns = "", [""]
    for number, row in enumerate(text.strip().splitlines(), 1):
        cells = [cell.strip() for cell in row.split(":", 1)[-1].split(",")] if row[0] != " " else []
        if cells:
            name, columns = row.split(":")[0], cells
            lines.setdefault(name, [])
        else:
            pairs = zip(columns, map(str.strip, row.split(",")), strict=True)
            lines[name].append(Line(str(number), dict(pairs)))
    return Given(lines)


def keep(town: Municipality, text: str) -> Outcome:
    return keep_strategy(municipality=town, given=given(text))


@pytest.fixture
def strategy(town: Municipality) -> Municipality:
    assert keep(town, STRATEGY).is_kept
    return town


def test_the_same_strategy_again_changes_nothing(strategy: Municipality) -> None:
    before = Event.objects.count()
    again = keep(strategy, STRATEGY)
    assert (again.is_empty, again.is_kept) == (True, False)
    assert Event.objects.count() == before


def test_what_is_taken_out_can_be_brought_in_elsewhere(strategy: Municipality) -> None:
    taken = tables(strategy)
    other = Municipality.objects.create(slug="toinen", number="998", name_fi="Toinen")
    for unit in strategy.units.all():
        other.units.create(code=unit.code, name_fi="x", level=unit.level)
    lines = {name: [Line("1", row) for row in rows] for name, rows in taken.items()}
    assert keep_strategy(municipality=other, given=Given(lines)).is_kept
    assert tables(other) == taken


def test_a_dry_run_tells_what_is_new_changed_and_left_and_keeps_nothing(
    strategy: Municipality,
) -> None:
    text = "goals: code, theme, name_fi\n  g, t, Uusi nimi\n  n, t, Uusi tavoite"
    before = tables(strategy)
    found = preview_strategy(municipality=strategy, given=given(text))
    [goals] = found.changes
    assert [row.key for row in goals.new] == [("n",)]
    assert [
        (each.row.key, each.fields[0].before, each.fields[0].after) for each in goals.changed
    ] == [(("g",), "Tavoite", "Uusi nimi")]
    assert goals.left == (("h",),)
    assert tables(strategy) == before


def test_columns_that_are_not_given_stay_as_they_are(strategy: Municipality) -> None:
    assert keep(strategy, "goals: code, theme, name_fi\n  g, t, Uusi nimi").is_kept
    goal = models.Goal.objects.get(municipality=strategy, code="g")
    assert (goal.name_fi, [unit.code for unit in goal.units.all()]) == ("Uusi nimi", ["10"])


def test_the_order_of_the_rows_is_kept(strategy: Municipality) -> None:
    assert keep(
        strategy, "goals: code, theme, name_fi\n  h, t, Toinen tavoite\n  g, t, Tavoite"
    ).is_kept
    assert [row["code"] for row in tables(strategy)["goals"]] == ["h", "g"]


def test_what_was_done_is_in_the_trail(strategy: Municipality) -> None:
    keep(strategy, "goals: code, theme, name_fi\n  g, t, Uusi nimi")
    event = Event.objects.filter(municipality="koeniemi")[0]
    assert event.action == "strategy.kept"
    assert event.before == {"changed": {"goals: g": {"name_fi": "Tavoite"}}}
    assert event.after == {"new": {"goals": 0}, "changed": {"goals: g": {"name_fi": "Uusi nimi"}}}


def test_a_report_that_changes_stays_as_history(strategy: Municipality) -> None:
    assert keep(strategy, "reports: action, period, state\n  a, 2023-06, done").is_kept
    found = models.StateReport.objects.filter(municipality=strategy).order_by("pk")
    assert [(each.state, each.is_current) for each in found] == [
        ("under_way", False),
        ("done", True),
    ]


def test_a_definition_with_approved_values_is_versioned_and_another_is_mended(
    strategy: Municipality,
) -> None:
    text = "indicators: code, name_fi, kind, polarity, aggregation\n  {0}, Uusi {0}, {1}, up, sum"
    assert keep(strategy, text.format("i", "number")).is_kept
    assert keep(strategy, text.format("j", "yes_no")).is_kept
    definitions = models.IndicatorDefinition.objects.filter(indicator__municipality=strategy)
    of_i = definitions.filter(indicator__code="i").order_by("version")
    assert [(each.version, each.name_fi, each.is_current) for each in of_i] == [
        (1, "Käynnit", False),
        (2, "Uusi i", True),
    ]
    value = models.IndicatorValue.objects.get(indicator__code="i")
    assert value.definition.name_fi == "Käynnit"
    assert definitions.get(indicator__code="j").name_fi == "Uusi j"


def test_a_decision_of_an_amendment_takes_the_code_that_it_is_given(town: Municipality) -> None:
    made = models.Decision.objects.create(
        municipality=town, code="auto", body="KV", decided_on="2022-01-31", section="3"
    )
    row = "decisions: code, body, decided_on, section, title\n  kv3, KV, 31.1.2022, 3, Ohjelma"
    assert keep(town, row).is_kept
    made.refresh_from_db()
    assert (made.code, made.title) == ("kv3", "Ohjelma")
    assert keep(town, row).is_empty


V = "values: indicator, scenario, period, value, text\n  "
DEFINED = "indicators: code, name_fi, kind, polarity, aggregation, owner, part_of, computed\n  "
SDG = "sdg_links: kind, code, sdg, local_target\n  "
FAULTY: Mapping[str, tuple[str, FaultCode, str]] = {
    "words in the column of numbers": (
        V + "i, actual, 2023, paljon,",
        FaultCode.BAD_NUMBER,
        "value",
    ),
    "a number of an indicator of words": (
        V + "k, actual, 2023, 5,",
        FaultCode.NOT_A_NUMBER_HERE,
        "value",
    ),
    "two of yes or no": (V + "j, actual, 2023, 2,", FaultCode.NOT_YES_OR_NO, "value"),
    "nothing": (V + "i, actual, 2023, ,", FaultCode.NO_VALUE, "value"),
    "a target without a year": (V + "i, target, , 80,", FaultCode.TARGET_WITHOUT_YEAR, "period"),
    "an actual without a period": (V + "i, actual, , 80,", FaultCode.EMPTY, "period"),
    "an unknown indicator": (V + "x, actual, 2023, 8,", FaultCode.UNKNOWN_REFERENCE, "indicator"),
    "digits that would be lost": (
        V + "i, actual, 2023, 1234567890.123456,",
        FaultCode.TOO_PRECISE,
        "value",
    ),
    "a programme that contains itself": (
        "programme_parts: programme, kind, code, relation\n"
        "  p, programme, q, gathers\n  q, programme, p, gathers",
        FaultCode.CIRCLE,
        "code",
    ),
    "an indicator that is part of itself": (
        DEFINED + "i, Käynnit, number, up, sum, johtaja, i,",
        FaultCode.CIRCLE,
        "part_of",
    ),
    "one owner's two indicators with one name": (
        DEFINED + "n, käynnit, number, up, sum, johtaja,,",
        FaultCode.NAME_TWICE,
        "name_fi",
    ),
    "a formula of what is not there": (
        DEFINED + "n, Uusi, number, up, sum, , , ratio:i/x",
        FaultCode.UNKNOWN_REFERENCE,
        "computed",
    ),
    "no formula": (
        DEFINED + "n, Uusi, number, up, sum, , , i/j",
        FaultCode.BAD_COMPUTED,
        "computed",
    ),
    "an action whose unit has ended": (
        "actions: code, goal, unit, name\n  b, g, 20, Toimi",
        FaultCode.UNIT_ENDED,
        "unit",
    ),
    "no schedule": (
        "actions: code, goal, name, schedule\n  b, g, Toimi, pian",
        FaultCode.BAD_SCHEDULE,
        "schedule",
    ),
    "no state": (
        "reports: action, period, state\n  a, 2023-06, melkein",
        FaultCode.BAD_CHOICE,
        "state",
    ),
    "abandoned without a reason": (
        "reports: action, period, state\n  a, 2023-12, abandoned",
        FaultCode.REASON_MISSING,
        "reason",
    ),
    "a state of nothing": (
        "reports: action, period, state\n  , 2023-12, done",
        FaultCode.ACTION_OR_GOAL,
        "action",
    ),
    "the same twice": (
        "themes: code, strategy, name_fi\n  u, s, A\n  u, s, B",
        FaultCode.TWICE,
        "code",
    ),
    "a goal without a name": ("goals: code, theme, name_fi\n  x, t,", FaultCode.EMPTY, "name_fi"),
    "a name that is too long": (
        "goals: code, theme, name_fi\n  x, t, " + "a" * 301,
        FaultCode.TOO_LONG,
        "name_fi",
    ),
    "no Sustainable Development Goal": (SDG + "goal, g, 18,", FaultCode.BAD_SDG, "sdg"),
    "no official target": (SDG + "goal, g, 13.4,", FaultCode.UNKNOWN_SDG_TARGET, "sdg"),
    "an own target of another goal": (
        SDG + "goal, g, 12, uusi",
        FaultCode.OWN_TARGET_ELSEWHERE,
        "local_target",
    ),
    "an explanation of nothing": (
        "explanations: period, unit, row, cause, euros\n  2023-06, 20, operating_expenses, Syy, 0",
        FaultCode.NOTHING_EXPLAINED,
        "euros",
    ),
    "an unknown unit": (
        "goals: code, theme, name_fi, units\n  x, t, A, 10 | 99",
        FaultCode.UNKNOWN_REFERENCE,
        "units",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_told_with_its_place_and_nothing_is_kept(
    strategy: Municipality, name: str
) -> None:
    text, code, column = FAULTY[name]
    before, events = tables(strategy), Event.objects.count()
    found = keep(strategy, text + "\nlocal_targets: code, sdg, name_fi\n  uusi, 13, Hyvä rivi")
    assert [(each.code, each.field) for each in found.faults] == [(code, column)]
    assert (tables(strategy), Event.objects.count()) == (before, events)
    for language in LANGUAGES:
        with translation.override(language):
            assert "%(" not in sentence(found.faults[0])
            assert column in place(found.faults[0])


def test_a_target_that_is_not_official_is_told_with_those_of_its_goal(
    strategy: Municipality,
) -> None:
    found = keep(strategy, SDG + "goal, g, 13.c,")
    assert found.faults[0].hint == "13.1–13.3, 13.a–13.b"
    assert found.faults[0].hint in sentence(found.faults[0])
    assert keep(strategy, SDG + "goal, g, 13.B,").is_kept
    assert models.SdgLink.objects.get(municipality=strategy).sdg == "13.b"


def test_a_thing_may_serve_two_own_targets_of_one_goal(strategy: Municipality) -> None:
    own = "local_targets: code, sdg, name_fi, name_sv, name_en\n"
    own += "  hiili, 13, Hiilineutraali 2030, Kolneutral 2030, Carbon neutral 2030\n"
    own += "  tulva, 13.1, Tulviin varaudutaan, Beredskap för översvämning, Ready for floods\n"
    links = SDG + "goal, g, 13, hiili\n  goal, g, 13, tulva\n  action, a, 13.1, tulva"
    assert keep(strategy, own + links).is_kept
    assert keep(strategy, own + links).is_empty
    rows = serving(strategy, 13)
    carbon, floods = "Hiilineutraali 2030", "Tulviin varaudutaan"
    found = [(row.code, row.sdg, row.local_target and row.local_target.fi) for row in rows]
    assert found == [("g", "13", carbon), ("g", "13", floods), ("a", "13.1", floods)]
    line = sdg_summary(strategy)[12]
    assert (line.goals, line.actions, line.targets) == (1, 1, ("13.1",))


def test_all_faults_are_told_at_once(strategy: Municipality) -> None:
    found = keep(strategy, V + "i, actual, 2023, paljon,\n  x, target, , 1,\n  i, aim, 2023, 1,")
    assert [(each.where, each.code) for each in found.faults] == [
        ("2", FaultCode.BAD_NUMBER),
        ("3", FaultCode.TARGET_WITHOUT_YEAR),
        ("4", FaultCode.BAD_CHOICE),
    ]


def test_a_faulty_row_is_not_told_again_by_those_that_refer_to_it(strategy: Municipality) -> None:
    text = "goals: code, theme, name_fi\n  x, t,\nactions: code, goal, name\n  b, x, Toimi"
    assert [each.code for each in keep(strategy, text).faults] == [FaultCode.EMPTY]


def test_an_action_that_ends_before_its_unit_may_be_brought_in(strategy: Municipality) -> None:
    row = "actions: code, goal, unit, name, schedule\n  b, g, 20, Toimi, 2021-2022"
    assert keep(strategy, row).is_kept
