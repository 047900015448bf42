"""The organisation goes out as a file and comes in again, and nothing of it changes on the way."""

from pathlib import Path

import pytest

from katsaus.core.names import Names
from katsaus.core.organization import Level, OrgUnit
from katsaus.ledger.importers import Kind
from katsaus.web.administration.unit_files import organization_csv
from katsaus.web.organization.hierarchies import copy_hierarchy
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.restructuring import Merger, merge_units
from katsaus.web.organization.use_cases import ensure_municipality
from web.cast import allowed, answers, sign_in
from web.imports.small_town import Town

PAGE = "/kemi/hallinta/yksikot.csv"
EXAMPLE = Path(__file__).parents[3] / "examples" / "kemi" / "organization.csv"


@pytest.fixture
def empty(db: None, tmp_path: Path) -> Town:
    return Town(ensure_municipality(slug_or_number="posio"), tmp_path)


def round_trip(content: bytes, empty: Town) -> bytes:
    empty.bring_in(Kind.ORGANIZATION, content)
    return organization_csv(empty.owner)


def test_controller_and_administrator_get_it(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed("bertta", "hallinta")


def test_the_example_is_the_form_that_comes_out(kemi: Municipality) -> None:
    answer = sign_in("bertta", kemi).get(PAGE)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == EXAMPLE.read_text("utf-8").splitlines()


def test_what_comes_out_goes_in_and_comes_out_the_same(kemi: Municipality, empty: Town) -> None:
    new = OrgUnit("64360000", Names("Uusi"), Level.SERVICE_AREA, "64300000", valid_from=2027)
    merge_units(municipality=kemi, merger=Merger(["64310000", "64330000"], new, 2027, is_new=True))
    copy_hierarchy(hierarchy=kemi.hierarchies.get(name="1.1.2027"), name="vanha", valid_from=None)
    sent = organization_csv(kemi)
    assert sent.count(b"\r\n") == 1 + 3 * 130
    assert round_trip(sent, empty) == sent


@pytest.mark.parametrize(
    "name", ["=1+1", "+358", "-x", "@a", "'=1", "''@", "'a", "-", "-5", 'a "b"; c', "ä\u2028ö"]
)
def test_names_like_formulas_are_harmless_in_the_file_and_whole_after_it(
    name: str, empty: Town, tmp_path: Path
) -> None:
    town = Town.found("simo", tmp_path)
    Unit.objects.filter(municipality=town.owner, code="11").update(
        name_fi=name, responsible=name, short_name=name
    )
    sent = organization_csv(town.owner)
    assert b";=" not in sent
    assert b";@" not in sent
    assert round_trip(sent, empty) == sent
    found = Unit.objects.get(municipality=empty.owner, code="11")
    assert (found.name_fi, found.responsible, found.short_name) == (name, name, name)


@pytest.mark.parametrize("level", [each for each in Level if each is not Level.MUNICIPALITY])
def test_each_level_is_written_as_the_pages_say_it_and_read_back(
    level: Level, empty: Town, tmp_path: Path
) -> None:
    town = Town.found("simo", tmp_path)
    Unit.objects.filter(municipality=town.owner, code="11").update(level=level)
    sent = organization_csv(town.owner)
    assert level.encode() not in sent
    assert round_trip(sent, empty) == sent
