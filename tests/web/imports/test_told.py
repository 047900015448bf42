"""What a file's page says of it: remarks apart from faults, its size, and what cannot be read."""

import pytest
from django.test import Client
from django.utils.translation import override

from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports.messages import sentence, size
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import FORECAST, GOOD, address, give

TOTAL = "Yhteensä;;;-100,00;;;\n"
LEFT_OUT = "Summarivi, −100,00\N{NO-BREAK SPACE}€, täsmää rivien summaan ja jätettiin pois."
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _title(page: str) -> str:
    return page.partition('<h2 id="faults-title">')[2].partition("<")[0]


def test_what_prevents_nothing_is_called_a_remark(bertta: Client) -> None:
    upload = give(bertta, GOOD + TOTAL)
    page = bertta.get(address(upload)).text
    assert 'value="keep"' in page
    assert (_title(page), LEFT_OUT in page) == ("Huomautukset", True)
    answer = bertta.get(f"{address(upload)}viat.csv")
    assert f'"huomautukset-{upload.pk}.csv"' in answer["Content-Disposition"]
    assert "huomautus" in answer.text.splitlines()[0]


def test_what_prevents_keeping_is_called_a_fault_and_remarks_stand_with_it(bertta: Client) -> None:
    wrong = GOOD.replace("64110100", "olematon")
    upload = give(bertta, wrong + TOTAL)
    page = bertta.get(address(upload)).text
    assert (_title(page), LEFT_OUT in page) == ("Virheet", True)
    answer = bertta.get(f"{address(upload)}viat.csv")
    assert f'"viat-{upload.pk}.csv"' in answer["Content-Disposition"]
    assert "mikä on vialla" in answer.text.splitlines()[0]


def test_a_total_that_was_not_held_against_the_rows_is_not_said_to_agree(bertta: Client) -> None:
    upload = give(bertta, GOOD + "64110100;4000;2023;roskaa;;;\n" + TOTAL)
    page = bertta.get(address(upload)).text
    assert "Summarivi, −100,00\N{NO-BREAK SPACE}€, jätettiin pois." in page
    assert "täsmää" not in page


@pytest.mark.parametrize(
    ("number", "fi", "sv", "en"),
    [
        (1, "1 tavu", "1 byte", "1 byte"),
        (999, "999 tavua", "999 byte", "999 bytes"),
        (48_800, "48,8 kt", "48,8 kB", "48.8 kB"),
        (999_960, "1,0 Mt", "1,0 MB", "1.0 MB"),
        (48_800_000, "48,8 Mt", "48,8 MB", "48.8 MB"),
    ],
)
def test_a_size_is_told_in_the_units_of_the_language(
    number: int, fi: str, sv: str, en: str
) -> None:
    found = []
    for language in ("fi", "sv", "en"):
        with override(language):
            found.append(size(number))
    assert found == [fi, sv, en]


def test_the_page_tells_the_size_of_the_file(bertta: Client) -> None:
    upload = give(bertta, GOOD + "\n" * 2000)
    assert upload.size > 2000
    assert (
        f"{round(upload.size / 1000, 1)}".replace(".", ",") + " kt"
        in bertta.get(address(upload)).text
    )


@pytest.mark.parametrize(
    ("name", "content"), [("tyhjä.csv", b""), ("kuva.xlsx", PICTURE), ("rikki.xlsx", b"PK\3\4" * 9)]
)
@pytest.mark.parametrize("kind", ["", "forecasts"])
def test_of_what_is_no_table_it_is_not_asked_how_to_read_it(
    bertta: Client, name: str, content: bytes, kind: str
) -> None:
    page = bertta.get(address(give(bertta, content, name, kind=kind))).text
    assert "Tiedostoa ei voitu lukea" in page
    assert "Miten tiedosto luetaan" not in page
    assert "miten se luetaan" not in page
    assert "anna se uudelleen" in page
    assert 'value="discard"' in page


@pytest.mark.parametrize("content", [b"yksi sarake\nja toinen rivi\n", FORECAST.encode()])
def test_of_what_might_be_a_table_it_is_asked(bertta: Client, content: bytes) -> None:
    page = bertta.get(address(give(bertta, content, kind="forecasts"))).text
    assert "Miten tiedosto luetaan" in page


def test_a_total_row_is_told_on_the_command_line_in_the_same_words() -> None:
    problem = Problem(ProblemCode.TOTAL_ROW_SKIPPED, "a.csv", cents=-10_000, other_cents=-10_000)
    with override("fi"):
        assert sentence(problem) == LEFT_OUT
