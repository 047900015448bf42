"""What Kemi's deviations are made of, held against the report that says so."""

from decimal import Decimal

import pytest

from examples.strategy_files import SEED, lines_of

DERIVED = 384_000  # what the rest of employment services must save: see the README
ITEMS = [(each["unit"], Decimal(each["euros"])) for each in lines_of("kemi", "explanations")]


def of(*units: str) -> Decimal:
    return sum((euros for unit, euros in ITEMS if unit.startswith(units)), Decimal(0))


def test_the_sums_that_the_report_tells_come_out() -> None:
    assert of("642") == -30_000
    assert of("643") == -712_000
    assert of("645") == -170_000
    assert len(ITEMS) == 15


@pytest.mark.skipif(not SEED.exists(), reason="the report is not here")
def test_every_sum_is_in_the_report() -> None:
    text = SEED.read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    told = {abs(int(euros)) for _, euros in ITEMS} - {DERIVED}
    assert [each for each in told if f"{each:,}".replace(",", " ") not in text] == []
