"""The pages of units: who may, what they show, and every fault at its field."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.audit.queries import Change, changes
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.queries import organization
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.models import User
from web.cast import allowed, answers, sign_in

PAGE = "/kemi/hallinta/yksikot/"
NEW = {"code": "64340000", "name_fi": "Kulttuuri", "level": "service_area", "parent": "64300000"}


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def pk(code: str) -> int:
    return Unit.objects.get(municipality__slug="kemi", code=code).pk


def address(code: str, part: str = "") -> str:
    return f"{PAGE}{pk(code)}/{part}"


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def effects(client: Client, path: str, said: dict[str, object]) -> list[str]:
    """Send a form whose effects are told first, see that nothing was done, and do it."""
    before = Event.objects.count()
    answer = client.post(path, said)
    assert (answer.status_code, Event.objects.count()) == (200, before)
    form = answer.context["form"]
    assert f'name="told" value="{form.told}"' in answer.content.decode()
    assert client.post(path, said | {"told": "muuta"}).status_code == 200
    assert client.post(path, said | {"told": form.told}).status_code == 302
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in form.effects]


def faults(client: Client, path: str, said: dict[str, object]) -> dict[str, list[str]]:
    """Send a form that is refused; returns its faults by field, and sees that they are told."""
    answer = client.post(path, said)
    assert answer.status_code == 422
    form = answer.context["form"]
    for name in form.errors:
        assert f'href="#id_{name}' in answer.content.decode()
    return {name: [str(each) for each in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize("part", ["", "uusi/", "{}/", "{}/siirto/", "{}/lopetus/", "{}/yhdistys/"])
def test_controller_and_administrator_open_them(kemi: Municipality, part: str) -> None:
    path = PAGE + part.format(pk("64320000"))
    assert answers(path, kemi) == allowed("bertta", "hallinta")


def test_a_unit_of_another_municipality_is_not_there(kemi: Municipality) -> None:
    client = sign_in("simo.talous", kemi)
    for part in ("", "siirto/", "lopetus/", "yhdistys/"):
        path = f"/simo/hallinta/yksikot/{pk('64320000')}/{part}"
        assert client.get(path).status_code == 404
        assert client.post(path, NEW).status_code == 404


def test_the_tree_opens_level_by_level(bertta: Client) -> None:
    text = shown(bertta, PAGE)
    assert "Hyvinvointitoimiala" in text
    assert "Perusopetus" not in text
    text = shown(bertta, PAGE + "?open=64000000,64300000,64320000")
    assert "Perusopetus" in text


def test_an_ended_unit_is_there_but_quiet(bertta: Client) -> None:
    line = 'class="d1 gone"'
    assert line in shown(bertta, PAGE + "?year=2023")
    assert line not in shown(bertta, PAGE + "?year=2022")


def test_units_are_found_by_code_and_name(bertta: Client) -> None:
    text = shown(bertta, PAGE + "?q=perusopetus")
    assert "64322000" in text
    assert "Hyvinvointitoimiala" in text  # what it is under
    assert "64100000" not in text
    assert "64100000" in shown(bertta, PAGE + "?q=641")


def test_a_year_that_is_none_is_told_at_its_field(bertta: Client) -> None:
    assert 'id="year_error"' in shown(bertta, PAGE + "?year=20234")


def test_a_page_asks_the_database_at_most_fifteen_times(bertta: Client) -> None:
    for path in (PAGE, address("64320000"), address("64320000", "yhdistys/")):
        with CaptureQueriesContext(connection) as asked:
            shown(bertta, path)
        assert len(asked) <= 15, [each["sql"] for each in asked]


def test_a_unit_is_added(bertta: Client) -> None:
    answer = bertta.post(PAGE + "uusi/", NEW)
    assert answer.status_code == 302
    found = organization(Municipality.objects.get(slug="kemi")).unit("64340000")
    assert (found.parent, found.names.fi) == ("64300000", "Kulttuuri")
    event = Event.objects.get(action="unit.added")
    assert (event.person_name, event.subject) == ("bertta", "64340000")


def test_a_new_unit_is_seen_in_the_tree_and_can_be_removed(
    bertta: Client, kemi: Municipality
) -> None:
    answer = bertta.post(PAGE + "uusi/", NEW, follow=True)
    assert address("64340000") in answer.text
    assert f"{address('64340000', 'poisto/')}?" in shown(bertta, address("64340000"))
    path = address("64340000", "poisto/")
    assert "lopullisesti" in shown(bertta, path)
    assert bertta.post(path).status_code == 302
    assert not kemi.units.filter(code="64340000").exists()
    event = Event.objects.latest("id")
    assert (event.action, event.subject, event.after) == ("unit.removed", "64340000", None)


@pytest.mark.parametrize(
    ("code", "said"),
    [("64320000", "Yksiköllä on"), ("64000000", "Ylintä"), ("64322200", "Yksiköllä on")],
)
def test_a_unit_that_something_stands_on_is_not_removed(
    bertta: Client, kemi: Municipality, code: str, said: str
) -> None:
    answer = bertta.post(address(code, "poisto/"))
    assert answer.status_code == 422
    assert said in answer.text
    assert "/poisto/" not in shown(bertta, address(code))
    assert kemi.units.filter(code=code).exists()


def test_a_unit_with_a_role_or_units_below_it_is_not_removed(
    bertta: Client, kemi: Municipality
) -> None:
    bertta.post(PAGE + "uusi/", NEW)
    below = {**NEW, "code": "64340100", "level": "unit", "parent": "64340000"}
    bertta.post(PAGE + "uusi/", below)
    unit = Unit.objects.get(code="64340100")
    aino = User.objects.get(username="bertta")
    Membership.objects.create(user=aino, municipality=kemi, role=Role.UNIT_HEAD, unit=unit)
    for code in ("64340000", "64340100"):
        assert bertta.post(address(code, "poisto/")).status_code == 422
    assert kemi.units.filter(code__in=["64340000", "64340100"]).count() == 2


def test_faults_of_a_new_unit_are_told_and_nothing_typed_is_lost(bertta: Client) -> None:
    path = PAGE + "uusi/"
    assert list(faults(bertta, path, {**NEW, "code": "64100000"})) == ["code"]
    assert list(faults(bertta, path, {**NEW, "parent": ""})) == ["parent"]
    assert list(faults(bertta, path, {**NEW, "parent": "64400000"})) == ["parent"]
    years = {**NEW, "valid_from": 2024, "valid_to": 2023}
    assert list(faults(bertta, path, years)) == ["valid_to"]
    assert list(faults(bertta, path, {**NEW, "valid_from": "pian"})) == ["valid_from"]
    answer = bertta.post(path, {**NEW, "code": "64100000", "responsible": "<b>joku</b>"})
    assert "&lt;b&gt;joku&lt;/b&gt;" in answer.content.decode()


def test_a_unit_is_changed_but_not_its_code_once_it_has_figures(bertta: Client) -> None:
    said = {**NEW, "code": "1", "name_fi": "Uusi nimi", "responsible": "johtaja"}
    assert bertta.post(address("64320000"), said).status_code == 302
    found = Unit.objects.get(municipality__slug="kemi", code="64320000")
    assert (found.name_fi, found.responsible) == ("Uusi nimi", "johtaja")
    event = Event.objects.get(action="unit.changed")
    told = changes(event.before, event.after)
    assert Change(("64320000", "name_fi"), "Lasten ja nuorten palvelut", "Uusi nimi") in told


def test_a_code_without_figures_can_be_mended(bertta: Client) -> None:
    bertta.post(PAGE + "uusi/", NEW)
    assert bertta.post(address("64340000"), {**NEW, "code": "64350000"}).status_code == 302
    assert Unit.objects.filter(municipality__slug="kemi", code="64350000").exists()


def test_a_unit_may_not_end_before_those_below_it(bertta: Client) -> None:
    found = faults(bertta, address("64320000", "lopetus/"), {"valid_to": 2024})
    assert "64321000" in found["valid_to"][0]
    found = faults(bertta, address("64320000", "lopetus/"), {"valid_to": 2024, "successors": "x"})
    assert "x" in found["successors"][0]


def test_a_unit_ends_with_successors(bertta: Client) -> None:
    said = {"valid_to": 2022, "successors": "64310000, 64320000"}
    assert bertta.post(address("64410100", "lopetus/"), said).status_code == 302
    text = shown(bertta, PAGE + "?q=64410100")
    assert "64310000, 64320000" in text


def test_figures_after_the_last_year_of_a_unit_are_told_before_it_ends(bertta: Client) -> None:
    [told] = effects(bertta, address("64322200", "lopetus/"), {"valid_to": 2022})
    assert re.search(r"64322200.*vuodelta 2023: vientejä [1-9]\d*.*rivejä [1-9]", told)
    assert Unit.objects.get(code="64322200").valid_to == 2022


def test_a_move_in_the_hierarchy_itself_is_told_to_change_earlier_years(bertta: Client) -> None:
    [told] = effects(bertta, address("64330000", "siirto/"), {"parent": "64200000"})
    assert "aiemmat vuodet" in told.lower()


def test_what_two_change_at_the_same_time_is_not_lost(bertta: Client) -> None:
    path = address("64320000")
    form = bertta.get(path).context["form"]
    began = {name: form[name].value() or "" for name in form.fields} | {"seen": form.seen}
    first = began | {"responsible": "rehtori A"}
    assert bertta.post(path, first).status_code == 302
    assert bertta.post(path, began | {"short_name": "Lapset"}).status_code == 302
    kept = Unit.objects.get(code="64320000")
    assert (kept.responsible, kept.short_name) == ("rehtori A", "Lapset")
    both = began | {"responsible": "rehtori B"}
    assert faults(bertta, path, both)["responsible"][0].endswith(
        "Se on nyt: ”rehtori A”. Tallenna uudelleen, jos tämä korvaa sen."
    )
    for hostile in ("[", "[1]", '{"muuta": "1"}', '{"code": {"a": []}}'):
        assert bertta.post(path, both | {"seen": hostile}).status_code == 302


def test_a_unit_moves_from_a_year(bertta: Client, kemi: Municipality) -> None:
    path = address("64330000", "siirto/")
    assert list(faults(bertta, path, {"parent": "64330000", "year": 2027})) == ["parent"]
    [told] = effects(bertta, path, {"parent": "64200000", "year": 2027})
    assert told.startswith("Uusi hierarkia alkaa vuonna 2027")
    assert organization(kemi, "1.1.2027").unit("64330000").parent == "64200000"
    assert organization(kemi, "1.1.2022 virallinen").unit("64330000").parent == "64300000"


def test_units_merge_into_a_new_one(bertta: Client, kemi: Municipality) -> None:
    path = address("64310000", "yhdistys/")
    said = {"units": ["64310000", "64320000"], "year": 2027, "into": ""}
    assert list(faults(bertta, path, said)) == ["code", "name_fi"]
    new = {**said, "code": "64360000", "name_fi": "Sivistys"}
    assert list(faults(bertta, path, {**new, "units": ["64310000"]})) == ["units"]
    ends, begins, *years = effects(bertta, path, new)
    assert "päättyvät vuoteen 2026: " in ends
    assert begins.startswith("Uusi hierarkia alkaa vuonna 2027")
    assert years == []
    tree = organization(kemi, "1.1.2027")
    assert tree.unit("64320000").valid_to == 2026
    assert tree.unit("64322000").parent == "64360000"
    assert tree.unit("64360000").valid_from == 2027


def test_the_first_unit_of_a_municipality_needs_no_unit_above(kemi: Municipality) -> None:
    posio = ensure_municipality(slug_or_number="posio")
    client = sign_in("simo.talous", kemi)
    person = User.objects.get(username="simo.talous")
    Membership.objects.create(user=person, municipality=posio, role=Role.CONTROLLER)
    assert client.get("/posio/hallinta/yksikot/").status_code == 200
    said = {"code": "1", "name_fi": "Posion kunta", "level": "municipality"}
    assert client.post("/posio/hallinta/yksikot/uusi/", said).status_code == 302
    assert organization(posio).root.code == "1"
    assert client.get("/posio/hallinta/yksikot/").status_code == 200


def test_another_level_is_told_before_it_is_changed(bertta: Client, kemi: Municipality) -> None:
    path = address("64300000")
    form = bertta.get(path).context["form"]
    said = {name: str(form[name].value() or "") for name in form.fields} | {"level": "unit"}
    answer = bertta.post(path, said)
    assert "Taso muuttuu: oli toimiala, on yksikkö." in answer.text
    assert "Vain toimialoilla on oma luku" in answer.text
    assert "Poikkeamien rajat annetaan tasoittain" in answer.text
    assert kemi.units.get(code="64300000").level == "division"
    told = answer.context["form"].told
    assert bertta.post(path, said | {"told": told}).status_code == 302
    assert kemi.units.get(code="64300000").level == "unit"


def test_only_the_whole_is_of_the_level_of_a_municipality(bertta: Client) -> None:
    levels = dict(bertta.get(address("64300000")).context["form"].fields["level"].choices)
    assert "municipality" not in levels
    levels = dict(bertta.get(address("64000000")).context["form"].fields["level"].choices)
    assert "municipality" in levels


def test_a_unit_is_called_by_its_name_in_the_language_of_the_reader(bertta: Client) -> None:
    Unit.objects.filter(code="64300000").update(name_sv="Välfärdssektorn")
    for part in ("", "siirto/", "lopetus/"):
        page = bertta.get(address("64300000", part), headers={"accept-language": "sv"})
        assert page.status_code == 200, part
        assert "Välfärdssektorn" in page.context["title"]
