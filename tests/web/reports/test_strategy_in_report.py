"""Kemi's report prints its performance figures and the follow-up of its strategy."""

import json
from collections.abc import Iterator

import pytest
from django.urls import path

from katsaus.core.formats import DASH
from katsaus.core.periods import Period
from katsaus.core.reports import Prose, Report
from katsaus.core.tables import ReportTable
from katsaus.rendering.draw import draw
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Action
from katsaus.web.reports import views
from katsaus.web.reports.compose import compose
from katsaus.web.urls import urlpatterns as addresses
from web.cast import sign_in
from web.monitoring.seen import bring_in

urlpatterns = [
    path("<slug:slug>/strategia/tavoite/<str:code>/", views.reports, name="goal"),
    path("<slug:slug>/strategia/mittari/<str:code>/", views.reports, name="indicator"),
    *addresses,
]
# As printed in the report of January-June 2023.
PERFORMANCE_ROWS = {
    "64100000": 1,
    "64210000": 5,
    "64220000": 4,
    "64230000": 2,
    "64310000": 1,
    "64320000": 6,
    "64330000": 8,
    "64510000": 1,
    "64520000": 6,
    "64530000": 2,
    "64540000": 2,
}
DIVISIONS = ("64100000", "64200000", "64300000", "64500000")
STRATEGY_ROWS = {"vetovoima": (6, 9, 6, 6), "hyvinvointi": (5, 9, 5, 5), "arki": (5, 5, 5, 5)}


@pytest.fixture
def report(kemi: Municipality) -> Report:
    return compose(kemi, Period(2023, 6))


def tables(report: Report, kind: str) -> dict[str, ReportTable]:
    return {table.id: table for table in report.tables if table.id.startswith(f"{kind}:")}


def shown(table: ReportTable) -> dict[str, list[str]]:
    return {row.id: [cell.shown for cell in row.cells] for row in table.rows}


def test_each_unit_prints_the_performance_rows_of_the_published_report(report: Report) -> None:
    found = tables(report, "performance")
    assert {key: len(list(table.rows)) for key, table in found.items()} == {
        f"performance:{unit}": count for unit, count in PERFORMANCE_ROWS.items()
    }
    assert sum(PERFORMANCE_ROWS.values()) == 38


def test_each_theme_and_division_prints_the_rows_of_the_published_report(report: Report) -> None:
    found = {key: len(list(each.rows)) for key, each in tables(report, "strategy").items()}
    assert list(found.items()) == [
        (f"strategy:{theme}:{division}", count)
        for theme, counts in STRATEGY_ROWS.items()
        for division, count in zip(DIVISIONS, counts, strict=True)
    ]
    assert sum(found.values()) == 71


def test_performance_figures_have_the_printed_columns(report: Report) -> None:
    for table in tables(report, "performance").values():
        assert [(column.id, column.label) for column in table.columns] == [
            ("actual_2022", "TP 2022"),
            ("budget_2023", "TA 2023"),
            ("actual_2023_06", "Toteuma 1–6/2023"),
            ("forecast_2023", "TP-ennuste 2023"),
        ]


def test_the_strategy_has_the_columns_of_the_contract(report: Report) -> None:
    for table in tables(report, "strategy").values():
        names = [column.id for column in table.columns]
        assert names == ["goal", "actions", "responsible", "indicators", "actual", "sdg"]


def test_a_figure_has_its_exact_value_and_a_text_beside_a_number_is_printed(
    report: Report,
) -> None:
    contract = json.loads(draw(report, "json"))
    cells = {
        (table["id"], row["id"]): [(cell["value"], cell["shown"]) for cell in row["cells"]]
        for table in contract["tables"]
        for row in table["rows"]
    }
    assert cells["performance:64520000", "talvikunnossapito"][0] == (
        "1665558",
        "1\u00a0665\u00a0558",
    )
    assert cells["performance:64210000", "htv_kuntarahoitteinen"][0] == (
        "27.5",
        "Yht. 27,5; elinkeinopalvelut 2 htv",
    )
    assert cells["performance:64330000", "kavijat_teatteri"][1:] == [(None, DASH)] * 3


def test_sub_rows_stand_under_the_row_or_the_heading_that_they_are_of(report: Report) -> None:
    pupils = tables(report, "performance")["performance:64320000"].groups
    assert [(group.heading, [row.level for row in group.rows]) for group in pupils] == [
        ("", [0, 1, 1, 1, 1]),
        ("", [0]),
    ]
    visitors = tables(report, "performance")["performance:64330000"].groups
    assert [(group.heading, len(group.rows)) for group in visitors] == [
        ("Kävijöiden lukumäärä", 7),
        ("", 1),
    ]


def test_an_unanswered_goal_is_printed_in_words(kemi: Municipality) -> None:
    report = compose(kemi, Period(2023, 6), "en")
    row = shown(tables(report, "strategy")["strategy:hyvinvointi:64500000"])["vapaa_aika"]
    assert row[1] == "The division has not answered this goal."
    assert row[2:5] == [DASH] * 3


def test_a_goal_heads_its_rows_by_the_name_that_programs_read_in_each(report: Report) -> None:
    for table in tables(report, "strategy").values():
        for group in table.groups:
            assert {row.cells[0].shown for row in group.rows} == {group.heading}
            assert group.goal


def test_what_an_action_came_to_is_told_in_words_with_its_state(kemi: Municipality) -> None:
    report = compose(kemi, Period(2023, 6), "en")
    rows = shown(tables(report, "strategy")["strategy:vetovoima:64200000"])
    assert rows["asumisen_trendit"][4].startswith("Under way. Satamakankaan kaavatyö on alkanut.")
    assert "52\u00a0370 vuorokautta" in rows["matkailun_kehittaminen"][4]
    # Nothing was said of this one: its indicators speak.
    assert "114 eri yritykseen" in rows["digipolis_yhteistyo"][4]


def test_a_reader_is_told_why_an_action_was_abandoned(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
        reports: action; period; state; reason; text; reported_on; goal; unit
          asumisen_trendit; 2023-06; abandoned; Kaavasta luovuttiin.; ; ; ;
          matkailun_kehittaminen; 2023-06; under_way; Väylä avautui.; Opas valmistui.; ; ;
        """,
    )
    report = compose(kemi, Period(2023, 6), "en")
    rows = shown(tables(report, "strategy")["strategy:vetovoima:64200000"])
    assert rows["asumisen_trendit"][4] == "Abandoned.\nReason: Kaavasta luovuttiin."
    assert rows["matkailun_kehittaminen"][4] == "Under way. Opas valmistui."


def test_roles_and_schedules_are_in_words(kemi: Municipality) -> None:
    report = compose(kemi, Period(2023, 6), "en")
    rows = [row for each in tables(report, "strategy").values() for row in shown(each).values()]
    schedules = {row[2].partition("\n")[2] for row in rows}
    assert {"Continuous", "2021–2025", "2023", "2023–"} <= schedules
    assert "Every year: February, March" in schedules


def places(report: Report) -> Iterator[tuple[str, str, list[str]]]:
    for section in report.sections:
        ids = [each.id for each in section.blocks if isinstance(each, ReportTable)]
        yield section.id, section.title, ids


def test_performance_figures_follow_the_text_of_their_service_area(report: Report) -> None:
    [area] = [section for section in report.sections if section.id == "64220000"]
    responsible, table = area.blocks[0], area.blocks[-1]
    assert isinstance(responsible, Prose)
    assert responsible.markdown.endswith("Kivalo-opiston rehtori")
    assert isinstance(table, ReportTable)
    assert table.id == "performance:64220000"


def test_the_strategy_is_the_last_part_theme_by_theme(report: Report) -> None:
    last = list(places(report))[-3:]
    assert [title.partition(": ")[2] for _, title, _ in last] == [
        "Vihreä ja vetovoimainen Kemi",
        "Hyvinvoiva ja osallistuva Kemi",
        "Sujuvan arjen Kemi",
    ]
    assert [ids for *_, ids in last] == [
        [f"strategy:{theme}:{division}" for division in DIVISIONS] for theme in STRATEGY_ROWS
    ]


def test_a_year_without_a_strategy_prints_none(kemi: Municipality) -> None:
    assert tables(compose(kemi, Period(2027, 6)), "strategy") == {}


def test_an_action_that_names_no_unit_is_the_whole_municipalitys(kemi: Municipality) -> None:
    Action.objects.filter(municipality=kemi, code="konserniohjaus").update(unit=None)
    found = tables(compose(kemi, Period(2023, 6)), "strategy")
    assert list(shown(found["strategy:vetovoima:64000000"])) == ["konserniohjaus"]


@pytest.mark.urls(__name__)
def test_those_who_may_follow_the_figures_go_on_to_goals_and_indicators(
    kemi: Municipality,
) -> None:
    text = sign_in("daavid", kemi).get("/kemi/2023-06/").text
    assert '<a href="/kemi/strategia/tavoite/vihrea_kemi/">' in text
    assert '<a href="/kemi/strategia/mittari/kavijat_museo/">' in text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", ["nobody", "simo.talous"])
def test_others_are_not_led_to_pages_that_ask_to_sign_in(kemi: Municipality, name: str) -> None:
    response = sign_in(name, kemi).get("/kemi/2023-06/")
    assert response.status_code == 200
    assert "/kemi/strategia/" not in response.text
