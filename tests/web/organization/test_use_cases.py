"""Units and accounts are taken over by their codes, and nothing is lost by a narrower file."""

from pathlib import Path

import pytest

from katsaus.ledger.importers import Kind
from katsaus.web.organization.models import Unit
from katsaus.web.organization.queries import organization
from katsaus.web.organization.use_cases import NotOneTreeError, UnplacedAccountsError
from web.imports.small_town import Town


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    return Town.found("simo", tmp_path)


def unit(town: Town, code: str) -> Unit:
    return Unit.objects.get(municipality=town.owner, code=code)


def test_a_column_that_the_file_lacks_clears_nothing(town: Town) -> None:
    town.bring_in(
        Kind.ORGANIZATION,
        "Koodi;Nimi;Taso;Ylempi yksikkö;Vastuuhenkilö\n11;Koulut;kustannuspaikka;10;rehtori\n",
    )
    town.bring_in(Kind.ORGANIZATION, "Koodi;Nimi;Taso\n11;Peruskoulut;kustannuspaikka\n")
    school = unit(town, "11")
    assert (school.name_fi, school.responsible) == ("Peruskoulut", "rehtori")
    assert organization(town.owner).unit("11").parent == "10"


def test_a_unit_may_have_several_successors(town: Town) -> None:
    town.bring_in(
        Kind.ORGANIZATION,
        "Koodi;Nimi;Taso;Ylempi yksikkö;Voimassa asti;Seuraaja\n"
        'Z;Vanha;kustannuspaikka;20;2022;"11, 12"\n',
    )
    assert set(unit(town, "Z").successors.values_list("code", flat=True)) == {"11", "12"}


def test_a_second_tree_is_refused_with_its_top(town: Town) -> None:
    with pytest.raises(NotOneTreeError) as raised:
        town.bring_in(Kind.ORGANIZATION, "Koodi;Nimi;Taso\n99;Toinen;kunta\n")
    assert (raised.value.root, list(raised.value.units)) == ("1", ["99"])
    assert not Unit.objects.filter(municipality=town.owner, code="99").exists()


def test_a_circle_with_units_that_are_there_is_refused_and_named(town: Town) -> None:
    with pytest.raises(NotOneTreeError) as raised:
        town.bring_in(
            Kind.ORGANIZATION, "Koodi;Nimi;Taso;Ylempi yksikkö\n10;Hallinto;toimiala;11\n"
        )
    assert (raised.value.root, list(raised.value.units)) == ("1", ["10", "11", "12"])


def test_what_is_booked_on_an_own_account_is_on_the_row_of_its_official_one(town: Town) -> None:
    town.bring_in(Kind.ACCOUNTS, "Tili;Nimi;Virallinen tili\n9001;Ruoka;4520\n")
    town.post("11;9001;1.3.2023;-12,34;1;Ruoka")
    assert str(town.value("actual_2023_06", row="operating_expenses")) == "-12.34"


def test_an_official_account_that_is_none_is_a_fault(town: Town) -> None:
    reading = town.reading(Kind.ACCOUNTS, "Tili;Nimi;Virallinen tili\n9001;Ruoka;9999\n")
    [problem] = reading.problems
    assert (problem.code, problem.row, problem.value) == ("unknown_official", 2, "9999")


def test_an_own_account_that_would_be_on_no_row_is_refused(town: Town) -> None:
    with pytest.raises(UnplacedAccountsError) as raised:
        town.bring_in(Kind.ACCOUNTS, "Tili;Nimi\n9001;Ruoka\n4521;Leipä\n1234;Kassa\n")
    assert raised.value.numbers == ("9001",)


def test_an_account_that_left_the_chart_is_still_on_its_row(town: Town) -> None:
    # 3350 is in the chart of 2021 alone; a ledger of 2023 may still use it.
    town.post("11;3350;1.3.2023;7,00;1;Avustus")
    assert str(town.value("actual_2023_06")) == "7.00"
