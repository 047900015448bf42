"""Bringing files in: once or many times, in any order and form, the books say the same."""

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from katsaus.core.figures import Cents, euros
from katsaus.ledger.importers import Kind
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.models import Batch
from web.imports.small_town import UNITS, Town

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HEADERS = ("Yksikkö", "Tili", "Pvm", "Summa", "Tosite", "Selite")


@dataclass(frozen=True)
class Line:
    """One posting of a file."""

    unit: str
    account: str
    day: int
    cents: Cents
    text: str

    def fields(self, month: int, decimal: str) -> list[str]:
        on = date(2023, month, 1) + timedelta(self.day)
        whole, rest = divmod(abs(self.cents), 100)
        amount = f"{'-' if self.cents < 0 else ''}{whole}{decimal}{rest:02}"
        return [self.unit, self.account, on.isoformat(), amount, "V1", self.text]


@dataclass(frozen=True)
class Form:
    """How a file is written; what it says is the same in every form."""

    encoding: str
    delimiter: str
    decimal: str
    line_end: str
    order: tuple[int, ...]

    def write(self, month: int, lines: list[Line]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end)
        for row in [list(HEADERS), *(line.fields(month, self.decimal) for line in lines)]:
            writer.writerow([row[place] for place in self.order])
        return text.getvalue().encode(self.encoding)


LINE = st.builds(
    Line,
    st.sampled_from([*UNITS]),
    st.sampled_from(["3005", "3300", "4000", "4300"]),
    st.integers(0, 27),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["", "Määräraha", "Vuokra; tammikuu", 'Ns. "muu"']),
)
# A month's file each: no month is in two of them.
MONTHS = st.dictionaries(
    st.integers(1, 6), st.lists(LINE, min_size=1, max_size=5), min_size=1, max_size=4
)
FORM = st.builds(
    Form,
    st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]),
    st.sampled_from([";", "\t", "|"]),
    st.sampled_from([",", "."]),
    st.sampled_from(["\n", "\r\n"]),
    st.permutations(range(len(HEADERS))).map(tuple),
)
PLAIN = Form("utf-8", ";", ",", "\n", tuple(range(len(HEADERS))))


@contextmanager
def a_town() -> Iterator[Town]:
    """A town of one example; all that is done to it is rolled back."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        yield Town.found("tornio", Path(folder))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def ledger(settings: Settings, tmp_path: Path) -> None:
    settings.LEDGER = tmp_path / "ledger"


@FEW
@given(MONTHS, st.data())
def test_files_in_any_order_and_some_of_them_twice_say_the_same(
    months: dict[int, list[Line]], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from([*months]), max_size=3))
    order = data.draw(st.permutations([*months, *again]))
    with a_town() as town:
        for month in sorted(months):
            town.bring_in(Kind.POSTINGS, PLAIN.write(month, months[month]))
        expected = town.amounts()
    with a_town() as town:
        for month in order:
            town.bring_in(Kind.POSTINGS, PLAIN.write(month, months[month]))
        assert town.amounts() == expected
        assert Batch.objects.filter(municipality=town.owner).count() == len(months)
        booked = [line.cents for lines in months.values() for line in lines]
        assert queries.sums(town.owner, Kind.POSTINGS) == queries.Kept(len(booked), sum(booked))
        assert town.value("actual_2023_06") == euros(sum(booked))


@FEW
@given(st.integers(1, 6), st.lists(LINE, min_size=1, max_size=6), FORM)
def test_the_same_rows_in_any_form_are_the_same_batch(
    month: int, lines: list[Line], form: Form
) -> None:
    with a_town() as town:
        first, _ = town.bring_in(Kind.POSTINGS, PLAIN.write(month, lines))
        expected = town.amounts()
        again, is_new = town.bring_in(Kind.POSTINGS, form.write(month, lines))
        assert (again, is_new) == (first, False)
        assert town.amounts() == expected


@FEW
@given(MONTHS, st.data())
def test_taking_back_a_correction_restores_every_figure(
    months: dict[int, list[Line]], data: st.DataObject
) -> None:
    corrected = data.draw(st.sampled_from([*months]))
    lines = data.draw(st.lists(LINE, min_size=1, max_size=5))
    with a_town() as town:
        for month in months:
            town.bring_in(Kind.POSTINGS, PLAIN.write(month, months[month]))
        before = town.amounts()
        new, is_new = town.bring_in(
            Kind.POSTINGS, PLAIN.write(corrected, lines), replaces=True, name="correction.csv"
        )
        others = [line.cents for month in months if month != corrected for line in months[month]]
        assert town.value("actual_2023_06") == euros(sum(others) + sum(x.cents for x in lines))
        if is_new:
            assert len(use_cases.undo(batch=new)) == 1
            assert town.amounts() == before
        else:
            assert months[corrected] == lines
