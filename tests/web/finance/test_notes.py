"""Notes on figures: who may give one, where it is shown, and what is written down of it."""

import json
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from katsaus.cli.importing import bring_in
from katsaus.cli.orders import ImportKind, Order
from katsaus.core.figures import Items
from katsaus.core.formats import NO_BREAK_SPACE
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import queries
from katsaus.web.planning.models import FigureNote
from katsaus.web.reports.compose import compose
from katsaus.web.reports.use_cases import publish, withdraw
from web.finance.conftest import SignIn

PAGE, NOTE, STATEMENT = "/kemi/luku/", "/kemi/luku/huomautus/", "/kemi/talous/"
JUNE = Period(2023, 6)
OWN = "?unit=64320000&row=operating_expenses&column=actual_2023_06&period=2023-06"
OTHERS = OWN.replace("64320000", "64520000")
KEY = CellKey("64320000", "operating_expenses", "actual_2023_06")
SAID = "Sisältää kesäkuun kertaerän."
ANSWERS = {
    "bertta": 302,
    "aino": 302,
    "cecilia": 403,
    "daavid": 403,
    "auditor": 403,
    "administrator": 403,
    "outsider": 404,
}


def give(client: Client, text: str, address: str = OWN) -> int:
    return client.post(NOTE + address, {"text": text}).status_code


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(("name", "status"), ANSWERS.items())
def test_the_controller_and_the_units_head_give_notes(
    sign_in: SignIn, kemi: Municipality, name: str, status: int
) -> None:
    assert give(sign_in(name), SAID) == status
    assert (KEY in queries.notes(kemi, JUNE, Items.ALL)) is (status == 302)


def test_whoever_is_no_longer_signed_in_gets_the_written_text_back(sign_in: SignIn) -> None:
    page = f"http://testserver{PAGE}{OWN}"
    sent = {"text": SAID, "password": "salainen salasana", "csrfmiddlewaretoken": "x" * 64}
    sent["seen"] = json.dumps({"text": "Entinen huomautus."})
    nobody = Client(headers={"Referer": page, "Content-Type": "application/x-www-form-urlencoded"})
    response = nobody.post(NOTE + OWN, urlencode(sent), "application/x-www-form-urlencoded")
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    assert f">{SAID}</textarea>" in response.text
    assert "salainen" not in response.text
    assert "x" * 64 not in response.text
    assert "Entinen" not in response.text
    assert f"/accounts/login/?next={quote(page, safe='')}" in response.text
    assert sign_in("nobody").post(NOTE + OWN, {"text": ""}).status_code == 302


def test_a_form_of_an_ended_session_gives_the_written_text_back(sign_in: SignIn) -> None:
    bertta = sign_in("bertta")
    bertta.handler.enforce_csrf_checks = True
    hostile = {"Referer": "http://muualla.example/"}
    body, kind = urlencode({"text": SAID}), "application/x-www-form-urlencoded"
    response = bertta.post(NOTE + OWN, body, kind, headers=hostile)
    assert response.status_code == 403
    assert f">{SAID}</textarea>" in response.text
    assert "muualla.example" not in response.text
    assert "Lomaketta ei lähetetty" in response.text


def test_a_note_that_somebody_gave_meanwhile_is_not_lost(
    sign_in: SignIn, kemi: Municipality
) -> None:
    give(sign_in("aino"), SAID)
    late = {"text": "Toinen.", "seen": json.dumps({"text": ""})}
    response = sign_in("bertta").post(NOTE + OWN, late)
    assert response.status_code == 422
    assert f"nyt: ”{SAID}”" in response.text
    now = response.context["form"].seen
    assert f'name="seen" value="{escape(now)}"' in response.text
    assert queries.notes(kemi, JUNE, Items.ALL)[KEY] == SAID
    assert sign_in("bertta").post(NOTE + OWN, late | {"seen": now}).status_code == 302
    assert queries.notes(kemi, JUNE, Items.ALL)[KEY] == "Toinen."


def test_a_head_gives_none_on_anothers_unit(sign_in: SignIn) -> None:
    assert give(sign_in("aino"), SAID, OTHERS) == 403
    assert give(sign_in("aino"), SAID, OWN.replace("64320000", "64300000")) == 403


def test_the_figures_page_shows_the_note_to_all_and_the_form_to_those_who_may(
    sign_in: SignIn,
) -> None:
    give(sign_in("aino"), SAID)
    for name, may in (("aino", True), ("bertta", True), ("cecilia", False), ("daavid", False)):
        page = text(sign_in(name), PAGE + OWN)
        assert SAID in page
        assert ("<textarea" in page) is may


def test_the_statement_marks_the_figure_and_says_the_note_under_the_table(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    give(client, SAID)
    page = text(client, f"{STATEMENT}?unit=64300000&row=operating_expenses")
    assert page.count('class="ref"') == page.count('<li id="note-') == 2
    # In the order of the lines: the service area first, the division under it.
    place = "Toimintakulut, Toteuma 1–6/2023"
    assert f'<li id="note-1">Lasten ja nuorten palvelut, {place}: {SAID}</li>' in page
    assert f'<li id="note-2">Hyvinvointitoimiala, {place}: Sisältää heinäkuun' in page
    march = text(client, f"{STATEMENT}?unit=64300000&row=operating_expenses&period=2023-03")
    assert 'class="ref"' not in march


def test_a_note_is_of_the_items_that_it_was_given_on(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    give(client, SAID, OWN + "&items=internal")
    assert SAID in text(client, PAGE + OWN + "&items=internal")
    assert SAID not in text(client, PAGE + OWN)


def test_the_report_prints_a_note_under_each_table_with_the_figure(
    sign_in: SignIn, kemi: Municipality
) -> None:
    give(sign_in("bertta"), SAID)
    printed = {table.id: table.notes for table in compose(kemi, JUNE).tables}
    [area, division] = printed["division:64300000"]
    assert area == f"Lasten ja nuorten palvelut, Toimintakulut, Toteuma 1–6/2023: {SAID}"
    assert "heinäkuun sisäiset vuokrat, noin 650" in division
    assert printed["divisions"] == (division,)
    assert printed["income_statement"] == printed["division:64100000"] == ()


def test_the_figures_of_the_report_have_the_numbers_of_their_notes(
    sign_in: SignIn, kemi: Municipality
) -> None:
    give(sign_in("bertta"), SAID)
    [table] = [each for each in compose(kemi, JUNE).tables if each.id == "division:64300000"]
    cells = [cell for row in table.rows for cell in row.cells]
    assert {cell.mark: cell.key for cell in cells if cell.mark}["1"] == KEY
    assert sorted(cell.mark for cell in cells if cell.mark) == ["1", "2"]


def test_a_note_is_changed_and_taken_away_and_each_is_written_down(
    sign_in: SignIn, kemi: Municipality
) -> None:
    client = sign_in("bertta")
    for said in (SAID, SAID, "  Muu \n syy ", ""):
        assert give(client, said) == 302
    events = Event.objects.filter(action="note.changed", person_name="bertta").order_by("id")
    assert [(each.before, each.after) for each in events] == [
        (None, SAID),
        (SAID, "Muu syy"),
        ("Muu syy", None),
    ]
    assert {each.subject for each in events} == {" ".join((*KEY, "2023-06"))}
    assert KEY not in queries.notes(kemi, JUNE, Items.ALL)


def test_too_long_a_note_is_told_at_the_field_and_kept_in_it(sign_in: SignIn) -> None:
    client, long = sign_in("bertta"), "x" * 501
    response = client.post(NOTE + OWN, {"text": long})
    page = response.content.decode()
    assert response.status_code == 422
    assert "errorlist" in page
    assert 'class="noting" open' in page
    assert long in page
    assert not FigureNote.objects.filter(unit__code="64320000").exists()


def test_markup_in_a_note_is_only_text(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    give(client, "<b>=1+1</b>")
    for address in (PAGE + OWN, f"{STATEMENT}?unit=64320000&row="):
        assert "<b>=1+1" not in text(client, address)


def test_a_note_on_no_figure_is_refused(sign_in: SignIn) -> None:
    assert give(sign_in("bertta"), SAID, OWN.replace("operating_expenses", quote("ei ole"))) == 400


def brought_in(folder: Path, content: str) -> bool:
    file = folder / "notes.csv"
    file.write_text(content, "utf-8")
    return bring_in(Order(ImportKind.NOTES, "kemi", "2023-06"), [file])


def test_notes_are_brought_in_by_ids_and_by_names(kemi: Municipality, tmp_path: Path) -> None:
    heads = "Yksikkö;Rivi;Sarake;Huomautus\n"
    assert brought_in(
        tmp_path,
        f"{heads}64320000;Toimintakulut;Toteuma 1–6/2023;{SAID}\n"
        "64320000;operating_revenue;forecast_2023;Arvio\n",
    )
    found = queries.notes(kemi, JUNE, Items.ALL)
    assert found[KEY] == SAID
    assert found[CellKey("64320000", "operating_revenue", "forecast_2023")] == "Arvio"


def test_of_a_file_with_a_fault_no_note_is_kept(
    kemi: Municipality, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = "unit;row;column;text\n"
    good = f"64320000;operating_expenses;actual_2023_06;{SAID}\n"
    for line in ("1;operating_expenses;actual_2023_06;x", "64320000;x;actual_2023_06;x"):
        assert not brought_in(tmp_path, heads + good + line)
        assert "notes.csv:3:" in capsys.readouterr().err
    for line in ("64320000;operating_expenses;actual_2022_06;", "64320000;operating_expenses;y;z"):
        assert not brought_in(tmp_path, heads + good + line)
    assert not brought_in(tmp_path, "unit;row;text\n" + good)
    assert KEY not in queries.notes(kemi, JUNE, Items.ALL)


def test_the_form_tells_that_a_published_report_shows_the_note_at_once(
    kemi: Municipality, sign_in: SignIn
) -> None:
    said = "Kauden katsaus on julkaistu"
    withdraw(municipality=kemi, period=JUNE)
    assert said not in sign_in("aino").get(PAGE + OWN).text
    publish(municipality=kemi, period=JUNE)
    assert said in sign_in("aino").get(PAGE + OWN).text
