"""What a file of units or accounts changes: counted, listed, and nothing of it kept by looking."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event, Version
from katsaus.web.imports import queries
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.readings import Seen, seen
from katsaus.web.organization.models import Municipality, Placement
from web.cast import sign_in
from web.imports.test_pages import act, address, give

UNITS = "Koodi;Nimi;Ylempi yksikkö;Taso\n"
ACCOUNTS = "Tili;Nimi;Virallinen tili\n"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _seen(upload: Upload) -> Seen:
    assert upload.reading is not None
    return seen(upload.reading)


def _line(kemi: Municipality, code: str, **told: str) -> str:
    """Write a unit as it is, but for what is told."""
    place = Placement.objects.select_related("unit", "parent").get(
        unit__municipality=kemi, unit__code=code
    )
    unit, parent = place.unit, place.parent.code if place.parent else ""
    cells = {"name": unit.name_fi, "parent": parent, "level": unit.level, **told}
    return ";".join((code, *cells.values())) + "\n"


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_units_are_counted_and_those_that_change_are_told(
    kemi: Municipality, bertta: Client
) -> None:
    kemi.units.filter(code__in=("64320000", "64330000", "64500000")).update(name_sv="")
    content = (
        UNITS
        + _line(kemi, "64320000", name="Kirjastot", parent="64500000", level="yksikkö")
        + _line(kemi, "64330000")
        + "K9;Koeyksikkö;64320000;kustannuspaikka\n"
    )
    upload = give(bertta, content, "yksikot.csv", kind="organization")
    answer = bertta.get(address(upload))
    assert "Tiedoston yksiköt: uusia 1, muuttuvia 1, ennallaan 1." in answer.text
    [line] = answer.context["preview"].differences.changed
    division = kemi.units.get(code="64500000").name_fi
    old = kemi.units.get(code="64320000")
    above = old.placements.get().parent
    assert above is not None
    assert line.name == "64320000 Kirjastot"
    assert [(each.name, each.before, each.after) for each in line.fields] == [
        ("taso", "palvelualue", "yksikkö"),
        ("nimi suomeksi", old.name_fi, "Kirjastot"),
        ("ylempi yksikkö", f"{above.code} {above.name_fi}", f"64500000 {division}"),
    ]
    count = kemi.units.count()
    [way] = answer.context["preview"].ways
    totals = [(each.label, each.rows) for each in way.totals]
    assert totals == [("ennen", str(count)), ("tiedosto", "3"), ("jälkeen", str(count + 1))]
    act(bertta, upload, "keep")
    assert kemi.units.count() == count + 1


def test_looking_keeps_nothing(kemi: Municipality, bertta: Client) -> None:
    counts = kemi.units.count(), Event.objects.filter(action="units.changed").count()
    figures = Version.objects.get(municipality="kemi").figures
    upload = give(bertta, UNITS + "K9;Koe;64320000;kustannuspaikka\n", kind="organization")
    assert upload.state == State.READ
    assert _seen(upload).comparison is not None
    after = kemi.units.count(), Event.objects.filter(action="units.changed").count()
    assert (after, Version.objects.get(municipality="kemi").figures) == (counts, figures)


def test_accounts_are_compared_too(kemi: Municipality, bertta: Client) -> None:
    first, second = kemi.accounts.order_by("number")[:2]
    content = (
        f"{ACCOUNTS}{first.number};{first.name_fi};{first.official}\n"
        f"{second.number};Uusi nimi;{second.official}\n49999;Koetili;4990\n"
    )
    answer = bertta.get(address(give(bertta, content, "tilit.csv", kind="accounts")))
    assert "Tiedoston tilit: uusia 1, muuttuvia 1, ennallaan 1." in answer.text
    [line] = answer.context["preview"].differences.changed
    assert [(each.name, each.before, each.after) for each in line.fields] == [
        ("nimi suomeksi", second.name_fi, "Uusi nimi")
    ]
    count = kemi.accounts.count()
    [way] = answer.context["preview"].ways
    assert [each.rows for each in way.totals] == [str(count), "3", str(count + 1)]
    assert "summa</th>" not in answer.text


def test_of_many_that_change_the_first_twenty_are_listed(
    kemi: Municipality, bertta: Client
) -> None:
    codes = sorted(kemi.units.values_list("code", flat=True))[:23]
    content = UNITS + "".join(_line(kemi, code, name=f"Uusi {code}") for code in codes)
    answer = bertta.get(address(give(bertta, content, kind="organization")))
    told = answer.context["preview"].differences
    assert (len(told.changed), told.more) == (20, 3)
    assert "Ja 3 muuta." in answer.text


def test_a_unit_in_many_hierarchies_is_one_unit_and_its_places_are_told_apart(
    kemi: Municipality, bertta: Client
) -> None:
    header = "Koodi;Nimi;Ylempi yksikkö;Taso;Hierarkia\n"
    [name] = kemi.hierarchies.values_list("name", flat=True)
    line = _line(kemi, "64330000").strip()
    moved = _line(kemi, "64330000", parent="64500000").strip()
    upload = give(bertta, f"{header}{line};{name}\n{moved};uusi\n", kind="organization")
    found = _seen(upload)
    assert found.totals is not None
    assert found.comparison is not None
    assert found.totals.rows == 1
    assert found.comparison.changed == kemi.units.count(), "all get a place in the new hierarchy"
    assert "ylempi yksikkö (uusi)" in bertta.get(address(upload)).text
    assert "(uusi)" not in str(kemi.hierarchies.all()), "the new one was a trial"


def test_what_would_not_fit_is_told_before_keeping_is_asked(bertta: Client) -> None:
    upload = give(bertta, "Tili;Nimi\n9001;Ruoka\n", kind="accounts")
    page = bertta.get(address(upload))
    assert page.context["is_blocked"]
    assert 'value="keep"' not in page.text


def test_a_file_that_was_read_before_there_were_comparisons_can_be_kept(
    kemi: Municipality, bertta: Client
) -> None:
    upload = give(bertta, ACCOUNTS + "49999;Koetili;4990\n", kind="accounts")
    assert upload.reading is not None
    del upload.reading["comparison"]
    upload.save()
    assert "Tiedoston tilit" not in bertta.get(address(upload)).text
    count = queries.sums(kemi, Kind.ACCOUNTS).rows
    act(bertta, upload, "keep")
    assert queries.sums(kemi, Kind.ACCOUNTS).rows == count + 1


def test_the_page_asks_little_of_the_database(
    kemi: Municipality, bertta: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    codes = sorted(kemi.units.values_list("code", flat=True))[:40]
    content = UNITS + "".join(_line(kemi, code, name=f"Uusi {code}") for code in codes)
    upload = give(bertta, content, kind="organization")
    with django_assert_max_num_queries(15):
        bertta.get(address(upload))
