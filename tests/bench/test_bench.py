"""The bench on a small municipality: what it makes, and how it compares."""

from pathlib import Path

import pytest
from bench.lines import Bench, Line
from bench.municipality import Size, write_files
from bench.pages import Load, pages, percentile
from bench.processes import apart
from bench.times import Times, in_turn
from django.conf import LazySettings

from bench import books, works

SMALL = Size(postings=1_000, cost_centers=98, accounts=111)


def line(ratio: float, limit: float | None = None) -> Line:
    plain = Line("plain", Times(cold=9.0, warm=(1.0, 2.0, 4.0)))
    return Line("ours", Times(9.0, (ratio, 2 * ratio, 4 * ratio)), beside=plain, limit=limit)


def test_a_ratio_is_the_median_of_the_warm_rounds() -> None:
    assert line(1.5).ratio == 1.5


def test_a_bench_holds_when_no_limit_is_broken() -> None:
    kept, broken = line(1.5, limit=2.0), line(2.5, limit=2.0)
    assert Bench(SMALL, 1, 3, 0.0, {}, [kept, line(9.0)]).holds
    assert not Bench(SMALL, 1, 3, 0.0, {}, [kept, broken]).holds


def test_works_are_timed_in_turn_and_the_first_round_is_apart() -> None:
    done: list[str] = []
    times = in_turn({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=2)
    assert done == ["a", "b"] * 3
    assert len(times["a"].warm) == 2


def test_work_in_its_own_process_returns_its_result_and_its_peak() -> None:
    result, megabytes = apart(None, len, "abc")
    assert result == 3
    assert 5 < megabytes < 500


@pytest.mark.parametrize(
    ("count", "percent", "place"),
    [(1, 95, 1), (20, 95, 19), (21, 95, 20), (100, 95, 95), (3, 50, 2)],
)
def test_a_percentile_is_the_least_value_that_so_many_are_not_above(
    count: int, percent: int, place: int
) -> None:
    values = [float(number) for number in range(count, 0, -1)]
    assert percentile(values, percent) == place


def test_a_page_holds_when_it_is_quick_and_asks_little() -> None:
    times = {"home": [10.0] * 19 + [500.0], "figure": [10.0] * 18 + [500.0] * 2, "sign-in": [999.0]}
    found = {page.name: page.holds for page in pages(times, {"home": 15}, limit=100)}
    assert found == {"home": True, "figure": False, "sign-in": None}
    assert [page.holds for page in pages({"home": [10.0]}, {"home": 16}, limit=100)] == [False]


def test_a_load_with_a_failure_does_not_hold() -> None:
    quick = pages({"home": [10.0]}, {"home": 9}, limit=100)
    assert Load("Kemi", "SQLite", 20, 60, quick, []).holds
    assert not Load("Kemi", "SQLite", 20, 60, quick, ["home: 500"]).holds


def test_of_many_cost_centres_each_has_its_own_code(tmp_path: Path) -> None:
    write_files(tmp_path, Size(1_000, cost_centers=300, accounts=111))
    lines = (tmp_path / "organization.csv").read_text("utf-8").splitlines()[1:]
    assert len(lines) == len({line.split(";")[0] for line in lines}) == 129 + 300 - 98


def test_cost_centres_and_accounts_cannot_be_fewer_than_the_examples(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="98 codes"):
        write_files(tmp_path, Size(1_000, cost_centers=97))


@pytest.mark.django_db
def test_a_small_municipality_is_made_brought_in_and_asked(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.DATA, settings.LEDGER = tmp_path, tmp_path / "ledger"
    settings.COMPUTED = tmp_path / "computed"
    count = write_files(tmp_path / "files", SMALL)
    books.bring_in_the_rest()
    works.time_imports(rounds=1)
    times = works.time_answers(rounds=1)
    assert count > 10_000  # one a month for every account of every cost centre
    assert all(0 < each.seconds < 60 for each in times.values())
    assert books.statement_totals() == works.grouped_totals()
    assert works.grouped_totals()["all"] != 0
