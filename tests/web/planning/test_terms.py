"""A strategy continued and kept: the old one as it was, out = in, refused the second time."""

from dataclasses import replace
from pathlib import Path

import pytest

import installations
from katsaus.cli import demo
from katsaus.core.names import Names
from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.core.terms import Fault, NoteKind, Part, Term, TermError
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.exchange.continuing import Ends, continued
from katsaus.web.planning.exchange.faults import FaultCode
from katsaus.web.planning.exchange.reading import Given, Line, read
from katsaus.web.planning.exchange.records import tables
from katsaus.web.planning.exchange.writing import as_csv, as_json, as_xlsx
from katsaus.web.planning.queries.follow_ups import reported
from katsaus.web.planning.use_cases.answers import StateAnswer, report_state
from katsaus.web.planning.use_cases.strategies import (
    NotSeenError,
    keep_strategy,
    preview_strategy,
)
from katsaus.web.planning.use_cases.terms import continue_strategy, source
from katsaus.web.users.models import User
from web.monitoring.seen import bring_in

OLD = "kemijarvi_2021_2023"
TERM = Term(
    "kemijarvi_2024_2027",
    Names("Toimenpideohjelma 2024–2027", "Åtgärdsprogram 2024–2027", ""),
    2024,
    2027,
)
ENDS: Ends = frozenset({(Part.GOAL, "henkilosto"), (Part.ACTION, "digitalisaatio")})


@pytest.fixture
def kemijarvi(kemi: Municipality) -> Municipality:
    demo.load_third()
    return Municipality.objects.get(slug="kemijarvi")


def keep(town: Municipality, term: Term = TERM, ends: Ends = ENDS, seen: str = "") -> None:
    _found, outcome = continue_strategy(
        municipality=town, code=OLD, term=term, ends=ends, seen=seen
    )
    assert outcome.is_empty is False
    assert outcome.faults == ()


def test_nothing_that_was_is_changed_and_what_is_new_is_what_was_seen(
    kemijarvi: Municipality,
) -> None:
    before = tables(kemijarvi)
    seen = continued(source(kemijarvi), OLD, TERM, ENDS)
    keep(kemijarvi, seen=seen.digest)
    after = tables(kemijarvi)
    for name, rows in after.items():
        new = [row for row in rows if row not in before[name]]
        assert [row for row in rows if row in before[name]] == before[name]
        assert new == seen.rows.get(name, [])
    assert (len(before["goals"]), len(after["goals"])) == (18, 32)
    assert models.Indicator.objects.filter(municipality=kemijarvi).count() == len(
        before["indicators"]
    )


@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
def test_what_is_taken_out_afterwards_comes_in_unchanged(
    kemijarvi: Municipality, tmp_path: Path, form: str
) -> None:
    keep(kemijarvi)
    taken = tables(kemijarvi)
    target = tmp_path / f"strategia.{form}"
    if form == "csv":
        target.mkdir()
        for name, content in as_csv(taken).items():
            (target / name).write_bytes(content)
    else:
        target.write_bytes(as_json(taken, "fi") if form == "json" else as_xlsx(taken))
    assert preview_strategy(municipality=kemijarvi, given=read(target)).is_empty
    other = Municipality.objects.create(slug="toinen", number="998", name_fi="Toinen")
    for unit in kemijarvi.units.all():
        other.units.create(code=unit.code, name_fi="x", level=unit.level)
    assert keep_strategy(municipality=other, given=read(target)).is_kept
    assert tables(other) == taken


def test_the_second_time_is_refused_and_makes_no_doubles(kemijarvi: Municipality) -> None:
    keep(kemijarvi)
    before, events = tables(kemijarvi), Event.objects.count()
    with pytest.raises(TermError) as found:
        keep(kemijarvi)
    assert found.value.fault is Fault.CODE_TAKEN
    assert (tables(kemijarvi), Event.objects.count()) == (before, events)


def test_a_third_term_continues_the_second(kemijarvi: Municipality) -> None:
    keep(kemijarvi)
    third = Term("kemijarvi_2028_2031", Names("Kolmas"), 2028, 2031)
    continue_strategy(municipality=kemijarvi, code=TERM.code, term=third, ends=frozenset())
    goal = models.Goal.objects.get(municipality=kemijarvi, code="oikein_mitoitetut_palvelut_2028")
    assert goal.continues is not None
    assert goal.continues.code == "oikein_mitoitetut_palvelut_2024"
    assert goal.continues.continues is not None
    assert goal.continues.continues.code == "oikein_mitoitetut_palvelut"


def test_an_indicator_stands_on_both_goals_and_its_series_goes_on(kemijarvi: Municipality) -> None:
    keep(kemijarvi)
    links = models.IndicatorLink.objects.filter(
        indicator__municipality=kemijarvi, indicator__code="kustannus_asukas"
    )
    assert {link.goal.code for link in links if link.goal} == {
        "oikein_mitoitetut_palvelut",
        "oikein_mitoitetut_palvelut_2024",
    }


def test_states_and_decisions_stay_in_the_earlier_term(kemijarvi: Municipality) -> None:
    bring_in(
        kemijarvi,
        "decisions: code; body; decided_on\n  kv; KV; 2021-01-31\n"
        "actions: code; goal; name; decisions\n"
        "  palvelutarve; oikein_mitoitetut_palvelut; Palvelut; kv\n",
    )
    person = User.objects.create_user("johtaja")
    report_state(
        municipality=kemijarvi,
        person=person,
        action="palvelutarve",
        period=Period(2023, 12),
        answer=StateAnswer(State.DONE),
    )
    keep(kemijarvi)
    action = models.Action.objects.get(municipality=kemijarvi, code="palvelutarve_2024")
    assert (action.reports.count(), action.decisions.count()) == (0, 0)
    assert action.continues is not None
    assert (action.continues.reports.count(), action.continues.decisions.count()) == (1, 1)


def test_a_unit_that_has_ended_goes_on_as_its_only_successor(kemijarvi: Municipality) -> None:
    units = {code: kemijarvi.units.get(code=code) for code in ("kemijarvi-21", "kemijarvi-31")}
    bring_in(
        kemijarvi,
        "actions: code; goal; unit; name; schedule\n"
        "  siirtyva; oikein_mitoitetut_palvelut; kemijarvi-21; Siirtyvä; 2021-2023\n"
        "  avoin; oikein_mitoitetut_palvelut; kemijarvi-31; Avoin; \n",
    )
    heir = kemijarvi.units.create(code="uusi", name_fi="Uusi", level="division")
    units["kemijarvi-21"].successors.add(heir)
    for unit in units.values():
        unit.valid_to = 2023
        unit.save()
    found, outcome = continue_strategy(
        municipality=kemijarvi, code=OLD, term=TERM, ends=frozenset()
    )
    assert outcome.faults == ()
    moved = models.Action.objects.get(municipality=kemijarvi, code="siirtyva_2024")
    assert (moved.unit, moved.schedule) == (heir, "")
    assert models.Action.objects.get(municipality=kemijarvi, code="avoin_2024").unit is None
    assert [(each.kind, each.code) for each in found.to_decide] == [
        (NoteKind.UNIT_TO_CHOOSE, "avoin")
    ]


def test_what_was_not_seen_is_not_kept(kemijarvi: Municipality) -> None:
    seen = continued(source(kemijarvi), OLD, TERM, ENDS)
    bring_in(kemijarvi, "goals: code; theme; name_fi\n  uusi; hyvinvointi; Uusi tavoite\n")
    before = tables(kemijarvi)
    with pytest.raises(NotSeenError):
        keep(kemijarvi, seen=seen.digest)
    assert tables(kemijarvi) == before


def test_a_code_that_is_none_is_a_fault_and_nothing_is_kept(kemijarvi: Municipality) -> None:
    before = tables(kemijarvi)
    _found, outcome = continue_strategy(
        municipality=kemijarvi, code=OLD, term=replace(TERM, code="a b"), ends=frozenset()
    )
    assert {(each.code, each.field) for each in outcome.faults} >= {(FaultCode.BAD_CODE, "code")}
    assert tables(kemijarvi) == before


def test_it_is_in_the_trail(kemijarvi: Municipality) -> None:
    keep(kemijarvi)
    event = Event.objects.filter(municipality="kemijarvi")[0]
    assert (event.action, event.subject) == ("strategy.continued", f"{OLD} → {TERM.code}")
    after = event.after or {}
    assert after["new"]["goals"] == 14
    assert "goal: henkilosto" in after["ends"]


def test_each_term_is_printed_in_the_reports_of_its_own_years(kemijarvi: Municipality) -> None:
    keep(kemijarvi)
    themes = {
        year: {
            theme.strategy
            for theme in reported(kemijarvi, Period(year, 12), lambda unit: "").themes
        }
        for year in (2021, 2023, 2024, 2027, 2028)
    }
    assert themes == {2021: {OLD}, 2023: {OLD}, 2024: {TERM.code}, 2027: {TERM.code}, 2028: set()}


def test_a_goal_that_continues_itself_is_refused(kemijarvi: Municipality) -> None:
    lines = [
        Line("2", {"code": "a", "name_fi": "A", "continues": "b"}),
        Line("3", {"code": "b", "name_fi": "B", "continues": "a"}),
    ]
    found = keep_strategy(municipality=kemijarvi, given=Given({"goals": lines}))
    assert [(each.code, each.field) for each in found.faults] == [
        (FaultCode.CONTINUES_ITSELF, "continues")
    ]


def test_rows_of_one_file_may_continue_one_another(kemijarvi: Municipality) -> None:
    lines = [
        Line("2", {"code": "uusi", "name_fi": "Uusi", "continues": "vanha"}),
        Line("3", {"code": "vanha", "name_fi": "Vanha", "continues": ""}),
        Line("4", {"code": "henkilosto", "continues": "vanha"}),
    ]
    assert keep_strategy(municipality=kemijarvi, given=Given({"goals": lines})).is_kept
    rows = {each["code"]: each["continues"] for each in tables(kemijarvi)["goals"]}
    assert (rows["uusi"], rows["vanha"], rows["henkilosto"]) == ("vanha", "", "vanha")


def test_two_at_one_moment_make_one_term(tmp_path: Path) -> None:
    program = Path(__file__).with_name("terms_at_once.py")
    assert installations.complaints(program, tmp_path / "data") == ""
