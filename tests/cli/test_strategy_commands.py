"""`katsaus import strategy` and `katsaus export strategy`."""

import json
from pathlib import Path

from cli.conftest import Katsaus, written

GOALS = "code;name_fi;units\ntalous;Tasapaino;10\n"


def strategy(folder: Path, goals: str = GOALS) -> Path:
    written(folder / "goals.csv", goals)
    return folder


def test_a_dry_run_lists_what_would_change_and_keeps_nothing(small: Katsaus, folder: Path) -> None:
    ended = small.bring_in("strategy", strategy(folder), options=("--dry-run",))
    assert ended.code == 0
    assert "goals: new 1, changed 0, left as they are 0" in ended.output
    assert "+ talous" in ended.output
    assert small("export", "strategy", "--municipality", "kemi").code == 1
    assert small.bring_in("strategy", folder).code == 0
    changed = strategy(folder, "code;name_fi;units\nuusi;Uusi;\ntalous;Toinen;10\n")
    ended = small.bring_in("strategy", changed, options=("--dry-run",))
    assert "~ talous: name fi: “Tasapaino” → “Toinen”" in ended.output
    finnish = Katsaus(small.data, "fi").bring_in("strategy", changed, options=("--dry-run",))
    assert "tavoitteet: uusia 1, muuttuneita 1, ennallaan 0" in finnish.output
    assert "~ talous: nimi: “Tasapaino” → “Toinen”" in finnish.output
    assert "+ uusi" in ended.output


def test_what_is_written_out_comes_back_unchanged(small: Katsaus, folder: Path) -> None:
    assert small.bring_in("strategy", strategy(folder)).code == 0
    for form, output in (
        ("json", "s.json"),
        ("xlsx", "s.xlsx"),
        ("csv", "taulut"),
        ("csv", "s.zip"),
    ):
        target = small.data / "out" / output
        words = ("--municipality", "kemi", "--format", form, "--output", target)
        assert small("export", "strategy", *words).code == 0
        ended = small.bring_in("strategy", target)
        assert (ended.code, "nothing changes" in ended.output) == (0, True)


def test_it_is_told_where_each_table_is(small: Katsaus, folder: Path) -> None:
    small.bring_in("strategy", strategy(folder))
    words = ("export", "strategy", "--municipality", "kemi", "--output")
    tables = small(*words, folder / "out", "--format", "csv")
    assert tables.output == f"The strategy was written to the folder {folder / 'out'}: goals.csv.\n"
    zipped = small(*words, folder / "s.zip", "--format", "csv")
    assert zipped.output == f"The strategy was written to the file {folder / 's.zip'}.\n"


def test_the_tables_do_not_become_a_folder_that_has_the_name_of_a_file(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("strategy", strategy(folder))
    target = folder / "kj.csv"
    words = ("--municipality", "kemi", "--format", "csv", "--output", target)
    ended = small("export", "strategy", *words)
    assert (ended.code, target.exists()) == (1, False)
    assert "name a folder or a ZIP file, such as --output kj or kj.zip." in ended.errors


def test_json_goes_to_the_terminal_without_a_file(small: Katsaus, folder: Path) -> None:
    small.bring_in("strategy", strategy(folder))
    ended = small("export", "strategy", "--municipality", "kemi", "--format", "json")
    document = json.loads(ended.output)
    assert document["themes"] == []
    assert document["programmes"] == []
    assert [goal["name"] for goal in document["goals"]] == ["Tasapaino"]


def test_faults_are_told_with_table_row_and_column(small: Katsaus, folder: Path) -> None:
    ended = small.bring_in("strategy", strategy(folder, GOALS + "a;;99\n"))
    assert ended.code == 1
    assert "goals, row 3, name_fi: This is empty. Fill it in." in ended.errors
    assert "Nothing of files was kept." in ended.errors


def test_a_folder_without_tables_is_told(small: Katsaus, folder: Path) -> None:
    ended = small.bring_in("strategy", folder)
    assert ended.code == 1
    assert "holds no table of a strategy" in ended.errors
