"""The statement as a spreadsheet: what is on the screen, its numbers as numbers."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from katsaus.core.formats import DASH
from katsaus.web.organization.models import Municipality
from web.finance.conftest import SignIn

FILE = "/kemi/talous.xlsx"
ANSWERS = {"bertta": 200, "aino": 200, "daavid": 200, "administrator": 403, "outsider": 404}


def sheet(sign_in: SignIn, query: str) -> Worksheet:
    response = sign_in("daavid").get(FILE + query)
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    [only] = book.worksheets
    assert isinstance(only, Worksheet)
    return only


def lines(found: Worksheet) -> dict[str, list[object]]:
    return {str(row[0]): list(row[1:]) for row in found.iter_rows(values_only=True)}


@pytest.mark.parametrize(("name", "status"), [*ANSWERS.items(), ("nobody", 302)])
def test_who_may_have_it(sign_in: SignIn, name: str, status: int) -> None:
    assert sign_in(name).get(FILE).status_code == status


def test_it_has_the_lines_and_columns_of_the_screen(sign_in: SignIn) -> None:
    query = "?open=64300000&columns=prior_actual&columns=actual&columns=realization_rate"
    found = lines(sheet(sign_in, query))
    assert found["64300000 Hyvinvointitoimiala"][1] == -18845316.95
    assert "64320000 Lasten ja nuorten palvelut" in found
    assert "64321000" not in " ".join(found)
    assert found["64400000 Perusturvatoimiala"][1:] == [DASH, DASH]


def test_figures_are_exact_and_shown_as_on_the_screen(sign_in: SignIn) -> None:
    found = sheet(sign_in, "?columns=actual&unit_of_display=thousand&row=operating_expenses")
    whole = next(row for row in found.iter_rows() if row[0].value == "64000000 Kemin kaupunki")
    assert whole[1].value == -37805630.49
    assert "," in whole[1].number_format


def test_the_rows_of_a_unit_and_their_notes(sign_in: SignIn) -> None:
    found = lines(sheet(sign_in, "?unit=64300000&row="))
    assert "Toimintakulut" in found
    assert any("heinäkuun sisäiset vuokrat" in label for label in found)


def test_a_name_that_a_spreadsheet_would_compute_stays_a_text(
    sign_in: SignIn, kemi: Municipality
) -> None:
    kemi.units.filter(code="64300000").update(name_fi="=1+1")
    found = sheet(sign_in, "?unit=64300000&row=")
    assert found.cell(1, 1).data_type == "s"
    assert "=1+1" in str(found.cell(1, 1).value)


def test_an_address_of_no_view_is_told_so(sign_in: SignIn) -> None:
    assert sign_in("bertta").get(FILE + "?row=x").status_code == 400
