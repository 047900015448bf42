"""`katsaus batches` and `undo`, and `import --replace`: corrections that delete nothing."""

from pathlib import Path

import pytest

from cli.conftest import Katsaus, written

JANUARY = "Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;-10,00\n"
CORRECTED = "Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;-12,00\n"
SPRING = "Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;-10,00\n11;4000;5.3.2023;-1,00\n"


def actual(command: Katsaus) -> str:
    """The whole municipality's expenses from January to March, as the command tells them."""
    words = ("drill", "--municipality", "kemi", "--period", "2023-03", "--unit", "1")
    ended = command(*words, "--row", "operating_expenses", "--column", "actual_2023_03")
    return ended.output.splitlines()[-1]


def test_a_correction_supersedes_and_its_undoing_brings_the_first_back(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    first = small.parquet_files()
    ended = small.bring_in("postings", written(folder / "2.csv", CORRECTED), options=("--replace",))
    assert "superseded: 1.csv" in ended.output
    assert small.batches()[1:] == [(2, "1.csv", "superseded"), (3, "2.csv", "kept")]
    assert actual(small) == "Rows: 1. Figure: −12.00."

    undone = small("undo", "3")
    assert undone.output.splitlines() == [
        "Batch 3 counts no more.",
        "Batch 2 (1.csv) counts again.",
    ]
    assert small.batches()[1:] == [(2, "1.csv", "kept"), (3, "2.csv", "undone")]
    assert actual(small) == "Rows: 1. Figure: −10.00."
    # Nothing is deleted from the ledger.
    assert set(first) < set(small.parquet_files())

    again = small("undo", "3")
    assert (again.code, again.errors) == (1, "Error: Batch 3 has been undone already.\n")


def test_the_history_is_a_table_in_the_readers_language(small: Katsaus, folder: Path) -> None:
    file = written(folder / "[red]tammikuu.csv", JANUARY)
    small.bring_in("postings", file, options=("--source", "Kirjanpito"))
    ended = Katsaus(small.data, "fi")("batches", "--municipality", "240")
    heading, *_, last = ended.output.splitlines()
    assert heading.split() == [
        *("tuontierä", "tuotu", "laji", "lähde", "tiedosto", "tila", "rivejä", "summa")
    ]
    assert last.split()[0] == "2"
    assert "  viennit       Kirjanpito" in last
    assert "Kirjanpito  [red]tammikuu.csv  voimassa" in last
    assert last.endswith("−10,00 €")


def test_a_file_of_some_months_does_not_replace_a_batch_of_more(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "kevät.csv", SPRING))
    ended = small.bring_in(
        "postings", written(folder / "tammi.csv", CORRECTED), options=("--replace",)
    )
    assert ended.code == 1
    assert "Batch 2 (kevät.csv) cannot be replaced" in ended.errors
    assert small.batches()[1:] == [(2, "kevät.csv", "kept")]


def test_the_same_file_under_another_name_is_the_same_batch(small: Katsaus, folder: Path) -> None:
    small.bring_in("postings", written(folder / "1.csv", JANUARY))
    ended = small.bring_in("postings", written(folder / "2.csv", JANUARY))
    assert (ended.code, "2.csv is kept already, as batch 2." in ended.output) == (0, True)
    assert small.batches()[1:] == [(2, "1.csv", "kept")]


def test_what_cannot_be_undone_says_the_reason_that_holds(small: Katsaus, folder: Path) -> None:
    first = written(folder / "1.csv", JANUARY)
    small.bring_in("postings", first)
    small.bring_in("postings", written(folder / "2.csv", CORRECTED), options=("--replace",))
    superseded = small("undo", "2")
    assert superseded.errors == (
        "Error: Batch 2 cannot be undone: it counts no more, for batch 3 superseded it.\n"
    )
    small.bring_in("postings", first, options=("--add",))
    again = small("undo", "3")
    assert "has been brought in again, as batch 4, and would count twice." in again.errors


def test_units_that_were_updated_are_not_called_superseded(small: Katsaus, folder: Path) -> None:
    units = "Koodi;Nimi;Ylempi yksikkö;Taso\n12;Uimahallit;10;tulosalue\n"
    small.bring_in("organization", written(folder / "lisää.csv", units))
    [_heading, first, last] = small("batches", "--municipality", "kemi").output.splitlines()
    assert "updated by 2" in first
    assert "counts" in last


def test_units_cannot_be_undone_and_an_unknown_batch_is_said(small: Katsaus) -> None:
    organization = small("undo", "1")
    assert (organization.code, "refer to its units or accounts" in organization.errors) == (1, True)
    unknown = small("undo", "77")
    assert (unknown.code, unknown.errors) == (
        1,
        "Error: There is no batch 77. The command batches lists them.\n",
    )


def test_a_municipality_without_anything_is_told_how_to_begin(small: Katsaus) -> None:
    ended = small("batches", "--municipality", "oulu")
    assert ended.code == 1
    assert "katsaus import organization FILE --municipality oulu" in ended.errors


@pytest.mark.parametrize(
    "words",
    [
        "batches",
        "export strategy --format json",
        "report --period 2023-06 --format json --output -",
        "drill --period 2023-06 --unit 1 --row result --column actual_2023_06",
        "publish --period 2023-06",
        "import postings pyproject.toml",
        "import strategy examples/kemi/strategy",
        "continue-strategy --from A --code B --name C --years 2027-2030",
        "appoint talous",
    ],
)
def test_a_misspelt_municipality_is_told_and_those_that_are_here_are_named(
    organized: Katsaus, words: str
) -> None:
    ended = organized(*words.split(), "--municipality", "kemmi")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == (
        "Error: There is no municipality “kemmi” in the official list. Did you mean: kemi? "
        "Brought in here: kemi.\n"
    )
