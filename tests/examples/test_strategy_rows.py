"""The example strategy answers each printed row of the twelve tables, and keeps their numbers."""

import re

import pytest

from examples.strategy_files import (
    SEED,
    codes,
    dangling,
    joined,
    lines_of,
    numbers,
    several,
    twice,
    units,
)

DIVISIONS = ["64100000", "64200000", "64300000", "64500000"]
KV, EV, HY, YM = DIVISIONS
GOALS = {line["code"]: line for line in lines_of("kemi", "goals")}
# The units under a division have its code's beginning: "64322000" is of "64300000".
ACTIONS = [each | {"unit": f"{each['unit'][:3]}00000"} for each in lines_of("kemi", "actions")]
THEMES = codes("kemi", "themes")
PRINTED_ROWS = [[6, 9, 6, 6], [5, 9, 5, 5], [5, 5, 5, 5]]
PAGES = [[1, 2, 1, 1], [1, 2, 1, 1], [1, 1, 1, 1]]
# What the column "Toteuma 1-6/2023" counts or measures, as it is printed.
MEASURED = {
    (0, EV): "1 kpl|5 kpl|18|700|15%|4 kpl|400|2 |52 370|12 257|31 %|37 272|19 %|15 098|73 %"
    "|34%|614",
    (0, HY): "auditoitu 4|auditoimatta 3|25|viisi",
    (0, YM): "14 vrk",
    (1, EV): "17,7%|685|349|6 |1781|139|15 kpl|kaksi|28|71|245|2 |26|3 |89 %|13|5-40|ryhmäkoko 5",
    (1, HY): "haettu 6|päätöksiä 5|kokouksia 2|kokouksia 3|ilmoituksia 2|Opinnäytetöitä 4"
    "|(5)|48|46",
    (1, YM): "8 henkilöä",
    (2, EV): "1781|245|114|60",
    (2, HY): "577|1 100|584|691|146|441|209|237|1088|662|683|6 ohjelmaa",
    (2, YM): "2 krt",
}
# Its other numbers: days, years, ages, sections.
TOLD = {
    (0, KV): "keväällä 23|kevät 23|31.1.22|§ 3",
    (0, EV): "2030|-23",
    (0, YM): "73|31.8.2023|1.1.2024|(2023)",
    (1, KV): "VIII",
    (1, EV): "25-vuotiaiden|30-vuotiaita|maaliskuussa 2023",
    (1, HY): "05/2023|18- v|1500 €",
    (2, KV): "23/24",
    (2, EV): "30 v",
    (2, YM): "1.1.2024",
}
WORDS = {"viisi": "5", "kaksi": "2"}
YEARS = {"23": "2023"}
WHERE = [(theme, division) for theme in range(3) for division in DIVISIONS]


def actions_of(theme: int, division: str) -> list[str]:
    return [
        action["code"]
        for action in ACTIONS
        if action["unit"] == division and GOALS[action["goal"]]["theme"] == THEMES[theme]
    ]


def goals_of(theme: int) -> list[str]:
    return [code for code, goal in GOALS.items() if goal["theme"] == THEMES[theme]]


def printed(cells: str) -> set[str]:
    return numbers(WORDS.get(cell, cell.replace("-", " ")) for cell in cells.split("|"))


def told(theme: int, division: str) -> str:
    asked = actions_of(theme, division)
    reports = lines_of("kemi", "reports")
    return " ".join(line["text"] for line in reports if line["action"] in asked)


def valued(theme: int, division: str) -> set[str]:
    asked = actions_of(theme, division)
    indicators = {
        link["indicator"]
        for link in lines_of("kemi", "indicator_links")
        if link["to"] == "action" and link["code"] in asked
    }
    return numbers(
        line[column]
        for line in lines_of("kemi", "values")
        if line["indicator"] in indicators
        and (line["scenario"], line["period"]) == ("actual", "2023-06")
        for column in ("value", "of", "low", "high")
    )


def test_sixteen_goals_stand_in_three_themes() -> None:
    assert [len(goals_of(theme)) for theme in range(3)] == [6, 5, 5]
    assert len(GOALS) == 16


def test_each_printed_row_has_its_counterpart() -> None:
    rows = []
    for theme in range(3):
        unanswered = [
            [
                goal
                for goal in goals_of(theme)
                if division in several(GOALS[goal]["units"])
                and not any(a["goal"] == goal and a["unit"] == division for a in ACTIONS)
            ]
            for division in DIVISIONS
        ]
        rows.append(
            [
                len(actions_of(theme, division)) + len(unanswered[place])
                for place, division in enumerate(DIVISIONS)
            ]
        )
    assert rows == PRINTED_ROWS
    assert sum(map(sum, rows)) == 71
    assert len(ACTIONS) == 70


def test_an_action_answers_a_goal_that_its_division_is_asked() -> None:
    astray = [a["code"] for a in ACTIONS if a["unit"] not in several(GOALS[a["goal"]]["units"])]
    assert astray == []


def test_one_goal_is_not_asked_from_elinvoima_and_one_has_no_answer_from_ymparisto() -> None:
    not_asked = [
        (goal, division)
        for goal, line in GOALS.items()
        for division in DIVISIONS
        if division not in several(line["units"])
    ]
    assert not_asked == [("luotettava_kumppani", EV)]
    answered = {(action["goal"], action["unit"]) for action in ACTIONS}
    assert ("vapaa_aika", YM) not in answered
    assert len(answered) == 62


@pytest.mark.parametrize("where", MEASURED)
def test_what_the_report_measures_is_told_and_is_a_value(where: tuple[int, str]) -> None:
    expected = printed(MEASURED[where])
    assert expected
    assert expected - numbers([told(*where)]) == set()
    assert expected - valued(*where) == set()


@pytest.mark.parametrize("where", TOLD)
def test_the_other_numbers_of_the_actuals_are_told(where: tuple[int, str]) -> None:
    text = joined(told(*where))
    for cell in TOLD[where].split("|"):
        number = re.sub(r"[^\d./VI]", "", joined(cell)).strip(".")
        assert number
        pattern = rf"(?<!\d){re.escape(YEARS.get(number, number))}(?!\d)"
        assert re.search(pattern, text), cell


@pytest.mark.skipif(not SEED.exists(), reason="the report's text is not here")
def test_the_numbers_listed_here_are_those_of_the_reports_tables() -> None:
    _, *pages = SEED.read_text(encoding="utf-8").split("Tavoite Toimenpiteet")
    counts = [count for theme in PAGES for count in theme]
    assert len(pages) == sum(counts)
    for where, count in zip(WHERE, counts, strict=True):
        table, pages = joined(" ".join(pages[:count])), pages[count:]
        for cells in (MEASURED.get(where), TOLD.get(where)):
            for cell in cells.split("|") if cells else []:
                assert joined(cell) in table, (where, cell)


def test_visits_that_stand_in_two_tables_are_entered_once() -> None:
    entered = [line for line in lines_of("kemi", "values") if line["value"] == "1781"]
    assert [line["indicator"] for line in entered] == ["pointin_kaynnit"]
    links = [
        GOALS[next(a["goal"] for a in ACTIONS if a["code"] == link["code"])]["theme"]
        for link in lines_of("kemi", "indicator_links")
        if link["indicator"] == "pointin_kaynnit"
    ]
    assert sorted(links) == sorted(THEMES[1:])


def test_two_decisions_are_named() -> None:
    named = {
        line["code"]: (line["body"], line["decided_on"], line["section"])
        for line in lines_of("kemi", "decisions")
        if line["is_example"] != "yes"
    }
    assert sorted(named.values()) == [
        ("Kaupunginvaltuusto", "2021-05-03", "45"),
        ("Kaupunginvaltuusto", "2022-01-31", "3"),
    ]
    assert {code for a in ACTIONS for code in several(a["decisions"])} == set(named)


def effects(division: str) -> list[tuple[str, str, str]]:
    measures = {
        line["code"]: line["is_permanent"]
        for line in lines_of("kemi", "measures")
        if line["unit"] == division and line["programme"] == "talousohjelma"
    }
    return [
        (measures[line["measure"]], line["euros"], line["person_years"])
        for line in lines_of("kemi", "measure_effects")
        if line["measure"] in measures
    ]


def test_eight_of_thirteen_measures_have_an_effect() -> None:
    measures = [line["unit"] for line in lines_of("kemi", "measures") if line["is_example"] == "no"]
    assert [measures.count(division) for division in DIVISIONS] == [1, 0, 6, 13]
    found = effects(YM)
    assert len(found) == 8
    assert sum(int(years) for _, _, years in found if years) == 22
    assert sorted(each[:2] for each in found if each[1]) == [
        ("no", "200000"),
        ("yes", "40000"),
        ("yes", "5000"),
    ]
    assert effects(KV) == [("yes", "300000", "")]
    assert effects(HY) == []


def test_the_invented_programme_has_targets_by_year_and_measures() -> None:
    [invented] = [line for line in lines_of("kemi", "programmes") if line["is_example"] == "yes"]
    targets = [
        line["year"]
        for line in lines_of("kemi", "programme_targets")
        if line["programme"] == invented["code"]
    ]
    measures = [m for m in lines_of("kemi", "measures") if m["programme"] == invented["code"]]
    assert targets == ["2024", "2025", "2026"]
    assert {measure["is_example"] for measure in measures} == {"yes"}
    assert {line["is_example"] for line in lines_of("kemi", "sdg_links")} == {"yes"}


def test_every_code_that_is_referred_to_exists() -> None:
    assert dangling("kemi") == []


CODED = ["strategies", "themes", "goals", "actions", "indicators", "programmes", "measures"]
CODED += ["decisions", "projects", "local_targets"]


@pytest.mark.parametrize("name", CODED)
def test_a_code_is_used_once(name: str) -> None:
    assert twice(codes("kemi", name)) == set()


def test_states_and_scenarios_are_known_ones() -> None:
    known = {"not_started", "under_way", "done", "behind", "not_done", "abandoned"}
    known |= {"waits_for_decision", "continuous", ""}
    assert {line["state"] for line in lines_of("kemi", "reports")} <= known
    assert {line["state"] for line in lines_of("kemi", "measures")} <= known


def test_divisions_are_units_of_the_example() -> None:
    assert {units("kemi")[division] for division in DIVISIONS} == {"64000000"}


@pytest.mark.parametrize("town", ["kemi", "kemijarvi"])
@pytest.mark.parametrize("table", ["goals", "indicators", "themes", "programmes", "local_targets"])
def test_names_are_in_three_languages(town: str, table: str) -> None:
    for line in lines_of(town, table):
        assert all(line[f"name_{language}"] for language in ("fi", "sv", "en")), line["code"]


def test_a_state_is_told_where_the_words_of_the_actual_carry_one() -> None:
    reports = lines_of("kemi", "reports")
    untold = {line["action"] for line in reports if not line["state"]}
    assert untold == {
        "arm_suunnitelma",
        "kulttuuriyrittajyys",
        "kumppanuussopimusten_kartoitus",
        "nuorten_tyollistyminen",
        "palvelutarjonta",
        "paastojen_vahennys",
        "suunnitelmien_osallisuus",
        "yritystontit_luvat",
    }
    assert all(line["text"] for line in reports)
