"""What the pages of the strategy ask for, over the examples."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.cli import demo
from katsaus.core.indicators import ValueScenario
from katsaus.core.periods import Period
from katsaus.core.programmes import EffectScenario, add_up
from katsaus.core.strategies import Strategy
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.reading import read, read_json
from katsaus.web.planning.exchange.records import tables
from katsaus.web.planning.exchange.writing import as_json
from katsaus.web.planning.queries import (
    follow_ups,
    goals,
    indicators,
    matrices,
    outlines,
    programmes,
    projects,
    sdgs,
    strategies,
)
from katsaus.web.planning.use_cases.strategies import keep_strategy

JUNE = Period(2023, 6)
THEMES = ("vetovoima", "hyvinvointi", "arki")
DIVISIONS = ("64100000", "64200000", "64300000", "64500000")
ROWS = ((6, 9, 6, 6), (5, 9, 5, 5), (5, 5, 5, 5))
EXAMPLES = Path(demo.EXAMPLE).resolve().parent


@pytest.fixture
def kemijarvi(db: None) -> Municipality:
    demo.load_third()
    return Municipality.objects.get(slug="kemijarvi")


def in_outline(municipality: Municipality) -> Strategy:
    return outlines.outline(municipality, strategies.strategies(municipality)[0])


def told(municipality: Municipality) -> follow_ups.Reported:
    """Return what is told for June, each unit standing in the division that its code begins as."""
    return follow_ups.reported(municipality, JUNE, lambda unit: f"{unit[:3]}00000")


def test_every_query_is_of_a_bounded_number(kemi: Municipality) -> None:
    newest, outlined = strategies.strategies(kemi)[0], in_outline(kemi)
    of_kemi = matrices.frame(kemi, JUNE.ends_on, outlined)
    asked: dict[str, tuple[Callable[[], object], int]] = {
        "strategies": (lambda: strategies.strategies(kemi), 1),
        "outline": (lambda: outlines.outline(kemi, newest), 2),
        "counts": (lambda: outlines.counts(kemi, "kemi_2021_2025"), 2),
        "frame": (lambda: matrices.frame(kemi, JUNE.ends_on, outlined), 2),
        "matrix": (lambda: matrices.matrix(of_kemi, JUNE), 2),
        "goal": (lambda: goals.goal(kemi, "vihrea_kemi"), 10),
        "reported": (lambda: told(kemi), 6),
        "indicator": (lambda: indicators.indicator(kemi, "yopymiset"), 6),
        "performance": (lambda: indicators.performance(kemi, "64330000", JUNE), 3),
        "programmes": (lambda: programmes.programmes(kemi), 5),
        "measures": (lambda: programmes.measures(kemi), 3),
        "projects": (lambda: projects.projects(kemi), 5),
        "person_years": (lambda: projects.person_years(kemi, 2022), 1),
        "decisions": (lambda: projects.decisions(kemi), 3),
        "sdgs": (lambda: sdgs.sdg_summary(kemi), 3),
    }
    over = {}
    for name, (query, bound) in asked.items():
        with CaptureQueriesContext(connection) as queries:
            assert query()
        if len(queries) > bound:
            over[name] = len(queries)
    assert over == {}


def test_kemis_matrix_has_16_goals_and_four_divisions(kemi: Municipality) -> None:
    found = matrices.matrix(matrices.frame(kemi, JUNE.ends_on, in_outline(kemi)), JUNE)
    assert len(found.rows) == 16
    assert found.divisions == DIVISIONS
    actions = sum(answer.actions for row in found.rows for answer in row.answers if answer)
    assert actions == len(tables(kemi)["actions"])


def test_the_follow_up_has_a_row_for_each_printed_one(kemi: Municipality) -> None:
    rows = told(kemi).rows
    found = tuple(
        tuple(len(rows.get((theme, division), ())) for division in DIVISIONS) for theme in THEMES
    )
    assert found == ROWS


def test_an_unanswered_goal_is_a_row_without_an_action(kemi: Municipality) -> None:
    rows = [row for each in told(kemi).rows.values() for row in each]
    assert len([row for row in rows if row.action is None]) == 1
    assert any(row.told for row in rows)
    assert any(entry for row in rows for place in row.indicators for entry in place.entries)


def test_a_goal_tells_its_reports_and_indicators(kemi: Municipality) -> None:
    found = goals.goal(kemi, "vihrea_kemi")
    assert found is not None
    assert found.theme is not None
    assert {each.action for each in found.reports} <= {each.code for each in found.goal.actions}
    assert found.reports
    assert goals.goal(kemi, "ei_ole") is None


def test_a_performance_figure_has_its_four_columns(kemi: Municipality) -> None:
    [staff] = indicators.performance(kemi, "64100000", JUNE)
    assert staff.label or staff.indicator.names.fi == "Vakituinen henkilökunta, hlö"
    numbers = [[entry.value.number for entry in cell] for cell in staff.cells]
    assert numbers == [[Decimal(1052)], [Decimal(495)], [Decimal(517)], [Decimal(520)]]
    assert indicators.performance_columns(JUNE) == (
        "actual_2022",
        "budget_2023",
        "actual_2023_06",
        "forecast_2023",
    )


def test_all_38_performance_rows_are_there(kemi: Municipality) -> None:
    units = kemi.units.values_list("code", flat=True)
    assert sum(len(indicators.performance(kemi, unit, JUNE)) for unit in units) == 38


def test_the_measures_of_a_programme_add_up(kemi: Municipality) -> None:
    whole = programmes.measures(kemi)
    by_programme = [programmes.measures(kemi, each.code) for each in programmes.programmes(kemi)]
    assert sum(map(len, by_programme)) == len(whole)
    decided = [add_up(each, EffectScenario.DECIDED).euros or 0 for each in by_programme]
    assert sum(decided) == add_up(whole, EffectScenario.DECIDED).euros


def test_the_sdg_summary_has_17_lines(kemi: Municipality) -> None:
    found = sdgs.sdg_summary(kemi)
    assert [line.sdg for line in found] == list(range(1, 18))
    assert sum(line.goals + line.actions for line in found) > 0


def test_a_decision_tells_what_it_set_in_motion(kemi: Municipality) -> None:
    found = projects.decisions(kemi)
    assert any(each.amendments for each in found)
    assert any(each.actions or each.measures for each in found)


def test_kemijarvis_programme_has_the_counts_of_the_document(kemijarvi: Municipality) -> None:
    counts = outlines.counts(kemijarvi, strategies.strategies(kemijarvi)[0].code)
    of_themes = [
        (
            len(theme.goals),
            sum(counts[goal.code].actions for goal in theme.goals),
            sum(counts[goal.code].indicators for goal in theme.goals),
        )
        for theme in in_outline(kemijarvi).themes
    ]
    assert of_themes == [(5, 18, 21), (5, 14, 15), (5, 8, 8)]
    assert len(programmes.programmes(kemijarvi)) == 8


@pytest.mark.parametrize("name", ["kemi", "kemijarvi"])
def test_json_that_is_taken_out_changes_nothing_when_it_comes_back(
    kemi: Municipality, kemijarvi: Municipality, name: str
) -> None:
    owner = {"kemi": kemi, "kemijarvi": kemijarvi}[name]
    back = keep_strategy(municipality=owner, given=read_json(as_json(tables(owner), "fi")))
    assert back.faults == ()
    assert back.is_empty
    again = keep_strategy(municipality=owner, given=read(EXAMPLES / name / "strategy"))
    assert again.is_empty


def test_an_indicator_that_stands_twice_has_its_values_once(kemi: Municipality) -> None:
    found = {link["indicator"] for link in tables(kemi)["indicator_links"]}
    links = [link["indicator"] for link in tables(kemi)["indicator_links"]]
    twice = next(code for code in found if links.count(code) > 1)
    view = indicators.indicator(kemi, twice)
    assert view is not None
    assert len(view.places) > 1
    actuals = [each for each in view.entries if each.scenario is ValueScenario.ACTUAL]
    assert len({(each.unit, each.place, each.period, each.value.on) for each in actuals}) == len(
        actuals
    )
