"""The page of deviations: what is told of, in words and numbers, and the bridge of a unit."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from katsaus.core.formats import MINUS, NO_BREAK_SPACE
from web.finance.conftest import SignIn

PAGE = "/kemi/poikkeamat/"


def text(sign_in: SignIn, query: str = "") -> str:
    response = sign_in("daavid").get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode().replace(NO_BREAK_SPACE, " ").replace(MINUS, "-")


def lines_of_bridge(page: str) -> list[tuple[bool, str, int]]:
    """Return each line: whether it stands inside a part, its words, its amount."""
    bridge = page.split('class="barred bridge"')[1].split("</table>")[0]
    found = re.findall(
        r'<tr( class="inside")?[^>]*><th scope="row">(.*?)</th>'
        r".*?(-?[\d ]+)</(?:a|span)></td></tr>",
        bridge,
    )
    return [
        (bool(inside), re.sub("<[^>]+>", "", words).strip(), int(amount.replace(" ", "")))
        for inside, words, amount in found
    ]


def figures_of_bridge(page: str) -> list[int]:
    return [amount for is_inside, _, amount in lines_of_bridge(page) if not is_inside]


@pytest.mark.parametrize(
    ("name", "status"),
    [("bertta", 200), ("daavid", 200), ("administrator", 403), ("outsider", 404), ("nobody", 302)],
)
def test_who_may_see_the_deviations(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(PAGE).status_code == status


def test_the_worst_comes_first(sign_in: SignIn) -> None:
    worse = text(sign_in).split('class="told"')[1].split("</table>")[0]
    shown = re.findall(r'class="worse"[^>]*>(-[\d ]+)<', worse)
    amounts = [int(each.replace(" ", "")) for each in shown]
    assert amounts[:3] == [-1_552_812, -1_404_767, -1_300_000]


def test_rows_with_only_their_pace_behind_come_after_the_forecasts_and_are_the_marked_ones(
    sign_in: SignIn,
) -> None:
    by_forecast, by_pace = text(sign_in).split('class="told"')[1:3]
    for row in re.findall(r"<tr>.*?</tr>", by_forecast + by_pace.split("</table>")[0], re.DOTALL):
        is_said = bool(re.search(r"heikompi kuin tasainen kertymä", row))
        assert ('class="pace over"' in row) is is_said
    assert re.findall(r'<span class="said">[^<]*ennuste', by_pace.split("</table>")[0]) == []
    assert "0,69 milj. €" in by_pace


def test_a_forecast_of_a_service_area_is_told_by_its_rows_in_its_bridge(sign_in: SignIn) -> None:
    lines = lines_of_bridge(text(sign_in, "?unit=64320000"))
    told = [(words, amount) for is_inside, words, amount in lines if not is_inside]
    assert told[1:-1] == [
        (
            "Lasten ja nuorten palvelut Toimintatuotot, annettu kokonaisuudelle, ei sen osille",
            164808,
        ),
        (
            "Lasten ja nuorten palvelut Toimintakulut, annettu kokonaisuudelle, ei sen osille",
            -1300000,
        ),
    ]
    assert (True, "Selittämättä", 100_000) not in lines


def test_what_is_better_is_told_apart(sign_in: SignIn) -> None:
    page = text(sign_in)
    worse, better, limits = page.split('<details class="sheet more">')
    assert "<td>2 % ja 50 000 €</td><td>8 % ja 150 000 €</td>" in limits
    assert "64150000" not in worse.split('class="told"')[1].split("</table>")[0]
    assert "Sotevastuut" in better


def test_a_small_deviation_is_not_told_of(sign_in: SignIn) -> None:
    assert "Henkilöstöpalvelut</a>" not in text(sign_in)


def test_levels_below_are_told_of_when_asked(sign_in: SignIn) -> None:
    assert "Talvikunnossapito</a>" in text(sign_in, "?level=cost_center")


def test_the_bridge_goes_from_the_budget_to_the_forecast(sign_in: SignIn) -> None:
    start, *parts, end = figures_of_bridge(text(sign_in))
    assert (start, end) == (-44_136_425, -45_689_237)
    assert abs(start + sum(parts) - end) <= len(parts)


def test_a_unit_without_parts_has_a_bridge_of_its_rows(sign_in: SignIn) -> None:
    start, *parts, end = figures_of_bridge(text(sign_in, "?unit=64520000"))
    assert abs(start + sum(parts) - end) <= 1


def test_a_part_is_made_of_its_items_and_of_what_is_left_unexplained(sign_in: SignIn) -> None:
    lines = lines_of_bridge(text(sign_in, "?unit=64300000"))
    place = lines.index(
        (False, "Vapaa-aikapalvelujen kehittäminen ja koordinointi Toimintakulut", -145_560)
    )
    assert lines[place + 1 : place + 4] == [
        (True, "Lomapalkkavelka Teatteritoiminta, ei määrärahaa", -94_000),
        (True, "Teatterin avustus Teatteritoiminta, ei määrärahaa", -82_000),
        (True, "Selittämättä", 176_000 - 145_560),
    ]
    whole = lines.index((False, "Hyvinvointitoimiala Toimintakulut, kerrottu kokonaisuudesta", 0))
    assert lines[whole + 1][1:] == (
        "Kesäkuun palkkojen kertaerä sivukuluineen kertaluonteinen, ei määrärahaa",
        -320_000,
    )
    assert lines[whole + 5][1:] == ("Yllä olevissa osissa", 436_000)
    told = [each for is_inside, words, each in lines if is_inside and "ei määrärahaa" in words]
    assert sum(told) == -712_000


def test_the_rounding_of_items_is_not_called_unexplained(sign_in: SignIn) -> None:
    lines = lines_of_bridge(text(sign_in))
    inside = [amount for is_inside, _name, amount in lines if is_inside]
    assert -270_000 in inside  # with 100 000 it explains all but a euro of what the part is
    assert -1 not in inside


def test_without_a_forecast_there_is_no_bridge(sign_in: SignIn) -> None:
    assert "barred bridge" not in text(sign_in, "?period=2023-03")


@pytest.mark.parametrize("query", ["?level=x", "?unit=0", "?period=2023-13", "?level=financing"])
def test_an_address_that_asks_for_what_there_is_not_is_told_so(sign_in: SignIn, query: str) -> None:
    assert sign_in("daavid").get(PAGE + query).status_code == 400


def test_the_page_takes_few_queries(
    sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid")
    with django_assert_max_num_queries(15):
        client.get(PAGE + "?level=cost_center")


def test_a_year_without_a_budget_is_not_told_to_be_well(sign_in: SignIn) -> None:
    page = text(sign_in, "?period=2022-06")
    assert "Vuodella 2022 ei ole talousarviota, johon verrata" in page
    assert "Vuoden talousarviota ei ole tuotu" in page
    assert "jää jälkeen" not in page
