"""Bringing a file in: who may, what the pages say of it, and what is kept of it."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event
from katsaus.web.imports import queries, tasks, uploads
from katsaus.web.imports.models import Batch, State, Status, Upload
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in

LIST = "/kemi/tuonnit/"
FORECAST = "Yksikkö;Tili;Vuosi;Summa;Ennustepäivä;Antaja;Perustelu\n"
GOOD = FORECAST + "64110100;4000;2023;-100,00;31.7.2023;päällikkö;koe\n"
PERIOD = "2023-07"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def give(browser: Client, content: str | bytes, name: str = "ennuste.csv", **said: str) -> Upload:
    """Give a file and return it as it then is."""
    raw = content.encode() if isinstance(content, str) else content
    form = {"kind": "", "source": "koe", "period": PERIOD, **said}
    answer = browser.post(LIST, {**form, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.text
    return Upload.objects.latest("id")


def act(browser: Client, upload: Upload, action: str, **said: str) -> Upload:
    """Press one of the buttons of a file's page."""
    answer = browser.post(address(upload), {"action": action, **said})
    assert answer.status_code == 302, answer.text
    upload.refresh_from_db()
    return upload


def address(upload: Upload) -> str:
    return f"{LIST}{upload.pk}/"


def kept_batch(upload: Upload) -> Batch:
    assert upload.state == State.KEPT
    assert upload.batch is not None
    return upload.batch


def test_only_the_controller_brings_files_in(kemi: Municipality, bertta: Client) -> None:
    upload = give(bertta, GOOD)
    batch = Batch.objects.filter(municipality=kemi).latest("id")
    era = f"{LIST}era/{batch.pk}/"
    for each in (LIST, address(upload), f"{address(upload)}viat.csv", era, f"{era}peru/"):
        assert answers(each, kemi) == allowed("bertta"), each


@pytest.mark.parametrize("name", ["aino", "cecilia", "daavid", "tarkastaja", "hallinta", "nobody"])
def test_others_can_neither_give_nor_keep_nor_undo(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    upload = give(bertta, GOOD)
    batch = queries.kept(kemi, Kind.BUDGET).latest("id")
    other = sign_in(name, kemi)
    before = Upload.objects.count()
    other.post(LIST, {"source": "x", "file": SimpleUploadedFile("x.csv", GOOD.encode())})
    other.post(address(upload), {"action": "keep"})
    other.post(f"{LIST}era/{batch.pk}/peru/")
    upload.refresh_from_db()
    batch.refresh_from_db()
    assert (Upload.objects.count(), upload.state, batch.status) == (before, "read", "kept")


def test_another_municipalitys_file_and_batch_are_not_found(
    kemi: Municipality, bertta: Client
) -> None:
    upload = give(bertta, GOOD)
    batch = Batch.objects.filter(municipality=kemi).latest("id")
    outsider = sign_in("simo.talous", kemi)
    era = f"era/{batch.pk}/"
    for each in (f"{upload.pk}/", f"{upload.pk}/viat.csv", era, f"{era}peru/"):
        assert outsider.get(f"/simo/tuonnit/{each}").status_code == 404
        assert outsider.post(f"/simo/tuonnit/{each}").status_code in (404, 405)


def test_a_good_file_is_recognised_shown_and_kept(kemi: Municipality, bertta: Client) -> None:
    before = queries.sums(kemi, Kind.FORECASTS)
    upload = give(bertta, GOOD)
    assert (upload.state, upload.kind) == (State.READ, Kind.FORECASTS)
    page = bertta.get(address(upload)).text
    assert "Perustelu" in page
    assert "−100,00" in page or "-100,00" in page
    assert queries.sums(kemi, Kind.FORECASTS) == before, "nothing is kept before it is asked"

    batch = kept_batch(act(bertta, upload, "keep"))
    after = queries.sums(kemi, Kind.FORECASTS)
    assert (after.rows, after.cents) == (before.rows + 1, (before.cents or 0) - 10_000)
    assert (batch.rows, batch.cents, batch.imported_by) == (1, -10_000, upload.person)
    assert bertta.get(address(upload)).status_code == 302, "the file's page leads to its batch"
    assert not tasks.path(upload).exists(), "a kept file is not held twice"


def test_keeping_and_undoing_are_in_the_audit_trail(kemi: Municipality, bertta: Client) -> None:
    batch = kept_batch(act(bertta, give(bertta, GOOD), "keep"))
    bertta.post(f"{LIST}era/{batch.pk}/peru/")
    kept, undone = Event.objects.filter(subject=f"{batch.pk} ennuste.csv").order_by("id")
    assert [(e.action, e.person_name) for e in (kept, undone)] == [
        ("batch.kept", "bertta"),
        ("batch.undone", "bertta"),
    ]
    rows, cents = totals(kept.before)
    assert totals(kept.after) == (rows + 1, cents - 10_000)
    assert totals(undone.after) == (rows, cents)


def totals(state: dict[str, int] | None) -> tuple[int, int]:
    assert state is not None
    return state["rows"], state["cents"]


def test_a_file_with_faults_is_mended_by_saying_how_it_is_read(
    kemi: Municipality, bertta: Client
) -> None:
    strange = "Paikka|Tili|Vuosi|Luku|Perustelu\n64110100|4000|2023|1.234|koe\n"
    upload = give(bertta, strange, kind="forecasts")
    page = bertta.get(address(upload)).text
    assert "Paikka" in page
    assert 'value="keep"' not in page
    assert act(bertta, upload, "keep").state == State.READ, "what has faults cannot be kept"

    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "expense_positive"}
    upload = act(bertta, upload, "read", **said, column_unit="1", column_amount="4")
    assert "1.234" in bertta.get(address(upload)).text, "is it 1 or 1234?"
    upload = act(bertta, upload, "read", **said, column_unit="1", column_amount="4", decimal=",")
    assert kept_batch(act(bertta, upload, "keep")).cents == -123_400
    assert upload.mapping == {
        "columns": {"unit": "Paikka", "amount": "Luku"},
        "decimal": ",",
        "sign": "expense_positive",
    }


def test_the_next_file_of_the_source_is_read_as_the_last_one_was(bertta: Client) -> None:
    strange = "Paikka;Tili;Vuosi;Luku\n64110100;4000;2023;1,00\n"
    upload = give(bertta, strange, kind="forecasts")
    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, column_unit="1", column_amount="4")
    act(bertta, upload, "keep")
    second = give(bertta, strange.replace("1,00", "2,00"), kind="forecasts")
    assert kept_batch(act(bertta, second, "keep", replaces="")).cents == 200


def test_rows_can_be_left_out(bertta: Client) -> None:
    upload = give(bertta, GOOD + "64110100;4000;2023;roskaa;;;\n64110100;4000;2023;x;;;\n")
    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, skip_rows="3-4")
    assert kept_batch(act(bertta, upload, "keep")).rows == 1


@pytest.mark.parametrize("rows", ["x", "4-2", "1-99999999", "-1", "0x1", "1 2"])
def test_rows_that_cannot_be_followed_are_asked_again(bertta: Client, rows: str) -> None:
    upload = give(bertta, GOOD)
    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "revenue_positive"}
    answer = bertta.post(address(upload), {"action": "read", **said, "skip_rows": rows})
    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.text


def test_columns_under_a_title_are_chosen_by_their_own_headers(bertta: Client) -> None:
    titled = (
        "Kemin kaupunki, ennuste 2023;;;\n\nPaikka;Konto;Kausi;Arvio\n64110100;4000;2023;-1,00\n"
    )
    upload = give(bertta, titled, kind="forecasts", period=PERIOD)
    form = bertta.get(address(upload)).context["form"]
    assert form["header_row"].value() == 3
    assert [word for _, word in form["column_amount"].field.choices][1:] == [
        *("Paikka", "Konto", "Kausi", "Arvio")
    ]
    columns = {"column_unit": "1", "column_account": "2", "column_year": "3", "column_amount": "4"}
    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, **columns, header_row="3")
    assert act(bertta, upload, "keep").state == State.KEPT


def test_columns_that_are_not_read_are_told(bertta: Client) -> None:
    text = "Tili;Nimi;Kuntatili\n400098;Koepalkat;4000\n"
    assert "Ei lueta: Kuntatili." in bertta.get(address(give(bertta, text, kind="accounts"))).text
    assert "Ei lueta" not in bertta.get(address(give(bertta, GOOD))).text


def test_the_same_file_twice_is_kept_once(kemi: Municipality, bertta: Client) -> None:
    batch = kept_batch(act(bertta, give(bertta, GOOD), "keep"))
    again = give(bertta, GOOD, "toisella-nimella.csv")
    assert str(batch.pk) in bertta.get(address(again)).text
    assert act(bertta, again, "keep").state == State.READ
    assert queries.kept(kemi, Kind.FORECASTS).filter(file_hash=batch.file_hash).count() == 1


def test_keep_pressed_twice_keeps_once(kemi: Municipality, bertta: Client) -> None:
    upload = give(bertta, GOOD)
    first, second = act(bertta, upload, "keep"), act(bertta, upload, "keep")
    assert kept_batch(first) == kept_batch(second)


def test_a_newer_file_replaces_an_older_one_and_undo_brings_it_back(bertta: Client) -> None:
    old = kept_batch(act(bertta, give(bertta, GOOD), "keep"))
    upload = give(bertta, GOOD.replace("100,00", "250,00"), "uusi.csv")
    page = bertta.get(address(upload)).text
    assert page.count('name="replaces"') == 2
    new = kept_batch(act(bertta, upload, "keep", replaces="1"))
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == (Status.SUPERSEDED, new)
    assert f"/era/{old.pk}/" in bertta.get(f"{LIST}era/{new.pk}/").text
    bertta.post(f"{LIST}era/{new.pk}/peru/")
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == (Status.KEPT, Status.UNDONE)
    assert bertta.post(f"{LIST}era/{new.pk}/peru/").status_code == 302, "twice does no harm"


def test_a_file_of_accounts_is_told_to_leave_the_others_as_they_are(
    kemi: Municipality, bertta: Client
) -> None:
    before = kemi.accounts.count()
    upload = give(bertta, "Tili;Nimi;Virallinen tili\n49999;Koetili;4990\n", kind="accounts")
    page = bertta.get(address(upload)).text
    assert "muut jäävät ennalleen" in page
    assert "korvattu" not in page
    first = kept_batch(act(bertta, upload, "keep"))
    assert kemi.accounts.count() == before + 1
    more = give(bertta, "Tili;Nimi;Virallinen tili\n49998;Toinen;4990\n", kind="accounts")
    second = kept_batch(act(bertta, more, "keep"))
    assert f"päivittänyt erä {second.pk}" in bertta.get(LIST).text
    for each in (first, second):
        assert "orvan" not in bertta.get(f"{LIST}era/{each.pk}/").text, "korvannut, korvattu"


def test_units_cannot_be_undone(kemi: Municipality, bertta: Client) -> None:
    batch = queries.kept(kemi, Kind.ORGANIZATION).get()
    assert "/peru/" not in bertta.get(f"{LIST}era/{batch.pk}/").text
    assert "Tuontierää ei voi perua" in bertta.get(f"{LIST}era/{batch.pk}/peru/").text
    bertta.post(f"{LIST}era/{batch.pk}/peru/")
    batch.refresh_from_db()
    assert batch.status == Status.KEPT


def test_a_discarded_file_is_gone(bertta: Client) -> None:
    upload = act(bertta, give(bertta, GOOD), "discard")
    assert not tasks.path(upload).exists()
    assert bertta.get(address(upload)).status_code == 404
    assert bertta.post(address(upload), {"action": "keep"}).status_code == 404


def test_forecasts_need_their_period(bertta: Client) -> None:
    upload = give(bertta, GOOD, period="")
    assert act(bertta, upload, "keep").state == State.READ
    said = {"kind": "forecasts", "source": "koe", "sign": "revenue_positive"}
    assert (
        bertta.post(address(upload), {"action": "read", **said, "period": "kesä"}).status_code
        == 422
    )
    upload = act(bertta, upload, "read", **said, period=PERIOD)
    assert act(bertta, upload, "keep").state == State.KEPT


EITHER = "Yksikkö;Tili;Vuosi;Summa\n64110100;4000;2023;1,00\n"


def test_the_kind_is_asked_where_the_headers_fit_several(bertta: Client) -> None:
    upload = give(bertta, EITHER, period="")
    assert (upload.state, upload.kind) == (State.READ, "")
    page = bertta.get(address(upload)).text
    assert "Otsikot sopivat näihin" in page
    assert 'name="kind" value="budget"' in page
    assert 'name="kind" value="forecasts"' in page
    assert 'name="kind" value="postings"' not in page
    assert act(bertta, upload, "kind", kind="postings").kind == "", "the headers do not fit it"
    assert act(bertta, upload, "kind", kind="budget").kind == Kind.BUDGET


def test_a_file_with_a_period_is_one_of_forecasts(bertta: Client) -> None:
    assert give(bertta, EITHER, period=PERIOD).kind == Kind.FORECASTS


def test_what_fits_no_kind_is_asked_in_words(bertta: Client) -> None:
    upload = give(bertta, "Nimi;Osoite\nKoulu;Katu 1\n")
    page = bertta.get(address(upload)).text
    assert "Otsikot eivät sovi mihinkään tiedostolajiin" in page
    assert "Tiedostossa on virheitä" not in page


def test_a_file_of_notes_is_told_to_come_in_with_the_command(bertta: Client) -> None:
    notes = "Yksikkö;Rivi;Sarake;Huomautus\n64110100;result;budget_2023;Koe\n"
    text = bertta.get(address(give(bertta, notes))).content.decode()
    assert "<code>katsaus import notes TIEDOSTO --municipality kemi</code>" in text


WORKBOOK = b"PK\x03\x04" + b"\0" * 60


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kuva.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("katsaus.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
        ("vanha.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
        ("rikki.xlsx", WORKBOOK),
        ("pommi.xlsx", _bomb()),
        ("tyhjä.csv", b""),
        ("otsikot.csv", FORECAST.encode()),
        ("koodaus.csv", GOOD.encode() + b"\xff\xfe\xff;;;\n"),
        ("katkennut.csv", GOOD.encode()[:-30] + b'"'),
        ("nolla.csv", b"\0" * 5000),
    ],
)
def test_what_is_no_table_is_refused_in_words(bertta: Client, name: str, content: bytes) -> None:
    upload = give(bertta, content, name, kind="forecasts")
    assert upload.state == State.READ
    page = bertta.get(address(upload)).text
    assert '<ol class="faults">' in page
    assert 'value="keep"' not in page
    assert act(bertta, upload, "keep").state == State.READ


def test_a_file_over_the_limit_is_refused_and_not_stored(
    bertta: Client, settings: Settings
) -> None:
    settings.UPLOAD_BYTES = 1_000_000
    before = Upload.objects.count(), set(Path(settings.UPLOADS).iterdir())
    huge = SimpleUploadedFile("iso.csv", b"x" * 1_200_000)
    answer = bertta.post(LIST, {"source": "koe", "file": huge})
    assert answer.status_code == 422
    assert "1 Mt" in answer.text
    assert (Upload.objects.count(), set(Path(settings.UPLOADS).iterdir())) == before


def test_a_form_without_a_file_is_asked_again(bertta: Client) -> None:
    assert bertta.post(LIST, {"source": "koe"}).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "ennuste 😀 ääkköset 日本語.csv",
        "<img src=x onerror=alert(1)>.csv",
        "=cmd|' /C calc'!A0.csv",
        "a" * 300 + ".csv",
        "\u202evsc.exe",
        ".csv",
        "con.csv...",
        "; rm -rf $HOME;.csv",
    ],
)
def test_any_name_is_only_a_name(bertta: Client, name: str) -> None:
    upload = give(bertta, GOOD, name)
    assert tasks.path(upload).parent == Path(settings.UPLOADS)
    assert len(upload.file_name) <= 255
    assert "<img" not in bertta.get(address(upload)).text
    batch = kept_batch(act(bertta, upload, "keep"))
    assert "<img" not in bertta.get(f"{LIST}era/{batch.pk}/").text
    assert "<img" not in bertta.get(LIST).text


def test_faults_are_listed_and_all_of_them_are_in_the_file(bertta: Client) -> None:
    bad = "".join(f'=HYPERLINK("x{n}");4000;2023;x{n};;;\n' for n in range(150))
    upload = give(bertta, FORECAST + bad)
    page = bertta.get(address(upload)).text
    assert page.count('<span class="place">') == 100
    content = bertta.get(f"{address(upload)}viat.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(lines) > 150
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_cells_are_shown_as_text(bertta: Client) -> None:
    upload = give(bertta, GOOD.replace("koe", "<script>alert(1)</script>"))
    page = bertta.get(address(upload)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_of_two_people_at_once_the_second_is_told(kemi: Municipality, bertta: Client) -> None:
    upload = give(bertta, GOOD)
    act(bertta, upload, "discard")
    person = upload.person
    assert person is not None
    with pytest.raises(uploads.NotNowError):
        uploads.ask_to_keep(upload=upload, person=person, replaces=False)
    assert not queries.kept(kemi, Kind.FORECASTS).filter(file_name="ennuste.csv").exists()


def test_a_closed_browser_loses_nothing(kemi: Municipality, bertta: Client) -> None:
    upload = give(bertta, GOOD, "kesken.csv")
    other = sign_in("bertta", kemi)
    assert f'href="{address(upload)}">kesken.csv' in other.get(LIST).text


def test_a_reading_that_was_stopped_is_begun_again_and_at_last_given_up(bertta: Client) -> None:
    upload = give(bertta, GOOD)
    again = Upload.objects.filter(pk=upload.pk)
    again.update(state=State.READING, reading=None, tries=1)
    tasks.resume()
    assert again.get().state == State.READ
    again.update(state=State.READING, reading=None, tries=tasks.MAX_TRIES)
    tasks.resume()
    assert again.get().state == State.FAILED
    assert bertta.get(address(upload)).status_code == 200
    assert act(bertta, upload, "discard").state == State.DISCARDED


@pytest.mark.parametrize("state", ["waiting", "reading", "keeping", "failed"])
def test_the_page_shows_how_far_the_file_is(bertta: Client, state: str) -> None:
    upload = give(bertta, GOOD)
    Upload.objects.filter(pk=upload.pk).update(state=state)
    page = bertta.get(address(upload)).text
    assert ("hx-trigger" in page) == (state != "failed")
    assert ('http-equiv="refresh"' in page) == (state != "failed")
    if state != "failed":
        answer = bertta.post(address(upload), {"action": "discard"})
        assert answer.status_code == 302
        assert Upload.objects.get(pk=upload.pk).state == state, "not under the reader's hands"


def test_no_page_has_script_or_style_inside(kemi: Municipality, bertta: Client) -> None:
    upload = give(bertta, GOOD)
    batch = Batch.objects.filter(municipality=kemi).latest("id")
    for each in (LIST, address(upload), f"{LIST}era/{batch.pk}/", "/kemi/hallinta/loki/"):
        page = bertta.get(each).text
        assert "style=" not in page
        assert "<script>" not in page
        assert page.count("<h1") == 1


def test_the_pages_ask_little_of_the_database(
    bertta: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    upload = give(bertta, GOOD)
    for each in (LIST, address(upload)):
        with django_assert_max_num_queries(15):
            bertta.get(each)
