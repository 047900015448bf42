"""The strategy map as PDF: one page, tagged, in the order of reading, by the rules of PDF/UA."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf

from katsaus.core.strategy_maps import Labelled, MapColumn, MapGoal, StrategyMap
from katsaus.rendering.strategy_map import strategy_map_pdf
from rendering.readers import squeezed, tags, text_of_pdf
from rendering.validator import broken_rules, needs_validator

HOSTILE = "#panic() = otsikko $x$ *ei* `a` <b>&amp;</b> @viite \\ // [x](y) 😀"


def strategy_map(goals: int = 5) -> StrategyMap:
    columns = tuple(
        MapColumn(
            f"Teema {name}",
            tuple(MapGoal(f"{name}{i}", f"Tavoite {name}{i}", "3 mittaria") for i in range(goals)),
            "5 tavoitetta",
        )
        for name in "ABC"
    )
    statements = (Labelled("Perustehtävä", "Palvelemme."), Labelled("Tahtotila", "Olemme hyviä."))
    return StrategyMap(
        "fi",
        "Koeniemi",
        "Strategia 2021–2025",
        statements,
        "Arvot",
        ("Rohkeus", "Reiluus"),
        columns,
        "Koottu 1.7.2023.",
        date(2023, 7, 1),
    )


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


@needs_validator
def test_maps_keep_the_rules_of_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    odd = replace(strategy_map(), title=HOSTILE, values=(HOSTILE,), statements=())
    maps = {
        "plain": strategy_map(),
        "long": strategy_map(60),
        "bare": replace(strategy_map(), columns=(), statements=(), values=()),
        "odd": odd,
    }
    files = [tmp_path / f"{name}.pdf" for name in maps]
    for file, each in zip(files, maps.values(), strict=True):
        file.write_bytes(strategy_map_pdf(each))
    assert broken_rules(*files) == ""


def test_a_map_is_one_landscape_page_and_its_letters_shrink_to_fit() -> None:
    assert pages(strategy_map_pdf(strategy_map(3))) == 1
    assert pages(strategy_map_pdf(strategy_map(14))) == 1
    assert pages(strategy_map_pdf(strategy_map(60))) > 1  # never cut off


def test_a_map_is_read_from_the_mission_to_the_goals() -> None:
    found = text_of_pdf(strategy_map_pdf(strategy_map()))
    order = ("Strategia", "Perustehtävä", "Tahtotila", "Rohkeus", "Teema A", "Tavoite C4")
    places = [found.index(squeezed(each)) for each in order]
    assert places == sorted(places)


def test_the_same_map_is_the_same_bytes() -> None:
    assert strategy_map_pdf(strategy_map()) == strategy_map_pdf(strategy_map())


def test_themes_are_headings_and_goals_are_lists() -> None:
    with pikepdf.open(io.BytesIO(strategy_map_pdf(strategy_map()))) as document:
        found = [str(each.S) for each in tags(document.Root.StructTreeRoot)]
    assert found.count("/H2") >= 5
    assert found.count("/L") == 3
    assert found.count("/LI") == 15
