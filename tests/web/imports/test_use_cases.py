"""Batches as a person handles them: kept once, superseded where they can see it, taken back."""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from installations import environment, prepare
from katsaus.core.periods import Period
from katsaus.core.results import CellKey
from katsaus.ledger.importers import Kind
from katsaus.ledger.problems import ProblemCode
from katsaus.web.finance.queries import Books
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.models import Batch, Status
from katsaus.web.planning.models import Decision, PlanFigure, PlanSet
from web.imports.small_town import AMENDMENTS, BUDGET, FORECASTS, JUNE, POSTINGS, Town

JANUARY = "11;4000;5.1.2023;-10,00;V1;Päivärahoja"
FEBRUARY = "12;3300;28.2.2023;3,25;V2;Määrärahoja"
BOTH = f"{POSTINGS}{JANUARY}\n{FEBRUARY}\n"


@pytest.fixture
def town(db: None, settings: Settings, tmp_path: Path) -> Town:
    settings.LEDGER = tmp_path / "ledger"
    return Town.found("tornio", tmp_path)


def entries_of(town: Town, key: CellKey) -> int:
    books = Books(town.owner, JUNE)
    return books.entries(books.question("operating"), key).count


def test_the_same_file_twice_is_one_batch(town: Town) -> None:
    first, is_new = town.bring_in(Kind.POSTINGS, BOTH)
    again, is_new_again = town.bring_in(Kind.POSTINGS, BOTH, name="renamed.csv")
    assert (first, is_new, is_new_again) == (again, True, False)
    assert town.value("actual_2023_06") == Decimal("-6.75")


@pytest.mark.parametrize(
    "content",
    [
        BOTH.encode("windows-1252"),
        BOTH.encode("utf-8-sig"),
        BOTH.encode("utf-16"),
        BOTH.replace("\n", "\r\n").encode(),
        BOTH.replace(",", ".").replace(";", ",").encode(),
        BOTH.replace(";", "\t").encode(),
        BOTH.replace("5.1.2023", "2023-01-05").replace("28.2.2023", "2023-02-28").encode(),
        BOTH.replace("-10,00", "10,00-").encode(),
        "\n".join(";".join(line.split(";")[::-1]) for line in BOTH.splitlines()).encode(),
    ],
    ids=[
        "windows-1252",
        "byte order mark",
        "utf-16",
        "CRLF",
        "commas",
        "tabs",
        "dates",
        "trailing minus",
        "columns turned",
    ],
)
def test_the_same_content_in_another_form_is_one_batch(town: Town, content: bytes) -> None:
    first, _ = town.bring_in(Kind.POSTINGS, BOTH)
    again, is_new = town.bring_in(Kind.POSTINGS, content, name="other.csv")
    assert (again, is_new) == (first, False)
    assert town.value("actual_2023_06") == Decimal("-6.75")


def test_a_cent_more_is_another_batch(town: Town) -> None:
    first, _ = town.bring_in(Kind.POSTINGS, BOTH)
    other, is_new = town.bring_in(Kind.POSTINGS, BOTH.replace("3,25", "3,26"))
    assert is_new
    assert other != first


def test_a_unit_with_postings_of_its_own_has_them_and_those_under_it(town: Town) -> None:
    town.post("10;4000;1.1.2023;-1,00;;", "11;4000;1.1.2023;-2,00;;", "20;4000;1.1.2023;-4,00;;")
    found = {unit: town.value("actual_2023_06", unit) for unit in ("1", "10", "11", "12", "20")}
    assert found == {
        "1": Decimal("-7.00"),
        "10": Decimal("-3.00"),
        "11": Decimal("-2.00"),
        "12": None,
        "20": Decimal("-4.00"),
    }


def test_a_correction_supersedes_visibly_and_undoing_it_restores(town: Town) -> None:
    old = town.post(JANUARY)
    before = town.amounts()
    new = town.post("11;4000;5.1.2023;-12,00;V1;Oikaistu", replaces=True)
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == (Status.SUPERSEDED, new)
    assert town.value("actual_2023_06") == Decimal("-12.00")
    assert use_cases.undo(batch=new) == [old]
    assert town.amounts() == before
    assert town.statuses() == [(old.pk, Status.KEPT), (new.pk, Status.UNDONE)]


def test_a_correction_leaves_other_months_and_other_sources_alone(town: Town) -> None:
    town.post(JANUARY)
    town.post(FEBRUARY)
    town.bring_in(Kind.POSTINGS, POSTINGS + "20;4000;6.1.2023;-1;;\n", source="palkat")
    town.post("11;4000;7.1.2023;-100,00;;", replaces=True)
    assert town.value("actual_2023_06") == Decimal("-97.75")


def test_without_being_told_to_replace_a_second_file_adds(town: Town) -> None:
    town.post(JANUARY)
    town.post("11;4000;5.1.2023;-12,00;;")
    assert town.value("actual_2023_06") == Decimal("-22.00")


def test_an_undone_file_can_be_brought_in_again(town: Town) -> None:
    first = town.post(JANUARY)
    use_cases.undo(batch=first)
    assert town.value("actual_2023_06") is None
    again = town.post(JANUARY)
    assert again != first
    assert town.value("actual_2023_06") == Decimal("-10.00")


def test_a_file_that_covers_an_older_one_partly_changes_nothing(town: Town) -> None:
    old = town.post(JANUARY, FEBRUARY)
    before = town.amounts(), town.statuses()
    with pytest.raises(use_cases.PartlyReplacedError) as refused:
        town.post("11;4000;9.1.2023;-1,00;;", replaces=True)
    assert refused.value.batch == old
    assert (town.amounts(), town.statuses()) == before


BLOCKED = {
    ProblemCode.UNKNOWN_UNIT: "99;4000;5.1.2023;-10,00;;",
    ProblemCode.UNKNOWN_ACCOUNT: "11;9999999;5.1.2023;-10,00;;",
    ProblemCode.BAD_AMOUNT: "11;4000;5.1.2023;kymppi;;",
    ProblemCode.BAD_DATE: "11;4000;31.2.2023;-10,00;;",
    ProblemCode.TOO_PRECISE_AMOUNT: "11;4000;5.1.2023;-10,005;;",
}


@pytest.mark.parametrize("code", BLOCKED)
def test_a_blocked_file_keeps_nothing_in_the_database_or_the_folder(
    town: Town, code: ProblemCode
) -> None:
    town.post(FEBRUARY)
    before = town.amounts(), town.statuses(), town.files()
    content = f"{POSTINGS}{JANUARY}\n{BLOCKED[code]}\n"
    [problem] = [each for each in town.reading(Kind.POSTINGS, content).problems if each.is_blocking]
    assert (problem.code, problem.row) == (code, 3)
    with pytest.raises(use_cases.BlockedError):
        town.bring_in(Kind.POSTINGS, content)
    assert (town.amounts(), town.statuses(), town.files()) == before


def test_unknown_units_are_told_once_with_their_rows_and_sum(town: Town) -> None:
    content = POSTINGS + "99;4000;1.1.2023;-1,00;;\n" * 2 + "98;4000;1.1.2023;-0,50;;\n"
    problems = town.reading(Kind.POSTINGS, content).problems
    told = sorted((each.value or "", each.count, each.cents) for each in problems)
    assert told == [("98", 1, -50), ("99", 2, -200)]


def test_a_blocked_budget_keeps_nothing(town: Town) -> None:
    with pytest.raises(use_cases.BlockedError):
        town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2023;-5\n11;;olematon rivi;2023;-5\n")
    assert not PlanSet.objects.filter(municipality=town.owner).exists()
    assert town.value("budget_2023") is None


def test_a_budget_stands_on_accounts_and_rows_and_is_counted_once(town: Town) -> None:
    content = BUDGET + "11;4000;;2023;-5\n10;;Toimintakulut;2023;-7,50\n"
    first, _ = town.bring_in(Kind.BUDGET, content)
    assert town.bring_in(Kind.BUDGET, content) == (first, False)
    assert town.value("budget_2023") == Decimal("-12.50")
    assert town.value("budget_2023", "11") == Decimal("-5.00")


def test_the_same_budget_in_another_form_is_counted_once(town: Town) -> None:
    content = BUDGET + "11;4000;;2023;-5\n10;;Toimintakulut;2023;-7,50\n"
    first, _ = town.bring_in(Kind.BUDGET, content)
    again, is_new = town.bring_in(Kind.BUDGET, content.encode("windows-1252"), name="ansi.csv")
    assert (again, is_new) == (first, False)
    assert town.value("budget_2023") == Decimal("-12.50")


def test_a_new_budget_supersedes_the_years_old_one_and_undo_restores_it(town: Town) -> None:
    old, _ = town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2023;-5\n")
    other_year, _ = town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2022;-3\n")
    new, _ = town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2023;-6\n", replaces=True)
    assert town.value("budget_2023") == Decimal("-6.00")
    assert use_cases.undo(batch=new) == [old]
    assert town.value("budget_2023") == Decimal("-5.00")
    assert town.value_in(Period(2022, 12), "budget_2022") == Decimal("-3.00")
    assert town.statuses() == [
        (old.pk, Status.KEPT),
        (other_year.pk, Status.KEPT),
        (new.pk, Status.UNDONE),
    ]


def test_an_amendment_counts_from_the_end_of_the_month_it_was_decided_in(town: Town) -> None:
    town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2023;-100\n")
    town.bring_in(
        Kind.AMENDMENTS,
        AMENDMENTS
        + "11;4000;2023;-1;Valtuusto;31.3.2023;12\n"
        + "11;4000;2023;-2;Valtuusto;30.6.2023;40\n"
        + "11;4000;2023;-4;Valtuusto;1.7.2023;41\n",
    )
    found = [
        town.value_in(Period(2023, month), "amended_budget_2023") for month in (2, 3, 5, 6, 12)
    ]
    assert found == [-100, -101, -101, -103, -107]
    assert town.value("budget_2023") == -100


def test_a_decision_is_saved_once_though_two_files_name_it(town: Town) -> None:
    line = "11;4000;2023;{};Valtuusto;31.3.2023;12\n"
    for amount in ("-1", "-2"):
        town.bring_in(Kind.AMENDMENTS, AMENDMENTS + line.format(amount))
    assert Decision.objects.filter(municipality=town.owner).count() == 1
    assert town.value("amended_budget_2023") == -3


def forecast(amount: str) -> str:
    return f"{FORECASTS}11;Toimintakulut;2023;{amount};1.4.2023;johtaja;syy {amount}\n"


def test_a_period_has_the_latest_forecast_given_by_then(town: Town) -> None:
    town.bring_in(Kind.FORECASTS, forecast("-30"), period="2023-03")
    town.bring_in(Kind.FORECASTS, forecast("-60"), period="2023-06")
    town.bring_in(Kind.FORECASTS, forecast("-90"), period="2023-09")
    found = [town.value_in(Period(2023, month), "forecast_2023") for month in (2, 3, 5, 6, 8, 12)]
    assert found == [None, -30, -30, -60, -60, -90]


def test_a_round_forecast_again_supersedes_its_own_round_only(town: Town) -> None:
    march, _ = town.bring_in(Kind.FORECASTS, forecast("-30"), period="2023-03")
    june, _ = town.bring_in(Kind.FORECASTS, forecast("-60"), period="2023-06")
    again, _ = town.bring_in(Kind.FORECASTS, forecast("-61"), period="2023-06", replaces=True)
    assert town.statuses() == [
        (march.pk, Status.KEPT),
        (june.pk, Status.SUPERSEDED),
        (again.pk, Status.KEPT),
    ]
    assert town.value("forecast_2023") == -61
    use_cases.undo(batch=again)
    assert town.value("forecast_2023") == -60


def test_a_forecast_of_last_years_round_is_not_this_years(town: Town) -> None:
    town.bring_in(Kind.FORECASTS, forecast("-30"), period="2022-12")
    assert town.value("forecast_2023") is None


def test_the_same_forecast_given_again_in_a_later_round_is_of_that_round(town: Town) -> None:
    town.bring_in(Kind.FORECASTS, forecast("-30"), period="2023-03")
    town.bring_in(Kind.FORECASTS, forecast("-60"), period="2023-06")
    _, is_new = town.bring_in(Kind.FORECASTS, forecast("-30"), period="2023-09")
    assert is_new
    assert town.value_in(Period(2023, 9), "forecast_2023") == -30


def test_units_and_accounts_are_not_undone(town: Town) -> None:
    batch, _ = town.bring_in(Kind.ORGANIZATION, "Koodi;Nimi;Taso;Ylempi\n30;Uusi;toimiala;1\n")
    with pytest.raises(use_cases.CannotUndoError):
        use_cases.undo(batch=batch)
    assert town.owner.units.filter(code="30").exists()


def test_what_counts_no_more_is_not_undone_twice(town: Town) -> None:
    batch = town.post(JANUARY)
    use_cases.undo(batch=batch)
    with pytest.raises(use_cases.CannotUndoError):
        use_cases.undo(batch=batch)


def test_a_superseded_file_brought_in_again_would_count_twice_if_undone(town: Town) -> None:
    town.post(JANUARY)
    correction = town.post("11;4000;5.1.2023;-12,00;;", replaces=True)
    town.post(JANUARY)
    before = town.amounts(), town.statuses()
    with pytest.raises(use_cases.CannotUndoError):
        use_cases.undo(batch=correction)
    assert (town.amounts(), town.statuses()) == before


def test_nor_does_its_content_in_another_form_count_twice(town: Town) -> None:
    town.bring_in(Kind.POSTINGS, BOTH)
    correction = town.post(JANUARY.replace("10,00", "12,00"), FEBRUARY, replaces=True)
    town.bring_in(Kind.POSTINGS, BOTH.encode("windows-1252"))
    before = queries.sums(town.owner, Kind.POSTINGS)
    with pytest.raises(use_cases.CannotUndoError):
        use_cases.undo(batch=correction)
    assert queries.sums(town.owner, Kind.POSTINGS) == before


def test_two_municipalities_never_see_each_others_figures(town: Town) -> None:
    other = Town.found("kajaani", town.folder)
    mine = town.post(JANUARY)
    town.bring_in(Kind.BUDGET, BUDGET + "11;4000;;2023;-5\n")
    town.bring_in(Kind.FORECASTS, forecast("-30"), period="2023-06")
    assert other.amounts() == {}
    theirs = other.post(JANUARY)  # the same file is a batch of its own here
    assert theirs != mine
    assert queries.store(town.owner).folder != queries.store(other.owner).folder
    other.post("11;4000;6.1.2023;-70,00;;")
    assert town.value("actual_2023_06") == Decimal("-10.00")
    assert other.value("actual_2023_06") == Decimal("-80.00")
    assert other.value("budget_2023") is None
    assert other.value("forecast_2023") is None
    key = CellKey("1", "operating_margin", "actual_2023_06")
    assert entries_of(town, key) == 1
    assert entries_of(other, key) == 2
    use_cases.undo(batch=theirs)
    assert town.value("actual_2023_06") == Decimal("-10.00")
    assert PlanFigure.objects.filter(plan_set__municipality=other.owner).count() == 0


def test_the_control_totals_are_what_the_batches_that_count_hold(town: Town) -> None:
    town.post(JANUARY, FEBRUARY)
    wrong = town.post("20;4000;1.3.2023;-1,00;;")
    assert queries.sums(town.owner, Kind.POSTINGS) == queries.Kept(3, -775)
    use_cases.undo(batch=wrong)
    assert queries.sums(town.owner, Kind.POSTINGS) == queries.Kept(2, -675)
    assert Batch.objects.filter(municipality=town.owner).count() == 2


def test_several_processes_at_once_keep_each_file_once(tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    ended = subprocess.run(
        [sys.executable, Path(__file__).with_name("imports_at_once.py"), tmp_path],
        env=environment(tmp_path / "data", PYTHONPATH=python_path()),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["done"]


def python_path() -> str:
    return os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
