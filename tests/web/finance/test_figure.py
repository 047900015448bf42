"""What a figure is made of: who may see its postings, and that they sum to it."""

import csv
import io
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.finance.exports import entries_csv
from katsaus.web.finance.figures import EntryLine
from katsaus.web.users.models import User
from web.finance.conftest import SignIn
from web.imports.small_town import BUDGET, FORECASTS, Town

PAGE, FILE = "/kemi/luku/", "/kemi/luku.csv"
OWN = "?unit=64321000&row=operating_expenses&column=actual_2023_06&period=2023-06"
PAY = "?unit=64321000&row=wages_and_salaries&column=actual_2023_06&period=2023-06"
OTHERS = "?unit=64520000&row=operating_expenses&column=actual_2023_06&period=2023-06"
ANSWERS = {"bertta": 200, "aino": 200, "daavid": 200, "administrator": 403, "outsider": 404}


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")


def rows(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))[1:]


@pytest.mark.parametrize(("name", "status"), [*ANSWERS.items(), ("nobody", 302)])
def test_who_may_see_a_figure(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(PAGE + OWN).status_code == status


@pytest.mark.parametrize("name", ["bertta", "aino", "auditor"])
def test_postings_are_shown_to_those_who_work_with_the_unit(sign_in: SignIn, name: str) -> None:
    assert 'class="entries cards"' in text(sign_in(name), PAGE + OWN)


@pytest.mark.parametrize("name", ["daavid", "cecilia"])
def test_others_see_accounts_by_month_and_no_posting(sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    page = text(client, PAGE + OWN)
    assert 'class="entries cards"' not in page
    assert "OL23" not in page
    assert client.get(FILE + OWN).status_code == 403


def test_a_director_sees_the_postings_of_the_own_division(sign_in: SignIn) -> None:
    assert 'class="entries cards"' in text(sign_in("cecilia"), PAGE + OTHERS)


def test_a_unit_head_does_not_see_the_postings_of_the_division_above(sign_in: SignIn) -> None:
    page = text(sign_in("aino"), PAGE + OWN.replace("64321000", "64300000"))
    assert 'class="entries cards"' not in page


def test_all_entries_sum_to_the_figure(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    cents = sum(int(row[-1].replace(",", "")) for row in rows(client, FILE + OWN))
    shown = f"{cents / 100:,.2f}".replace(",", " ").replace(".", ",")
    assert f'<h1 class="num">{shown} €' in text(client, PAGE + OWN)


@pytest.mark.parametrize(
    ("column", "march"),
    [
        ("actual_2023_06", "actual_2023_03"),
        ("actual_2022_06", "actual_2022_03"),
        ("actual_2022", "actual_2022"),
        ("realization_rate", "realization_rate"),
        ("deviation_2023", "deviation_2023"),
    ],
)
def test_the_bar_leads_to_the_same_figure_of_another_period(
    sign_in: SignIn, column: str, march: str
) -> None:
    client = sign_in("bertta")
    page = unescape(text(client, PAGE + OWN.replace("actual_2023_06", column)))
    periods = page.split('id="bar-period"')[1].split("</details>")[0]
    addresses = dict(re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', periods))
    [address] = [href for href, name in addresses.items() if name == "1–3/2023"]
    assert address == PAGE + OWN.replace("2023-06", "2023-03").replace("actual_2023_06", march)
    assert re.search(r'aria-current="true">1–3/2023<', text(client, address))


def test_account_months_sum_to_the_figure_that_others_see(sign_in: SignIn) -> None:
    whole = text(sign_in("daavid"), PAGE + OWN)
    figure = whole.split('<h1 class="num">')[1].split(" €")[0]
    assert f"<td>{figure}</td></tr>" in whole.split('class="total"')[1]


def test_texts_on_pay_are_for_the_controller_and_the_auditor(sign_in: SignIn) -> None:
    assert {row[3] for row in rows(sign_in("aino"), FILE + PAY)} == {""}
    assert "" not in {row[3] for row in rows(sign_in("bertta"), FILE + PAY)}
    assert "" not in {row[3] for row in rows(sign_in("auditor"), FILE + PAY)}


@pytest.mark.parametrize(
    ("kind", "content", "column", "is_hidden"),
    [
        (Kind.BUDGET, f"{BUDGET[:-1]};Selite\n11;4000;;2023;-100;SALAISUUS\n", "budget_2023", True),
        (
            Kind.FORECASTS,
            f"{FORECASTS}11;Henkilöstökulut;2023;-1;30.6.2023;johtaja;SALAISUUS\n",
            "forecast_2023",
            False,
        ),
    ],
)
def test_texts_of_a_budget_on_pay_are_hidden_and_reasons_are_told(
    db: None, tmp_path: Path, kind: Kind, content: str, column: str, is_hidden: bool
) -> None:
    town = Town.found("simo", tmp_path)
    town.post("11;4000;1.6.2023;-10,00;1;Palkka")
    town.bring_in(kind, content, period="2023-06" if kind is Kind.FORECASTS else "")
    person = User.objects.create_user("lukija")
    Membership.objects.create(user=person, municipality=town.owner, role=Role.READER)
    client = Client()
    client.force_login(person)
    place = f"?unit=1&row=personnel_expenses&period=2023-06&column={column}"
    for page in (f"/simo/luku/{place}", f"/simo/luku.csv{place}"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert (b"SALAISUUS" not in answer.getvalue()) is is_hidden


@pytest.mark.parametrize(
    ("kind", "content", "column", "told"),
    [
        (
            Kind.BUDGET,
            f"{BUDGET[:-1]};Kuukausi\n11;4000;;2023;-100;\n12;4000;;2023;-7;3\n",
            "deviation_2023",
            {"2023": "100,00", "3/2023": "7,00", "30.6.2023": "-90,00"},
        ),
        (
            Kind.FORECASTS,
            "Yksikkö;Tili;Vuosi;Kuukausi;Summa;Ennustepäivä\n11;4000;2023;5;-1;30.6.2023\n",
            "forecast_2023",
            {"30.6.2023": "-90,00", "5/2023 (30.6.2023)": "-1,00"},
        ),
    ],
)
def test_a_plan_figure_tells_the_month_or_the_year_that_it_is_of(
    db: None, tmp_path: Path, kind: Kind, content: str, column: str, told: dict[str, str]
) -> None:
    town = Town.found("simo", tmp_path)
    town.post("11;4000;1.6.2023;-10,00;1;Palkka")
    given = f"{FORECASTS}11;Toimintakulut;2023;-90;30.6.2023;johtaja;syy\n"
    town.bring_in(Kind.FORECASTS, given, period="2023-06")
    town.bring_in(kind, content, period="2023-06" if kind is Kind.FORECASTS else "")
    person = User.objects.create_user("lukija")
    Membership.objects.create(user=person, municipality=town.owner, role=Role.READER)
    client = Client()
    client.force_login(person)
    place = f"?unit=1&row=operating_expenses&period=2023-06&column={column}"
    assert {row[1]: row[11] for row in rows(client, f"/simo/luku.csv{place}")} == told
    page = text(client, f"/simo/luku/{place}")
    assert all(f">{when}</td>" in page for when in told)


def test_a_hidden_text_cannot_be_searched_either(sign_in: SignIn) -> None:
    secret = rows(sign_in("bertta"), FILE + PAY)[0][3]
    assert rows(sign_in("bertta"), f"{FILE}{PAY}&q={secret}")
    assert rows(sign_in("aino"), f"{FILE}{PAY}&q={secret}") == []


def test_what_the_controller_was_shown_is_not_kept_for_others(sign_in: SignIn) -> None:
    secret = rows(sign_in("bertta"), FILE + PAY)[0][3]
    assert secret in text(sign_in("bertta"), PAGE + PAY)
    assert secret not in text(sign_in("aino"), PAGE + PAY)
    assert "OL23" not in text(sign_in("daavid"), PAGE + PAY)


def test_postings_are_found_by_voucher_text_and_account(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    first = next(row for row in rows(client, FILE + OWN) if row[3])
    for place in (2, 3, 4):
        found = rows(client, f"{FILE}{OWN}&q={first[place]}")
        assert first in found
        assert len(found) < len(rows(client, FILE + OWN))


def test_the_list_has_fifty_a_page(sign_in: SignIn) -> None:
    client = sign_in("bertta")
    first, second = text(client, PAGE + OWN), text(client, f"{PAGE}{OWN}&page=2")
    assert first.count('<tr role="row">') == 1 + 50
    assert "1–50" in first
    assert "51–100" in second


def test_an_auditors_look_at_postings_is_written_down(sign_in: SignIn) -> None:
    client = sign_in("auditor")
    client.get(PAGE + OWN)
    client.get(FILE + OWN)
    looks = Event.objects.filter(action__startswith="postings.").order_by("id")
    assert [event.action for event in looks] == ["postings.viewed", "postings.downloaded"]
    assert {event.subject for event in looks} == {
        "64321000 operating_expenses actual_2023_06 2023-06"
    }


def test_a_controllers_look_is_not(sign_in: SignIn) -> None:
    sign_in("bertta").get(PAGE + OWN)
    assert not Event.objects.filter(action__startswith="postings.").exists()


def test_a_rate_names_its_two_amounts(sign_in: SignIn) -> None:
    page = text(sign_in("bertta"), PAGE + OWN.replace("actual_2023_06", "realization_rate"))
    assert "column=actual_2023_06" in page
    assert "column=amended_budget_2023" in page
    assert 'class="entries cards"' not in page


def test_an_amendment_is_shown_with_its_decision(sign_in: SignIn) -> None:
    query = "?unit=64200000&row=operating_expenses&column=amended_budget_2023&period=2023-06"
    page = text(sign_in("daavid"), PAGE + query)
    assert ">29.5.2023</td>" in page
    assert ">Kaupunginvaltuusto § 34</td>" in page
    assert "-700 000,00" in page


def test_a_deviation_has_both_sides_and_the_forecasts_giver(sign_in: SignIn) -> None:
    query = "?unit=64520000&row=operating_margin&column=deviation_2023&period=2023-06"
    page = text(sign_in("daavid"), PAGE + query)
    assert "column=forecast_2023" in page
    assert "column=amended_budget_2023" in page
    assert '<h1 class="num">-170 000,00 €' in page
    # The forecast stands before the many rows of the budget.
    assert '>ympäristöjohtaja</td><td role="cell" class="word text">Runsasluminen' in page


def test_the_file_tells_a_plan_figures_parts_apart(sign_in: SignIn) -> None:
    amended = "?unit=64200000&row=operating_expenses&column=amended_budget_2023&period=2023-06"
    [amendment] = [row for row in rows(sign_in("daavid"), FILE + amended) if row[8]]
    assert (amendment[1], amendment[8:11]) == ("29.5.2023", ["Kaupunginvaltuusto", "34", ""])
    forecast = "?unit=64520000&row=operating_expenses&column=forecast_2023&period=2023-06"
    first = rows(sign_in("daavid"), FILE + forecast)[0]
    assert first[8:11] == ["", "", "ympäristöjohtaja"]
    assert "ympäristöjohtaja" not in first[3]


def test_a_long_file_is_sent_in_pieces(sign_in: SignIn) -> None:
    whole = "?unit=64000000&row=operating_margin&column=actual_2023_06&period=2023-06"
    response = sign_in("bertta").get(FILE + whole)
    assert isinstance(response, StreamingHttpResponse)
    assert max(len(piece) for piece in response) < 500_000


def test_an_account_is_a_figure_too(sign_in: SignIn) -> None:
    query = OWN.replace("operating_expenses", "wages_and_salaries.400020")
    assert {row[4] for row in rows(sign_in("bertta"), FILE + query)} == {"400020"}


def test_a_text_that_a_spreadsheet_would_compute_is_made_harmless() -> None:
    told = ("posting", "", "=1+1", "@SUM(A1)", "3000", "", "1", "", Decimal("-1.50"))
    line = EntryLine(*told, body="=2", giver="+a")
    [_heads, written] = b"".join(entries_csv([line])).decode("utf-8-sig").splitlines()
    assert written == "posting;;'=1+1;'@SUM(A1);3000;;1;;'=2;;'+a;-1,50"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?unit=64321000",
        "?unit=64321000&row=x&column=y",
        "?row=operating_expenses&column=x",
        "?row=operating_expenses.9999999&column=actual_2023_06",
        "?row=.&column=actual_2023_06",
        OWN + "&page=0",
        OWN + "&page=-1",
        OWN + "&page=999999",
        OWN + "&page=²",
        OWN + "&q=" + "x" * 101,
        OWN.replace("2023-06", "1999-06"),
    ],
)
def test_an_address_of_no_figure_is_told_so(sign_in: SignIn, query: str) -> None:
    assert sign_in("bertta").get(PAGE + query).status_code == 400


@pytest.mark.parametrize("word", ["%27", "%25", "%00", "%22;--", "%F0%9F%92%A9"])
def test_a_search_is_only_a_text(sign_in: SignIn, word: str) -> None:
    assert sign_in("bertta").get(f"{PAGE}{OWN}&q=x{word}").status_code == 200


@pytest.mark.parametrize("column", ["actual_2023_06", "deviation_2023"])
def test_a_page_takes_few_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries, column: str
) -> None:
    client = sign_in("auditor")
    with django_assert_max_num_queries(15):
        client.get(PAGE + OWN.replace("actual_2023_06", column))
