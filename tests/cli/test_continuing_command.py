"""`katsaus continue-strategy`: listed first, kept then, refused the second time."""

from pathlib import Path

import pytest

from cli.conftest import Ended, Katsaus, written

FILES = {
    "strategies.csv": "code;name_fi;name_sv;valid_from;valid_to\n"
    "s_2021;Strategia 2021–2023;Strategi 2021–2023;2021;2023\n",
    "themes.csv": "code;strategy;name_fi\nt;s_2021;Teema\n",
    "goals.csv": "code;theme;name_fi;units\nsama;t;Tavoite;10\nh;t;Päättyvä;\n",
    "actions.csv": "code;goal;unit;name;schedule\nsama;sama;11;Toimi;2021-2023\n",
}


@pytest.fixture
def town(small: Katsaus, folder: Path) -> Katsaus:
    for name, text in FILES.items():
        written(folder / name, text)
    assert small.bring_in("strategy", folder).code == 0
    return small


def go_on(town: Katsaus, *options: str) -> Ended:
    words = {"--from": "s_2021", "--code": "s_2024", "--name": "Uusi", "--years": "2024-2027"}
    said = [word for pair in words.items() for word in pair]
    return town("continue-strategy", "--municipality", "kemi", *said, *options)


def test_a_dry_run_lists_what_goes_on_and_what_ends_and_keeps_nothing(town: Katsaus) -> None:
    before = town("export", "strategy", "--municipality", "kemi").output
    ended = go_on(town, "--ends", "h", "--dry-run")
    assert ended.code == 0
    for line in (
        "goals: new 1",
        "+ goal sama: Tavoite",
        "- goal h: Päättyvä ends",
        "~ action sama: Toimi: the schedule 2021–2023 has passed and is left empty",
        "s_2024 can be made.",
    ):
        assert line in ended.output
    assert town("export", "strategy", "--municipality", "kemi").output == before


def test_it_is_kept_once(town: Katsaus) -> None:
    assert go_on(town, "--ends", "goal:h").code == 0
    exported = town("export", "strategy", "--municipality", "kemi").output
    assert '"name_sv": "Strategi 2024–2027"' in exported
    assert '"continues": "sama"' in exported
    again = go_on(town)
    assert (again.code, "There is a strategy “s_2024” already" in again.errors) == (1, True)
    assert town("export", "strategy", "--municipality", "kemi").output == exported


def test_a_dry_run_says_what_could_not_be_kept(town: Katsaus) -> None:
    ended = go_on(town, "--dry-run", "--code", "a b")
    assert (ended.code, "“a b” is not a code." in ended.errors) == (1, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--ends", "x"), "x is not in the strategy"),
        (("--ends", "theme:h"), "theme:h is not in the strategy"),
        (("--ends", "sama"), "sama is the code of several. Say which: theme:sama, goal:sama"),
        (("--years", "2023-2026"), "The earlier strategy is in force to the end of 2023."),
        (("--years", "2024"), "2024 is not a term. Write it like 2024-2027."),
        (("--from", "muu"), "There is no strategy “muu”."),
        (("--code", "a b"), "“a b” is not a code."),
    ],
)
def test_what_cannot_be_is_said(town: Katsaus, options: tuple[str, ...], said: str) -> None:
    ended = go_on(town, *options)
    assert (ended.code, said in ended.errors) == (1, True), ended.errors
