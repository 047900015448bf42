"""The pages of reports and their files, as a browser asks for them."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.core.periods import Period
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.reports.models import ReportText
from katsaus.web.reports.use_cases import publish, withdraw
from katsaus.web.users.models import User
from web.cast import sign_in

JUNE = Period(2023, 6)
PAGE = "/kemi/2023-06/"
OFFICE = "application/vnd.openxmlformats-officedocument"
FILES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{OFFICE}.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", b"PK\x03\x04"),
    "html": ("text/html; charset=utf-8", b"<!doctype html>"),
    "json": ("application/json", b'{\n "municipality": "kemi"'),
    "csv": ("text/csv; charset=utf-8", b"table,unit,row,column,value,shown"),
}
HOSTILE = '<script>alert("x")</script>&<img src=x onerror=alert(1)>'


def test_the_front_leads_to_the_newest_report(client: Client, kemi: Municipality) -> None:
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, PAGE)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "Raportteja ei ole vielä julkaistu"), ("en", "No report has been published yet")],
)
def test_where_nothing_is_published_one_is_asked_to_sign_in_in_the_browsers_language(
    client: Client, kemi: Municipality, language: str, said: str
) -> None:
    withdraw(municipality=kemi, period=JUNE)
    User.objects.create_user("joku")
    response = client.get("/", headers={"Accept-Language": language})
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert said in response.text
    assert 'href="/accounts/login/"' in response.text


def test_a_person_without_a_role_is_told_whom_to_ask(client: Client, kemi: Municipality) -> None:
    withdraw(municipality=kemi, period=JUNE)
    client.force_login(User.objects.create_user("uusi"))
    response = client.get("/", headers={"Accept-Language": "en"})
    assert "You have no role in any municipality yet" in response.text


def test_of_many_municipalities_each_newest_report_is_listed(
    client: Client, kemi: Municipality
) -> None:
    oulu = ensure_municipality(slug_or_number="oulu")
    Municipality.objects.filter(pk=oulu.pk).update(name_fi=HOSTILE)
    for period in (Period(2024, 3), Period(2024, 1)):
        publish(municipality=oulu, period=period)
    page = client.get("/").text
    assert f'href="{PAGE}"' in page
    assert 'href="/oulu/2024-03/"' in page
    assert "2024-01" not in page
    assert "<script" not in page


def test_the_report_is_in_the_municipalitys_language_whatever_the_browser_asks_for(
    client: Client, kemi: Municipality
) -> None:
    response = client.get(PAGE, headers={"Accept-Language": "sv"})
    assert response.status_code == 200
    assert response["Content-Language"] == "fi"
    assert '<html lang="fi">' in response.text
    assert "Toimintatuotot" in response.text


@pytest.mark.parametrize(("own", "other"), [("fi", "sv"), ("sv", "fi")])
def test_the_frame_of_a_report_stays_in_the_readers_language_and_says_so(
    kemi: Municipality, own: str, other: str
) -> None:
    words = {
        "fi": ("Siirry sisältöön", "Katsaukset", "Lataa katsaus", "Toimintatuotot"),
        "sv": ("Hoppa till innehållet", "Rapporter", "Ladda ner rapporten", "Verksamhetsintäkter"),
    }
    reader = sign_in("daavid", kemi)
    page = reader.get(PAGE, {"language": other}, headers={"Accept-Language": own}).text
    head, _, rest = page.partition("</header>")
    skip, menu, download, row = words[own]
    assert f'<html lang="{other}">' in head
    assert f'lang="{own}">{skip}</a>' in head
    assert f'<header class="top" lang="{own}">' in head
    assert menu in head
    assert f'<ul class="downloads" lang="{own}" aria-label="{download}">' in rest
    assert words[other][3] in rest
    assert row not in rest


def test_a_report_in_the_readers_language_names_it_once(client: Client, kemi: Municipality) -> None:
    page = client.get(PAGE, headers={"Accept-Language": "fi"}).text
    assert '<header class="top">' in page
    assert '<ul class="downloads" aria-label=' in page


def test_a_reader_chooses_the_language_of_the_report_and_of_its_files(
    client: Client, kemi: Municipality
) -> None:
    response = client.get(f"{PAGE}?language=sv", headers={"Accept-Language": "fi"})
    assert response["Content-Language"] == "sv"
    assert '<html lang="sv">' in response.text
    assert "Verksamhetsintäkter" in response.text
    assert 'class="prose" lang="fi"' in response.text
    assert 'href="katsaus.pdf?language=sv"' in response.text
    file = client.get(f"{PAGE}katsaus.json?language=sv")
    assert file["Content-Language"] == "sv"
    assert "kemi-2023-06-sv.json" in file["Content-Disposition"]
    assert client.get(f"{PAGE}?language=ru")["Content-Language"] == "fi"


def test_those_who_work_in_the_municipality_have_the_bar_and_search_above_the_report(
    client: Client, kemi: Municipality
) -> None:
    assert 'href="/kemi/talous/"' not in client.get(PAGE).text
    reader = sign_in("daavid", kemi)
    page = reader.get(PAGE).text
    assert 'href="/kemi/talous/"' in page
    assert 'action="/kemi/haku/"' in page
    assert "Katsaukset" in page
    assert reader.get("/kemi/2021-01/").status_code == 404


def test_what_is_published_is_set_apart_from_the_previews(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get("/kemi/katsaukset/").text
    published, previews = page.split("Julkaistut</h2>")[1].split("Esikatselut</h2>")
    assert re.findall(r'href="/kemi/([\d-]+)/"', published) == ["2023-06"]
    assert [f'/kemi/2023-06/katsaus.{each}"' in published for each in FILES] == [True] * len(FILES)
    assert "2023-06" not in previews
    assert [f'href="/kemi/{each}/"' in previews for each in ("2023-05", "2022-12")] == [True, True]


@pytest.mark.parametrize("file_format", FILES)
def test_the_page_leads_to_its_files_and_each_arrives(
    client: Client, kemi: Municipality, file_format: str
) -> None:
    assert f'href="katsaus.{file_format}"' in client.get(PAGE).text
    response = client.get(f"{PAGE}katsaus.{file_format}")
    media_type, begins = FILES[file_format]
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="kemi-2023-06.{file_format}"'
    assert response.content.startswith(begins)


@pytest.mark.parametrize(
    "address",
    [
        "/oulu/2023-06/",
        "/kemi/2023-13/",
        "/kemi/0000-06/",
        "/kemi/2023/",
        "/kemi/kesä/",
        "/kemi/2023-06/katsaus.exe",
        "/oulu/2023-06/katsaus.pdf",
        "/kemi/2023-13/katsaus.pdf",
        "/KEMI/2023-06/",
        "/kemi/admin/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, kemi: Municipality, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_address_cannot_write_into_the_headers(client: Client, kemi: Municipality) -> None:
    response = client.get("/kemi/2023-06%0A/katsaus.json")
    assert response.status_code in (200, 404)
    assert "\n" not in response.headers.get("Content-Disposition", "")


@pytest.mark.parametrize("address", ["/", PAGE, f"{PAGE}katsaus.json"])
def test_the_pages_are_for_reading_only(client: Client, kemi: Municipality, address: str) -> None:
    for method in (client.post, client.put, client.delete):
        assert method(address).status_code == 405
    assert client.head(address).status_code in (200, 302)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}katsaus.xlsx"])
def test_a_report_takes_few_queries(
    client: Client,
    kemi: Municipality,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # The first reader's report is computed, figures and strategy; it is kept for the next ones.
    with django_assert_max_num_queries(15):
        client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)


def test_the_front_takes_few_queries(
    client: Client, kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        client.get("/")


def test_hostile_names_and_texts_are_shown_as_the_texts_they_are(
    client: Client, kemi: Municipality
) -> None:
    short = '<script>alert("x")</script>'
    Unit.objects.filter(code="64100000").update(
        name_fi=HOSTILE, short_name=short, responsible=HOSTILE
    )
    markdown = f"{HOSTILE}\n\n[linkki](javascript:alert(1)) ![kuva](http://example.org/x.png)"
    ReportText.objects.filter(place="64100000").update(markdown=markdown)
    for address in (PAGE, f"{PAGE}katsaus.html"):
        page = client.get(address).text
        assert "&lt;script&gt;alert(" in page
        assert "<script" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert 'src="http' not in page


def test_hostile_names_do_not_break_the_files_of_the_office(
    client: Client, kemi: Municipality
) -> None:
    Unit.objects.filter(code="64100000").update(name_fi='=HYPERLINK("http://x")', short_name="=1+1")
    book = zipfile.ZipFile(BytesIO(client.get(f"{PAGE}katsaus.xlsx").content))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in book.read(name) for name in sheets)
    assert client.get(f"{PAGE}katsaus.pdf").content.startswith(b"%PDF-")


def test_the_stand_alone_file_needs_nothing_else(client: Client, kemi: Municipality) -> None:
    page = client.get(f"{PAGE}katsaus.html").text
    assert "<style>" in page
    for reference in ("<link", "src=", "url(", "@import", "http://", "https://"):
        assert reference not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_a_period_without_figures_has_a_page_that_says_so(
    client: Client, kemi: Municipality
) -> None:
    publish(municipality=kemi, period=Period(2031, 6))
    response = client.get("/kemi/2031-06/")
    assert response.status_code == 200
    assert "Kaudelta ei ole lukuja" in response.text
