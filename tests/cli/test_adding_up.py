"""`katsaus import` of what a source has given before: nothing is counted twice without a word."""

from pathlib import Path

import pytest

from cli.conftest import Ended, Katsaus, written

HEAD = "Yksikkö;Tili;Pvm;Summa\n"
JANUARY = HEAD + "11;4000;5.1.2023;-10,00\n"
CORRECTED = HEAD + "11;4000;5.1.2023;-12,00\n"
SALES = HEAD + "10;3300;6.1.2023;2,50\n"
BUDGET = "Yksikkö;Tili;Vuosi;Summa\n11;4000;{year};{amount}\n"
AMENDMENTS = (
    "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä;Toimielin;Pykälä\n"
    "11;Toimintakulut;{year};{amount};27.3.2023;Kaupunginvaltuusto;18\n"
)
FORECASTS = "Yksikkö;Rivi;Vuosi;Summa\n11;Toimintakulut;{year};{amount}\n"


def totals(ended: Ended) -> list[str]:
    """The lines of control totals."""
    lines = [" ".join(line.split()) for line in ended.output.splitlines()]
    first = ("before", "file", "superseded", "after")
    return [line for line in lines if line.startswith(first)]


def test_what_would_be_added_up_is_told_before_and_kept_only_when_told_so(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    corrected = written(folder / "2.csv", CORRECTED)
    ended = small.bring_in("postings", corrected)
    assert (ended.code, len(small.batches())) == (1, 2)
    assert totals(ended) == [
        "before 1 −€10.00",
        "file 1 −€12.00",
        "after, --add 2 −€22.00",
        "after, --replace 1 −€12.00",
    ]
    assert "the source “tiedosto” has given figures of the same time" in ended.errors
    assert "batch 2 (1.csv)" in ended.errors
    assert "Nothing of 2.csv was kept." in ended.errors
    added = small.bring_in("postings", corrected, options=("--add",))
    assert (added.code, totals(added)[-1]) == (0, "after 2 −€22.00")
    assert small.batches()[1:] == [(2, "1.csv", "kept"), (3, "2.csv", "kept")]


def test_what_each_way_doubles_or_drops_is_counted_before_it_is_chosen(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY + "10;3300;6.1.2023;2,50\n"))
    newer = written(folder / "2.csv", SALES + "11;4000;7.1.2023;-1,00\n")
    drops = "1 posting that the file does not have would count no more."
    doubles = "1 posting is in both, and would count twice."
    asked = small.bring_in("postings", newer)
    assert asked.output.splitlines()[-2:] == [f"--add: {doubles}", f"--replace: {drops}"]
    for option, told in (("--add", doubles), ("--replace", drops)):
        tried = small.bring_in("postings", newer, options=(option, "--dry-run"))
        assert [line for line in tried.output.splitlines() if "would" in line] == [told]


def test_of_a_plan_that_cannot_be_replaced_only_what_adding_doubles_is_told(
    small: Katsaus, folder: Path
) -> None:
    budget = BUDGET.format(year=2022, amount=-5) + "11;4000;2023;-5\n"
    small.bring_in("budget", written(folder / "1.csv", budget))
    other = BUDGET.format(year=2023, amount=-6) + "11;4300;2023;-1\n"
    ended = small.bring_in("budget", written(folder / "2.csv", other))
    told = [line for line in ended.output.splitlines() if "would" in line]
    assert told == ["--add: 1 figure is in both, and would count twice."]


def test_what_cannot_be_replaced_is_told_at_once(small: Katsaus, folder: Path) -> None:
    spring = JANUARY + "11;4000;5.3.2023;-1,00\n"
    small.bring_in("postings", written(folder / "kevät.csv", spring))
    ended = small.bring_in("postings", written(folder / "tammi.csv", CORRECTED))
    assert (ended.code, totals(ended)[-1]) == (1, "after, --add 3 −€23.00")
    why = "Batch 2 (kevät.csv) cannot be replaced, for it holds months or years that tammi.csv"
    assert f"both would be added up. {why}" in ended.errors
    assert "--replace" not in ended.errors + ended.output
    assert "Otherwise choose --add" in ended.errors


def test_other_months_and_other_sources_are_added_without_a_question(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    later = written(folder / "2.csv", JANUARY.replace(".1.", ".2."))
    assert small.bring_in("postings", later).code == 0
    sales = written(folder / "3.csv", SALES)
    ended = small.bring_in("postings", sales, options=("--source", "myynti"))
    assert (ended.code, totals(ended)[-1]) == (0, "after 3 −€17.50")
    assert "The file is added up with this batch of the same time: batch 2 (1.csv)." in ended.output
    assert "katsaus undo 4, and bring it in with --replace --source tiedosto" in ended.output


def test_the_files_of_one_command_are_parts_of_a_whole(small: Katsaus, folder: Path) -> None:
    wages, sales = written(folder / "palkat.csv", JANUARY), written(folder / "myynti.csv", SALES)
    ended = small.bring_in("postings", wages, sales)
    assert (ended.code, totals(ended)[-1]) == (0, "after 2 −€7.50")
    again = small.bring_in("postings", wages, sales)
    assert (again.code, again.output.count("is kept already")) == (0, 2)
    written(wages, CORRECTED)
    for given in ((sales, wages), (wages, sales)):
        ended = small.bring_in("postings", *given, options=("--replace",))
        assert ended.code == 0
    kept = [str(name) for _, name, status in small.batches()[1:] if status == "kept"]
    assert sorted(kept) == ["myynti.csv", "palkat.csv"]
    assert small.bring_in("postings", written(wages, JANUARY)).code == 1, "given alone it is asked"


def test_the_same_rows_in_another_form_are_not_asked_of(small: Katsaus, folder: Path) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    other = written(folder / "2.csv", JANUARY.replace("Yksikkö", "Kustannuspaikka"), "utf-16")
    for options in ((), ("--dry-run",)):
        ended = small.bring_in("postings", other, options=options)
        assert (ended.code, "2.csv is kept already, as batch 2." in ended.output) == (0, True)


@pytest.mark.parametrize(
    ("kind", "text"), [("budget", BUDGET), ("amendments", AMENDMENTS), ("forecasts", FORECASTS)]
)
def test_plans_of_the_same_year_and_round_are_asked_of_as_well(
    small: Katsaus, folder: Path, kind: str, text: str
) -> None:
    june = ("--period", "2023-06")
    first = written(folder / "1.csv", text.format(year=2023, amount=-5))
    assert small.bring_in(kind, first, options=june).code == 0
    second = written(folder / "2.csv", text.format(year=2023, amount=-6))
    ended = small.bring_in(kind, second, options=june)
    assert (ended.code, totals(ended)[-2:]) == (
        1,
        ["after, --add 2 −€11.00", "after, --replace 1 −€6.00"],
    )
    if kind == "forecasts":
        assert small.bring_in(kind, second, options=("--period", "2023-09")).code == 0
    else:
        third = written(folder / "3.csv", text.format(year=2022, amount=-7))
        assert small.bring_in(kind, third, options=june).code == 0
    assert small.bring_in(kind, second, options=(*june, "--replace")).code == 0
    statuses = [status for _, _, status in small.batches()[1:]]
    assert statuses == ["superseded", "kept", "kept"]


def test_a_dry_run_tells_what_keeping_tells_and_keeps_nothing(small: Katsaus, folder: Path) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    small.bring_in("postings", written(folder / "0.csv", SALES), options=("--source", "myynti"))
    before = small.batches(), small.parquet_files()
    files = written(folder / "2.csv", CORRECTED), written(folder / "3.csv", JANUARY + "\n")
    tried = small.bring_in("postings", *files, options=("--replace", "--dry-run"))
    assert (tried.code, small.batches(), small.parquet_files()) == (0, *before)
    assert "2.csv can be kept." in tried.output
    assert "these batches of the same time: batch 3 (0.csv), 2.csv." in tried.output
    kept = small.bring_in("postings", *files, options=("--replace",))
    assert totals(tried) == totals(kept)
    assert totals(kept)[2:4] == ["superseded: 1.csv −1 €10.00", "after 2 −€9.50"]


def test_a_dry_run_ends_as_keeping_would(small: Katsaus, folder: Path) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    corrected = written(folder / "2.csv", CORRECTED)
    tried = small.bring_in("postings", corrected, options=("--dry-run",))
    kept = small.bring_in("postings", corrected)
    assert (tried.code, tried.output, tried.errors) == (1, kept.output, kept.errors)


def test_adding_and_replacing_exclude_each_other(small: Katsaus, folder: Path) -> None:
    file = written(folder / "1.csv", JANUARY)
    ended = small.bring_in("postings", file, options=("--add", "--replace"))
    assert (ended.code, "Choose one of the two: --replace or --add." in ended.errors) == (1, True)


def test_a_period_that_begins_is_told_also_of_a_trial(small: Katsaus, folder: Path) -> None:
    said = "A new period begins, 1\N{EN DASH}2/2023; its last month adds up to €2.50"
    first = small.bring_in("postings", written(folder / "1.csv", JANUARY))
    assert "A new period begins" not in first.output
    february = written(folder / "2.csv", SALES.replace("6.1.", "6.2."))
    for options in (("--dry-run",), ()):
        ended = small.bring_in("postings", february, options=options)
        assert said in " ".join(ended.output.split())


def test_published_reports_that_change_are_named_also_of_a_trial_and_an_undoing(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    small("publish", "--municipality", "kemi", "--period", "2023-01")
    said = "Published reports change too: 1/2023."
    for text, is_told in ((SALES, True), (SALES.replace("6.1.", "6.2."), False)):
        file = written(folder / f"{is_told}.csv", text)
        for options in (("--add", "--dry-run"), ("--add",)):
            assert (said in small.bring_in("postings", file, options=options).output) is is_told
    assert said in small("undo", "3").output
    assert said not in small("undo", "4").output


def test_the_totals_of_a_trial_are_of_the_files_years(small: Katsaus, folder: Path) -> None:
    both = JANUARY + "11;4000;5.1.2022;-4,00\n"
    files = written(folder / "1.csv", both), written(folder / "2.csv", SALES)
    tried = small.bring_in("postings", *files, options=("--dry-run",))
    kept = small.bring_in("postings", *files)
    assert totals(tried) == totals(kept)
    assert totals(kept)[2:] == [
        "after 2 −€14.00",
        "before 1 −€10.00",
        "file 1 €2.50",
        "after 2 −€7.50",
    ]


def test_each_source_that_the_file_is_added_up_with_has_its_own_advice(
    small: Katsaus, folder: Path
) -> None:
    for number, source in ((1, "tiedosto"), (2, "palkat ja palkkiot")):
        line = JANUARY.replace("-10,00", f"-{number},00")
        file = written(folder / f"{number}.csv", line)
        small.bring_in("postings", file, options=("--source", source))
    more = SALES.replace("2,50", "7,50")
    files = written(folder / "3.csv", SALES), written(folder / "4.csv", more)
    ended = small.bring_in("postings", *files, options=("--source", "myynti"))
    advice = [line for line in ended.output.splitlines() if line.startswith("If the file")]
    assert [line.split("katsaus ")[1] for line in advice] == [
        f"undo {number}, and bring it in with --replace --source {word}."
        for number in (4, 5)
        for word in ("tiedosto", "'palkat ja palkkiot'")
    ], "not of the file that was given with it"
    told = small.bring_in("postings", written(folder / "5.csv", CORRECTED), options=("--add",))
    assert told.output.count("--source") == 3


def test_parts_of_kept_rows_are_told_when_they_are_added_up(small: Katsaus, folder: Path) -> None:
    small.bring_in(
        "budget", written(folder / "1.csv", "Yksikkö;Rivi;Vuosi;Summa\n11;Toimintakulut;2023;-9\n")
    )
    parts = written(folder / "2.csv", BUDGET.format(year=2023, amount=-4))
    told = "1 figure of the file is a part of one kept from another file: they are added up."
    asked = small.bring_in("budget", parts)
    assert (asked.code, f"--add: {told}" in asked.output) == (1, True)
    for options in (("--add", "--dry-run"), ("--source", "muu", "--dry-run"), ("--add",)):
        ended = small.bring_in("budget", parts, options=options)
        assert (ended.code, told in ended.output) == (0, True)
    assert "1.csv has 11 Operating expenses, −€9.00." in ended.output
