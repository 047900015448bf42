"""The second example holds Kemijärvi's action programme: all of it, and what is invented apart."""

import re

import pytest

from examples.strategy_files import SHARED, codes, dangling, lines_of, several, twice, units

SEED = SHARED / "seeds" / "004_1410d11c8d49a15d.txt"
THEMES = ["hyvinvointi", "elinvoima", "identiteetti"]
PROGRAMMES = [
    "Talouden sopeuttamisohjelma",
    "Viestintäohjelma",
    "Omistajapoliittinen ohjelma",
    "Työllisyysohjelma",
    "Kiinteistöohjelma",
    "Maapoliittinen ohjelma",
    "Elinvoimaohjelma",
    "Hyvinvointiohjelma",
]
GOALS = {line["code"]: line for line in lines_of("kemijarvi", "goals")}
LINKS = [line for line in lines_of("kemijarvi", "indicator_links") if line["to"] == "goal"]
INDICATORS = {line["code"]: line for line in lines_of("kemijarvi", "indicators")}


def by_theme(goals: list[str]) -> list[int]:
    return [sum(GOALS[goal]["theme"] == theme for goal in goals) for theme in THEMES]


def plain(text: str) -> str:
    """Letters and digits alone: the document breaks lines and words as its pages do."""
    return re.sub(r"\W", "", text).lower()


def printed_names() -> list[str]:
    goals = [line["name_fi"] for line in GOALS.values() if line["theme"]]
    actions = [line["name"] for line in lines_of("kemijarvi", "actions")]
    indicators = [
        link["label"] or INDICATORS[link["indicator"]]["name_fi"]
        for link in LINKS
        if GOALS[link["code"]]["theme"]
    ]
    themes = [line["name_fi"] for line in lines_of("kemijarvi", "themes")]
    return [*themes, *goals, *actions, *indicators, *PROGRAMMES]


def test_three_themes_hold_fifteen_goals_without_a_division() -> None:
    assert codes("kemijarvi", "themes") == THEMES
    themed = [code for code, line in GOALS.items() if line["theme"]]
    assert by_theme(themed) == [5, 5, 5]
    assert {GOALS[code]["units"] for code in themed} == {""}


def test_forty_actions_and_forty_four_indicators_are_divided_over_the_themes() -> None:
    actions = [line["goal"] for line in lines_of("kemijarvi", "actions")]
    indicators = [link["code"] for link in LINKS if GOALS[link["code"]]["theme"]]
    assert (len(actions), by_theme(actions)) == (40, [18, 14, 8])
    assert (len(indicators), by_theme(indicators)) == (44, [21, 15, 8])
    assert twice([link["indicator"] for link in LINKS]) == set()


def test_the_strategy_has_its_mission_its_vision_and_its_years() -> None:
    [strategy] = lines_of("kemijarvi", "strategies")
    assert several(strategy["values"]) == ["Taloudellisuus", "Vastuullisuus", "Yhteisöllisyys"]
    assert (strategy["valid_from"], strategy["valid_to"]) == ("2021", "2023")
    assert strategy["mission"]
    assert strategy["vision"]


def test_some_of_eight_programmes_are_themselves_actions_and_indicators() -> None:
    names = {line["code"]: line["name_fi"] for line in lines_of("kemijarvi", "programmes")}
    assert list(names.values()) == PROGRAMMES
    parts = lines_of("kemijarvi", "programme_parts")
    assert {part["relation"] for part in parts} == {"is"}
    counts = {
        names[code]: sorted(part["kind"] for part in parts if part["programme"] == code)
        for code in {part["programme"] for part in parts}
    }
    assert counts == {
        "Talouden sopeuttamisohjelma": ["action", "action", "indicator", "indicator"],
        "Viestintäohjelma": ["action", "indicator"],
        "Elinvoimaohjelma": ["action", "action", "indicator", "indicator"],
    }


def test_the_adjustment_programme_has_a_target_over_its_years_and_no_measures() -> None:
    [target] = lines_of("kemijarvi", "programme_targets")
    [adjustment] = [p for p in lines_of("kemijarvi", "programmes") if p["kind"] == "adjustment"]
    assert target == {
        "programme": adjustment["code"],
        "year": "",
        "euros": "5000000",
        "person_years": "50",
    }
    assert lines_of("kemijarvi", "measures") == []


def test_local_food_has_a_target_of_30_percent() -> None:
    [target] = [v for v in lines_of("kemijarvi", "values") if v["indicator"] == "lahiruoan_osuus"]
    assert (target["scenario"], target["value"]) == ("target", "30")


def test_what_is_invented_is_called_an_example() -> None:
    for line in GOALS.values():
        assert line["name_fi"].startswith("Esimerkki: ") == (not line["theme"])
    real = {link["indicator"] for link in LINKS if GOALS[link["code"]]["theme"]}
    for line in lines_of("kemijarvi", "values"):
        name = INDICATORS[line["indicator"]]["name_fi"]
        assert name.startswith("Esimerkki: ") or line["indicator"] in real
        assert name.startswith("Esimerkki: ") or line["scenario"] == "target"


def test_a_service_areas_goals_are_followed_at_midyear_and_at_its_end() -> None:
    for code, goal in GOALS.items():
        if goal["theme"]:
            continue
        [indicator] = [link["indicator"] for link in LINKS if link["code"] == code]
        given = {
            (line["scenario"], line["period"])
            for line in lines_of("kemijarvi", "values")
            if line["indicator"] == indicator
        }
        assert {("target", "2023"), ("actual", "2023-06"), ("actual", "2023")} <= given
        assert units("kemijarvi")[goal["units"]] != "kemijarvi"
    assert {g["is_binding"] for g in GOALS.values() if not g["theme"]} == {"yes", "no"}
    funding = {line["funding"] for line in lines_of("kemijarvi", "person_years")}
    assert funding == {"own", "project", "other"}


def test_every_code_that_is_referred_to_exists() -> None:
    assert dangling("kemijarvi") == []
    parents = units("kemijarvi")
    assert [code for code, parent in parents.items() if not parent] == ["kemijarvi"]
    assert {parent for parent in parents.values() if parent} <= set(parents)


@pytest.mark.parametrize("name", ["goals", "actions", "indicators", "programmes"])
def test_a_code_is_used_once(name: str) -> None:
    assert twice(codes("kemijarvi", name)) == set()


@pytest.mark.skipif(not SEED.exists(), reason="the document's text is not here")
def test_every_name_is_the_documents() -> None:
    document = plain(SEED.read_text(encoding="utf-8"))
    assert [name for name in printed_names() if plain(name) not in document] == []


@pytest.mark.skipif(not SEED.exists(), reason="the document's text is not here")
def test_every_bullet_of_the_documents_tables_is_in_the_example() -> None:
    text = SEED.read_text(encoding="utf-8")
    tables = text[text.index("HYVINVOINTI") : text.index("KAUPUNKISTRATEGIAN MITTARIT")]
    bullets = [plain(each.split("\n\n")[0]) for each in tables.split("•")[1:]]
    names = [plain(name) for name in printed_names()]
    missing = [each for each in bullets if not any(name.startswith(each[:12]) for name in names)]
    assert len(bullets) == 40 + 44 + 8
    assert missing == []
