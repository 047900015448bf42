"""The next term of a strategy: its codes, who answers in it, and which schedules have passed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katsaus.core.names import Names
from katsaus.core.programmes import circle
from katsaus.core.schedules import Schedule
from katsaus.core.terms import Lives, Term, continued_code, renewed

TERM = Term("uusi", Names("Uusi"), 2024, 2027)
# 10 goes on; 20 became 21 in 2023, which became 22 in 2025; 30 became 31 and 32; 40 ended.
LIVES = Lives(
    {"10": None, "20": 2022, "21": 2024, "22": None, "30": 2023, "31": None, "32": None, "40": 2023}
    | {"50": 2020, "51": 2021},
    {"20": ["21"], "21": ["22"], "30": ["31", "32"], "50": ["51"], "51": ["50"]},
)


@pytest.mark.parametrize(
    ("unit", "year", "heir"),
    [
        ("10", 2027, "10"),
        ("", 2027, ""),
        ("20", 2022, "20"),
        ("20", 2024, "21"),
        ("20", 2027, "22"),
        ("30", 2023, "30"),
        ("30", 2024, None),
        ("40", 2024, None),
        ("50", 2024, None),
    ],
)
def test_who_answers_for_a_unit_in_a_year(unit: str, year: int, heir: str | None) -> None:
    assert LIVES.heir(unit, year) == heir


@pytest.mark.parametrize(
    ("schedule", "is_past"),
    [
        ("", False),
        ("continuous", False),
        ("months:2,3", False),
        ("2023-", False),
        ("2021-2023", True),
        ("2022-2024", False),
        ("2023-12-31", True),
        ("2024-01-01", False),
        ("2023-01-01/2023-08-31", True),
    ],
)
def test_a_schedule_has_passed_when_it_ends_before_the_term(schedule: str, is_past: bool) -> None:
    assert TERM.is_past(Schedule.parse(schedule)) is is_past


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Toimenpideohjelma 2021–2023", "Toimenpideohjelma 2024–2027"),
        ("kemijarvi_2021_2023", "kemijarvi_2024_2027"),
        ("Visio 2030, ohjelma 12021", "Visio 2030, ohjelma 12021"),
    ],
)
def test_a_name_is_renewed_by_its_years(text: str, found: str) -> None:
    assert renewed(text, (2021, 2023), (2024, 2027)) == found


def test_a_code_ends_with_the_year_that_the_term_begins_in() -> None:
    assert continued_code("talous", 2021, TERM, ()) == "talous_2024"
    assert continued_code("talous_2021", 2021, TERM, ()) == "talous_2024"
    assert continued_code("talous", None, TERM, {"talous_2024"}) == "talous_2024_2"


@given(st.lists(st.from_regex(r"[a-z_]{1,3}(_2021|_2024)?|[a-z]{77,80}", fullmatch=True)))
def test_codes_are_new_and_no_longer_than_a_code_may_be(codes: list[str]) -> None:
    taken = set(codes)
    for code in codes:
        found = continued_code(code, 2021, TERM, taken)
        assert found not in taken
        assert re.fullmatch(r"[\w.-]{1,80}", found)
        taken.add(found)


def test_a_long_chain_is_walked_to_its_end() -> None:
    chain = {str(number): [str(number + 1)] for number in range(5000)}
    assert circle(chain) == ()
    assert len(circle(chain | {"5000": ["0"]})) == 5002
