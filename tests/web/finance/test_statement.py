"""The statement's page: who may see it, what its address asks for, and what its table says."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from web.finance.conftest import SignIn

PAGE = "/kemi/talous/"


@pytest.fixture
def bertta(sign_in: SignIn) -> Client:
    return sign_in("bertta")


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")


def line(page: str, name: str) -> list[str]:
    """Return the cells of the line of a name, as they are read."""
    rows = re.findall(r'<tr role="row" class=.*?</tr>', page, re.DOTALL)
    for row in rows:
        cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)]
        if re.search(rf">{name}<", row):
            return cells
    raise AssertionError(f"no line {name}")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bertta", 200),
        ("aino", 200),
        ("cecilia", 200),
        ("daavid", 200),
        ("auditor", 200),
        ("administrator", 403),
        ("outsider", 404),
        ("nobody", 302),
    ],
)
def test_who_may_see_the_statement(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(PAGE).status_code == status


def test_the_first_page_has_the_margin_of_the_divisions_and_the_whole(bertta: Client) -> None:
    page = text(bertta, PAGE)
    assert line(page, "Hyvinvointitoimiala") == [
        "-37 123 149",
        "-35 904 505",
        "-18 845 317",
        "-18 937 865",
        "52 %",
        "-37 144 464",
        "-1 239 959",
    ]
    assert line(page, "Kemin kaupunki")[-1] == "-1 552 812"
    assert "64320000" not in page.split('id="sheet"')[1]


def test_a_division_opens_to_service_areas_and_these_to_cost_centres(bertta: Client) -> None:
    page = text(bertta, f"{PAGE}?open=64300000,64320000,64321000")
    assert line(page, "Lasten ja nuorten palvelut")[-1] == "-1 135 192"
    assert "64321200" in page


def test_the_rows_of_a_unit_open_to_accounts_that_sum_to_the_row(bertta: Client) -> None:
    opened = "open=operating_expenses,grants&columns=actual"
    page = text(bertta, f"{PAGE}?unit=64320000&row=&{opened}")
    whole = int(line(page, "Avustukset")[0].replace(" ", ""))
    accounts = re.findall(r"row=grants\.\d+&amp;column=actual_2023_06[^>]*>([-\d ]+)<", page)
    assert len(accounts) > 1
    assert abs(sum(int(each.replace(" ", "")) for each in accounts) - whole) <= len(accounts)


def test_forecasts_of_all_items_are_not_held_against_the_budget_of_external_ones(
    bertta: Client,
) -> None:
    page = text(bertta, f"{PAGE}?items=external&period=2023-06")
    assert "Ennusteet on annettu ulkoisista ja sisäisistä eristä yhdessä" in page
    assert 'class="better"' not in page
    assert "ennuste on" not in page
    place = "/kemi/luku/?unit=64000000&row=operating_margin&period=2023-06"
    figure = text(bertta, f"{place}&items=external&column=forecast_2023")
    assert "Ennusteet on annettu ulkoisista ja sisäisistä eristä yhdessä" in figure


def test_external_and_internal_items_are_all_items(bertta: Client) -> None:
    def expenses(items: str) -> int:
        page = text(bertta, f"{PAGE}?unit=64530000&row=&items={items}&columns=actual")
        return int(line(page, "Toimintatuotot")[0].replace(" ", ""))

    assert expenses("internal") > 0
    assert abs(expenses("external") + expenses("internal") - expenses("all")) <= 1


def test_figures_can_be_shown_in_thousands(bertta: Client) -> None:
    page = text(bertta, f"{PAGE}?unit_of_display=thousand")
    assert line(page, "Kemin kaupunki")[-1] == "-1 553"


def test_sorting_by_deviation_puts_the_worst_first_and_the_whole_last(bertta: Client) -> None:
    page = text(bertta, f"{PAGE}?sort=deviation")
    names = re.findall(r"row=&amp;period=2023-06&amp;sort=deviation\">([^<]+)</a>", page)
    assert names[0] == "Hyvinvointitoimiala"
    assert names[-1] == "Kemin kaupunki"


def test_an_earlier_period_has_its_own_figures(bertta: Client) -> None:
    march = text(bertta, f"{PAGE}?period=2023-03")
    assert "actual_2023_03" in march
    assert "25 %" in march


def test_links_keep_the_view(bertta: Client) -> None:
    page = text(bertta, f"{PAGE}?items=external&unit_of_display=thousand&period=2023-03")
    opener = re.search(r'id="open-64100000" href="([^"]+)"', page)
    assert opener is not None
    kept = opener[1].replace("&amp;", "&")
    for part in ("items=external", "unit_of_display=thousand", "period=2023-03", "open=64100000"):
        assert part in kept
    assert 'aria-expanded="true"' in text(bertta, kept)


@pytest.mark.parametrize(
    "query",
    [
        "unit=1",
        "row=nothing",
        "period=2031-01",
        "period=x",
        "items=some",
        "unit_of_display=marks",
        "sort=name",
        "columns=all",
        "unit=%00",
        "unit=%F0%9F%92%A9%FF",
    ],
)
def test_an_address_that_asks_for_what_there_is_not_is_told_so(bertta: Client, query: str) -> None:
    response = bertta.get(f"{PAGE}?{query}")
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


def test_what_is_opened_and_gone_is_left_aside(bertta: Client) -> None:
    assert bertta.get(f"{PAGE}?open=1,,%00,x").status_code == 200


def test_the_page_has_no_style_and_no_script_inside(bertta: Client) -> None:
    page = text(bertta, f"{PAGE}?open=64100000")
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?! src=)", page) == []


def test_the_chart_stands_beside_its_table_of_twelve_months(bertta: Client) -> None:
    page = text(bertta, PAGE)
    assert page.count('<rect class="prior"') == 12
    assert page.count('<rect class="actual"') == 6
    assert page.count('<line class="plan"') == 12


def test_a_page_takes_few_queries(
    bertta: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        bertta.get(f"{PAGE}?open=64100000")


def test_the_whole_municipality_has_its_bottom_line_also_where_it_says_the_same(
    bertta: Client,
) -> None:
    page = text(bertta, PAGE + "?unit=64000000&row=")
    assert line(page, "Tilikauden ylijäämä \\(alijäämä\\)") == line(page, "Tilikauden tulos")
    division = text(bertta, PAGE + "?unit=64300000&row=")
    assert line(division, "Toimintakate")
    with pytest.raises(AssertionError, match="no line"):
        line(division, "Vuosikate")
