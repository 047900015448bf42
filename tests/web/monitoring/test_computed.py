"""A computed value is the same wherever it is read: pages, tables of the report, proposals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.core.formats import NO_BREAK_SPACE
from katsaus.core.periods import Period
from katsaus.web.audit import shelves
from katsaus.web.organization.models import Municipality
from katsaus.web.reports.compose import compose
from web.cast import sign_in
from web.monitoring.seen import bring_in, text

# The ledger has -37 805 630.49 of operating expenses in January-June 2023.
ROW = """
goals: code; theme; name_fi; units; year
  uusi; vetovoima; Uusi tavoite; 64100000;
  vuosi; ; Vuoden tavoite; 64100000; 2023
actions: code; goal; unit; name
  teko; uusi; 64100000; Teko
indicators: code; name_fi; kind; polarity; aggregation; decimals; computed
  asukkaat; Asukkaat; number; none; last; 0;
  hinta; Kulut asukasta kohti; money; down; last; 0; row:operating_expenses/asukkaat
indicator_links: indicator; to; code
  hinta; goal; uusi
  hinta; goal; vuosi
  hinta; action; teko
  hinta; unit; 64100000
"""
VALUES = "values: indicator; scenario; period; value\n"
INHABITANTS = "  asukkaat; actual; 2023-06; 20000\n  hinta; target; 2023; 4000\n"
PAGES = {
    "the goal's page": "/kemi/strategia/tavoite/uusi/?period=2023-06",
    "the indicator's page": "/kemi/strategia/mittari/hinta/?period=2023-06",
    "the page of performance figures": "/kemi/strategia/suoritteet/?unit=64100000&period=2023-06",
    "the page of the budget's goals": "/kemi/strategia/talousarviotavoitteet/?year=2023",
}


@pytest.fixture
def town(kemi: Municipality) -> Municipality:
    """Kemi with a cost per inhabitant on goals, an action and a unit, and no inhabitants yet."""
    bring_in(kemi, ROW)
    return kemi


def followed(town: Municipality) -> dict[str, list[str]]:
    """Return the report's cells of the follow-up and of performance figures, by row."""
    wanted = ("strategy:vetovoima:64100000", "performance:64100000")
    return {
        row.id: [cell.shown.replace(NO_BREAK_SPACE, " ") for cell in row.cells]
        for table in compose(town, Period(2023, 6), "en").tables
        if table.id in wanted
        for row in table.rows
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_cost_per_inhabitant_is_read_on(town: Municipality, page: str) -> None:
    client = sign_in("daavid", town)
    assert "1,890" not in text(client, PAGES[page])
    bring_in(town, VALUES + INHABITANTS)
    assert "1,890" in text(client, PAGES[page])


def test_a_cost_per_inhabitant_is_printed_in_the_report(town: Municipality) -> None:
    bring_in(town, VALUES + INHABITANTS)
    found = followed(town)
    assert "Kulut asukasta kohti: €1,890" in found["teko"][4]
    assert "€1,890" in found["hinta"]


def test_the_goals_page_and_the_report_name_what_is_missing(town: Municipality) -> None:
    page = text(sign_in("daavid", town), PAGES["the goal's page"])
    assert "Kulut asukasta kohti no value ! missing Asukkaat" in page
    assert followed(town)["teko"][4] == "Kulut asukasta kohti: missing Asukkaat"


def test_the_rule_counts_with_the_computed_value(town: Municipality) -> None:
    bring_in(town, VALUES + INHABITANTS)
    page = text(sign_in("daavid", town), PAGES["the goal's page"])
    assert "€1,890, the target €4,000 is reached → done" in page


@pytest.mark.parametrize("page", PAGES)
def test_years_of_inhabitants_do_not_make_years_of_questions(town: Municipality, page: str) -> None:
    years = "".join(f"  asukkaat; actual; {year}; 20000\n" for year in range(2010, 2023))
    bring_in(town, VALUES + years + INHABITANTS)
    client = sign_in("daavid", town)
    shelves.empty()
    with CaptureQueriesContext(connection) as first:
        client.get(PAGES[page])
    with CaptureQueriesContext(connection) as again:
        client.get(PAGES[page])
    assert (len(first) <= 30, len(again) <= 15) == (True, True), (len(first), len(again))
