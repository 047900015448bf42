"""The page of the audit trail and its file: who may read them, and what they show."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils.timezone import localtime

from katsaus.definitions.tables import strategy_tables
from katsaus.web.audit.models import Event
from katsaus.web.audit.queries import Change, changes
from katsaus.web.audit.use_cases import Json, record
from katsaus.web.organization import use_cases as organization
from katsaus.web.organization.models import Municipality
from katsaus.web.trail.views import MOST_CHANGES
from katsaus.web.trail.words import PARTS
from katsaus.web.users.models import User
from web.cast import allowed, answers, sign_in

PAGE, FILE = "/kemi/hallinta/loki/", "/kemi/hallinta/loki.csv"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def note(person: str | None, action: str, subject: str, municipality: str = "kemi") -> None:
    found = User.objects.get(username=person) if person else None
    record(person=found, municipality=municipality, action=action, subject=subject)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_controller_auditor_and_administrator_read_the_trail(
    kemi: Municipality, address: str
) -> None:
    assert answers(address, kemi) == allowed("bertta", "tarkastaja", "hallinta")


def test_another_municipalitys_events_are_not_shown(bertta: Client) -> None:
    note("bertta", "batch.kept", "kemin.csv")
    note("bertta", "batch.kept", "simon.csv", "simo")
    for address in (PAGE, FILE):
        answer = bertta.get(address)
        content = answer.getvalue() if answer.streaming else answer.content
        assert b"kemin.csv" in content
        assert b"simon.csv" not in content


def test_the_page_narrows_by_person_action_and_day(bertta: Client) -> None:
    number = User.objects.get(username="bertta").pk
    note("bertta", "batch.kept", "oma.csv")
    note("bertta", "batch.undone", "kumottu.csv")
    note(None, "batch.kept", "järjestelmän.csv")

    def shown(query: str) -> set[str]:
        text = bertta.get(PAGE, query_params=dict(p.split("=") for p in query.split("&"))).text
        return {name for name in ("oma", "kumottu", "järjestelmän") if f"{name}.csv" in text}

    assert shown(f"person={number}") == {"oma", "kumottu"}
    assert shown(f"person={number}&action=batch.kept") == {"oma"}
    assert shown("last_on=2020-01-01") == set()
    assert shown("first_on=2020-01-01") == {"oma", "kumottu", "järjestelmän"}


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize(
    ("nonsense", "field"),
    [
        ({"person": "x' OR 1=1"}, "person"),
        ({"person": "4000000"}, "person"),
        ({"action": "batch.eaten"}, "action"),
        ({"action": "\0"}, "action"),
        ({"first_on": "99.99."}, "first_on"),
        ({"first_on": "2024-02-01", "last_on": "2024-01-31"}, "last_on"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_told_at_its_field(
    bertta: Client, address: str, nonsense: dict[str, str], field: str
) -> None:
    answer = bertta.get(address, nonsense)
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {field}
    assert f'id="id_{field}_error"' in answer.text
    assert "<tbody" not in answer.text


def test_one_day_and_what_was_never_done_can_be_asked_for(bertta: Client) -> None:
    for query in (
        {"first_on": "2024-02-01", "last_on": "2024-02-01"},
        {"action": "report.withdrawn"},
        {"page": "-3"},
    ):
        assert bertta.get(PAGE, query).status_code == 200


def test_the_page_tells_minutes_as_other_pages_and_the_file_seconds(bertta: Client) -> None:
    note("bertta", "batch.kept", "oma.csv")
    at = localtime(Event.objects.latest("pk").at)
    page = bertta.get(PAGE, headers={"accept-language": "fi"}).text
    assert f">{at.day}.{at.month}.{at.year} {at.hour}.{at:%M}</time>" in page
    content = b"".join(bertta.get(FILE).streaming_content).decode()  # type: ignore[attr-defined]  # the file is streamed
    assert f"{at:%Y-%m-%d %H:%M:%S}" in content


@pytest.mark.parametrize("name", ["bertta", "tarkastaja", "hallinta"])
def test_the_page_leads_back_to_administration(kemi: Municipality, name: str) -> None:
    main = sign_in(name, kemi).get(PAGE).text.partition("<main")[2]
    assert '<p class="path"><a href="/kemi/hallinta/">' in main


def test_long_trails_are_paged(bertta: Client) -> None:
    for number in range(40):
        note("bertta", "batch.kept", f"nro-{number:03}")
    first, second = bertta.get(PAGE).text, bertta.get(PAGE, query_params={"page": "2"}).text
    assert "nro-039" in first
    assert "nro-001" not in first
    assert "nro-001" in second


def test_names_and_files_are_text_and_not_html_nor_formulas(bertta: Client) -> None:
    note("bertta", "batch.kept", "<script>alert(1)</script>.csv")
    note("bertta", "batch.kept", '=HYPERLINK("http://x")')
    assert "<script>alert" not in bertta.get(PAGE).text
    content = b"".join(bertta.get(FILE).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # the file is streamed
    subjects = [line[4] for line in csv.reader(io.StringIO(content), delimiter=";")]
    assert '\'=HYPERLINK("http://x")' in subjects


def test_two_people_with_one_name_are_told_apart(bertta: Client) -> None:
    people = [
        User.objects.create(username=name, first_name="Talousjohtaja")
        for name in ("tj.vanha", "tj.uusi")
    ]
    for each in people:
        note(each.username, "batch.kept", f"{each.username}.csv")
    note("bertta", "batch.kept", "oma.csv")
    note(None, "batch.undone", "järjestelmän.csv")
    page = bertta.get(PAGE).text
    cells = re.findall(r'data-label="Henkilö">(.*?)</td>', page)[:4]
    assert cells == [
        "järjestelmä",
        "bertta",
        'Talousjohtaja <span class="code">tj.uusi</span>',
        'Talousjohtaja <span class="code">tj.vanha</span>',
    ]
    for each in people:
        assert f'<option value="{each.pk}">Talousjohtaja ({each.username})</option>' in page
    content = b"".join(bertta.get(FILE).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # the file is streamed
    heads, *lines = [line[1:3] for line in csv.reader(io.StringIO(content), delimiter=";")]
    assert heads == ["henkilö", "käyttäjätunnus"]
    assert lines[:4] == [
        ["", ""],
        ["bertta", "bertta"],
        ["Talousjohtaja", "tj.uusi"],
        ["Talousjohtaja", "tj.vanha"],
    ]


def test_the_file_has_what_was_recorded_and_says_so(bertta: Client) -> None:
    """A machine reads it, and it proves later what was recorded: words would change with time."""
    figure = "64300000 operating_expenses actual_2023_06 2023-06"
    record(person=None, municipality="kemi", action="note.changed", subject=figure, after="Koe")
    answer = bertta.get(FILE, {"action": "note.changed"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # the file is streamed
    heads, first, *_others = csv.reader(io.StringIO(content), delimiter=";")
    assert heads[4:] == [
        "mille tehtiin (kuten tallennettu)",
        "ennen (kuten tallennettu, JSON)",
        "jälkeen (kuten tallennettu, JSON)",
        "mitä tehtiin (tunnus)",
    ]
    assert first[3:] == ["luvun huomautus muutettu", figure, "", '"Koe"', "note.changed"]


def test_a_change_of_units_is_written_down_with_before_and_after(kemi: Municipality) -> None:
    rows = [_unit("Vanha nimi"), _unit("Uusi nimi"), _unit("Uusi nimi")]
    for row in rows:
        organization.keep_organization(municipality=kemi, rows=[row])
    first, second = Event.objects.filter(action="units.changed", subject="T1").order_by("id")
    assert first.before == {}
    assert changes(second.before, second.after) == [
        Change(("T1", "name_fi"), "Vanha nimi", "Uusi nimi")
    ]


def _unit(name: str) -> organization.UnitRow:
    from katsaus.core.names import Names
    from katsaus.core.organization import Level, OrgUnit

    unit = OrgUnit("T1", Names(name), Level.SERVICE_AREA, parent="64000000")
    return organization.UnitRow(unit)


def test_of_many_changes_the_page_shows_the_first_and_says_how_many_are_left(
    kemi: Municipality,
) -> None:
    after: Json = {f"unit {number:03}": "new" for number in range(100)}
    record(person=None, municipality="kemi", action="units.changed", subject="many", after=after)
    page = sign_in("bertta", kemi).get(PAGE).content.decode()
    first = page.split("many</td>")[1].split("</tr>")[0]
    assert first.count("<ins>") == MOST_CHANGES
    assert str(100 - MOST_CHANGES) in first.split("</dl>")[-1]


def test_on_a_narrow_screen_each_cell_has_its_heading_and_the_table_stays_one(
    bertta: Client,
) -> None:
    """Rows become blocks there, and without its roles a browser would not take them for a table."""
    note("bertta", "batch.kept", "1 kemin.csv")
    table = bertta.get(PAGE).text.split('<table class="cards brief" role="table">')[1]
    heads = re.findall(r'<th scope="col" role="columnheader"[^>]*>([^<]+)</th>', table)
    first = table.split('<tbody role="rowgroup">')[1].split("</tr>")[0]
    assert '<tr role="row">' in first
    assert re.findall(r'<td role="cell"[^>]* data-label="([^"]+)">', first) == heads
    assert len(heads) == first.count("<td") == 5
    assert first.count(" none") == 1, "a cell that tells nothing is left out there"


def test_every_part_that_the_example_has_recorded_has_a_word(kemi: Municipality) -> None:
    """A part without a word is told by the name it has in the code, which no reader knows."""
    parts = {
        change.path[-1].partition(" (")[0]
        for event in Event.objects.all()
        for change in changes(event.before, event.after)
        if change.path
    }
    columns = {column.name for table in strategy_tables() for column in table.columns}
    tables = {table.name for table in strategy_tables()}
    assert parts - columns - tables - PARTS.keys() == set()
