"""Example postings: their sums are exact, their months plausible, their bytes always the same."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from katsaus.cli.synthesis import synthesize

KEMI = Path(__file__).parents[2] / "examples" / "kemi"
MONTHS = ";".join(str(month) for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Posting:
    unit: str
    account: str
    on: date
    cents: int
    is_internal: bool
    voucher: str
    text: str


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def read(path: Path) -> list[Posting]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Posting(
                line["Yksikkö"],
                line["Tili"],
                datetime.strptime(line["Tositepäivä"], "%d.%m.%Y").date(),  # noqa: DTZ007 - a day
                cents(line["Summa"]),
                line["Sisäinen"] == "kyllä",
                line["Tosite"],
                line["Selite"],
            )
            for line in csv.DictReader(file, delimiter=";")
        ]


def expected(name: str) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    with (KEMI / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter=";"):
            sums[line["Yksikkö"], line["Tili"]] += cents(line["Summa"])
    return dict(sums)


def booked(postings: list[Posting]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for posting in postings:
        sums[posting.unit, posting.account] += posting.cents
    return dict(sums)


def by_month(postings: list[Posting], account: str) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for posting in postings:
        if posting.account == account:
            sums[posting.on.month] += abs(posting.cents)
    return dict(sums)


def made(folder: Path, year: int, scale: int = 1) -> list[Posting]:
    target = folder / f"{year}-{scale}.csv"
    count = synthesize(KEMI, year, target, scale=scale)
    postings = read(target)
    assert len(postings) == count
    return postings


@pytest.fixture(scope="module")
def prior(tmp_path_factory: pytest.TempPathFactory) -> list[Posting]:
    return made(tmp_path_factory.mktemp("prior"), 2022)


@pytest.fixture(scope="module")
def actual(tmp_path_factory: pytest.TempPathFactory) -> list[Posting]:
    return made(tmp_path_factory.mktemp("actual"), 2023)


def small(folder: Path, line: str, profile: str = "100;" * 11 + "100") -> Path:
    """A folder with one total, such as 64110100;4500;2023;-100,00;ei;profiili;30;Kynät."""
    heads = "Yksikkö;Tili;Vuosi;Summa;Sisäinen;Profiili;Vientejä;Selite"
    (folder / "actuals-2023-06.csv").write_text(f"{heads}\n{line}\n", encoding="utf-8")
    profiles = f"Profiili;{MONTHS}\nprofiili;{profile}\n"
    (folder / "profiles.csv").write_text(profiles, encoding="utf-8")
    return folder


def test_every_cost_centre_and_account_sums_to_its_total(
    prior: list[Posting], actual: list[Posting]
) -> None:
    assert booked(prior) == expected("actuals-2022.csv")
    assert booked(actual) == expected("actuals-2023-06.csv")


def test_a_year_has_about_60_000_postings_and_a_half_about_30_000(
    prior: list[Posting], actual: list[Posting]
) -> None:
    assert len(prior) == pytest.approx(60_000, rel=0.05)
    assert len(actual) == pytest.approx(30_000, rel=0.05)


def test_three_times_the_postings_have_the_same_sums(tmp_path: Path, actual: list[Posting]) -> None:
    larger = made(tmp_path, 2023, scale=3)
    assert len(larger) == pytest.approx(3 * len(actual), rel=0.001)
    assert booked(larger) == booked(actual)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_same_totals_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    synthesize(KEMI, 2023, first)
    synthesize(KEMI, 2023, second)
    assert first.read_bytes() == second.read_bytes()


def test_parquet_holds_the_same_postings_with_types(tmp_path: Path, actual: list[Posting]) -> None:
    target = tmp_path / "p.parquet"
    synthesize(KEMI, 2023, target)
    rows = duckdb.read_parquet(str(target)).fetchall()
    assert [
        Posting(unit, account, on, int(amount * 100), is_internal, voucher, text)
        for unit, account, on, amount, is_internal, voucher, text in rows
    ] == actual


def test_no_posting_is_zero(prior: list[Posting], actual: list[Posting]) -> None:
    assert all(posting.cents for posting in prior + actual)


def test_internal_postings_net_to_zero(prior: list[Posting], actual: list[Posting]) -> None:
    for postings in (prior, actual):
        inner = [posting.cents for posting in postings if posting.is_internal]
        assert inner
        assert sum(inner) == 0


def test_dates_are_working_days_of_the_period(prior: list[Posting], actual: list[Posting]) -> None:
    assert {posting.on.month for posting in prior} == set(range(1, 13))
    assert {posting.on.month for posting in actual} == set(range(1, 7))
    assert {posting.on.year for posting in prior} == {2022}
    assert all(posting.on.isoweekday() <= 5 for posting in prior + actual)


def test_postings_run_from_month_to_month(prior: list[Posting]) -> None:
    months = [posting.on.month for posting in prior]
    assert months == sorted(months)


def test_a_voucher_is_of_one_unit_and_day_and_some_span_rows(prior: list[Posting]) -> None:
    days: dict[str, set[tuple[str, str, date]]] = defaultdict(set)
    for posting in prior:
        days[posting.voucher].add((posting.unit, posting.account, posting.on))
    assert all(len(found) == 1 for found in days.values())
    assert len(days) < len(prior)


def test_pay_comes_once_a_month_in_several_rows(actual: list[Posting]) -> None:
    pay = [p for p in actual if (p.unit, p.account) == ("64322200", "400010")]
    assert len({posting.on for posting in pay}) == 6
    assert min(Counter(posting.on for posting in pay).values()) > 1


def test_holiday_pay_is_paid_in_june(prior: list[Posting], actual: list[Posting]) -> None:
    assert by_month(prior, "400040").get(5, 0) == 0
    assert by_month(prior, "400040")[6] > 9 * by_month(prior, "400040")[7]
    assert set(by_month(actual, "400040")) == {6}


def test_snow_is_cleared_in_winter(prior: list[Posting]) -> None:
    snow = by_month(prior, "439010")
    assert set(snow) == {1, 2, 3, 4, 5, 10, 11, 12}
    assert snow[1] > 10 * snow[5]


def test_taxes_come_every_month_and_about_evenly(prior: list[Posting]) -> None:
    taxes = by_month(prior, "5000")
    assert set(taxes) == set(range(1, 13))
    assert max(taxes.values()) < 1.2 * min(taxes.values())


def test_heating_follows_the_cold(prior: list[Posting]) -> None:
    heating = by_month(prior, "456810")
    assert heating[1] > 5 * heating[7]


def test_july_rents_of_2023_are_booked_in_june(actual: list[Posting]) -> None:
    july = [p for p in actual if "Sisäinen vuokra, heinäkuu" in p.text]
    assert {posting.on.month for posting in july} == {6}
    assert sum(p.cents for p in july if p.unit.startswith("643")) == -65_000_000


def test_a_few_postings_are_small_corrections_of_the_opposite_sign(prior: list[Posting]) -> None:
    corrections = [p for p in prior if p.account == "400010" and p.cents > 0]
    assert corrections
    assert all(posting.text.startswith("Oikaisu: ") for posting in corrections)
    assert len(corrections) < len(prior) / 50


def test_more_postings_than_cents_cancel_in_pairs_and_keep_the_sum(tmp_path: Path) -> None:
    folder = small(tmp_path, "64110100;4500;2023;-0,07;ei;profiili;6;Kynät")
    synthesize(folder, 2023, tmp_path / "p.csv", scale=101)
    found = [posting.cents for posting in read(tmp_path / "p.csv")]
    assert sum(found) == -7
    assert len(found) == 6 * 100
    assert 0 not in found


def test_months_share_a_total_by_largest_remainder(tmp_path: Path) -> None:
    profile = "1;1;1;0;0;0;9;9;9;9;9;9"
    folder = small(tmp_path, "64110100;4500;2023;-1,00;ei;profiili;3;Kynät", profile)
    synthesize(folder, 2023, tmp_path / "p.csv")
    assert by_month(read(tmp_path / "p.csv"), "4500") == {1: 34, 2: 33, 3: 33}


def test_a_total_with_no_month_to_fall_in_is_refused(tmp_path: Path) -> None:
    profile = "0;0;0;0;0;0;1;1;1;1;1;1"
    folder = small(tmp_path, "64110100;4500;2023;-1,00;ei;profiili;3;Kynät", profile)
    with pytest.raises(ValueError, match="64110100 4500 has no month"):
        synthesize(folder, 2023, tmp_path / "p.csv")


def test_a_year_without_totals_a_strange_suffix_and_scale_zero_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="actuals-2019"):
        synthesize(KEMI, 2019, tmp_path / "p.csv")
    with pytest.raises(ValueError, match=r"p\.xlsx"):
        synthesize(KEMI, 2023, tmp_path / "p.xlsx")
    with pytest.raises(ValueError, match="scale 0"):
        synthesize(KEMI, 2023, tmp_path / "p.csv", scale=0)
