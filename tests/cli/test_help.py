"""The help of every command, in the three languages."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import LOCALES, ROOT, Katsaus

# Prints the help of the command itself and of each of its commands, as the person sees it.
SWEEP = """
import sys
from katsaus.cli import main
words = "import", "export", "batches", "undo", "report", "drill", "appoint", "password", "demo"
for word in ("", "continue-strategy", "serve", *words):
    sys.argv = ["katsaus", *filter(None, [word]), "--help"]
    try:
        main.run()
    except SystemExit as end:
        assert not end.code, word
"""


def help_texts() -> list[str]:
    """The English help texts of our own, from the code, up to what is filled in."""
    code = (ROOT / "src" / "katsaus" / "cli" / "app.py").read_text("utf-8")
    return [
        str(node.args[0].value).split("%")[0]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    ]


def helped(language: str, data: Path) -> str:
    environment = {"KATSAUS_DATA": str(data), "LANG": LOCALES[language], "COLUMNS": "250"}
    command = [sys.executable, "-c", SWEEP]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode()


@pytest.mark.parametrize("language", LOCALES)
def test_every_command_and_option_says_what_it_is_in_the_readers_language(
    language: str, tmp_path: Path
) -> None:
    shown = helped(language, tmp_path)
    found = [text for text in help_texts() if text in shown]
    assert found == (help_texts() if language == "en" else [])
    options = re.findall(r"^│ \*?\s+(--[\w-]+)\s+(?:\S+\s\s+)?(.*?)\s*│$", shown, re.MULTILINE)
    assert len(options) > 20
    assert [option for option, text in options if not text] == []
    usage = {"en": "Usage: katsaus", "fi": "Käyttö: katsaus", "sv": "Användning: katsaus"}
    assert shown.count(usage[language]) == 12


@pytest.mark.parametrize(
    ("language", "usage"),
    [
        ("fi", "Käyttö: katsaus import [VALINNAT] LAJI TIEDOSTO..."),
        ("sv", "Användning: katsaus import [VAL] SLAG FIL..."),
        ("en", "Usage: katsaus import [OPTIONS] KIND FILE..."),
    ],
)
def test_the_line_of_usage_names_what_is_given_in_the_readers_language(
    language: str, usage: str, tmp_path: Path
) -> None:
    shown = helped(language, tmp_path)
    assert usage in shown
    assert "{" not in shown


TYPERS = (
    *("Usage:", "OPTIONS", "COMMAND", "Options", "Arguments", "Commands", "required", "default:"),
    *(
        "<str>",
        "<int",
        "<bool>",
        "<path>",
        "Show",
        "Try",
        "Error",
        "Missing",
        "Invalid",
        "No such",
        "unexpected",
        "Value error",
    ),
)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_words_of_the_library_are_in_the_readers_language_too(
    language: str, tmp_path: Path
) -> None:
    shown = helped(language, tmp_path)
    assert [
        word
        for word in TYPERS
        if re.search(re.escape(word) if word.startswith("<") else rf"\b{word}", shown)
    ] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("batches", "'--municipality' puuttuu."),
        ("batches --municipality", "Valinnan --municipality arvo puuttuu"),
        ("batches --unit 1", "Valintaa --unit ei ole."),
        ("batches 1 --municipality kemi", "Komennossa on liikaa sanoja."),
        ("undo x", "'TUONTIERÄ': tämä arvo ei käy. Mahdollisia ovat: <luku>"),
        ("undo", "'TUONTIERÄ' puuttuu."),
        ("import postings", "'TIEDOSTO' puuttuu."),
        ("drill --limit 0 --municipality kemi", "Mahdollisia ovat: <luku 1–>"),
        ("export postings --municipality kemi", "Mahdollisia ovat: <strategy>"),
        ("import nothing x --municipality kemi", "nothing ei ole mikään näistä: organization,"),
        ("import postigns x --municipality kemi", "Tarkoititko: postings?"),
        ("drill --perid 2023-06", "Valintaa --perid ei ole. Tarkoititko: --period?"),
        ("nothing", "Komentoa nothing ei ole."),
        ("imprt", "Tarkoititko: import?"),
        ("--nothing", "Valintaa --nothing ei ole."),
    ],
)
def test_what_is_wrong_in_the_typed_words_is_told_in_the_readers_language(
    organized: Katsaus, typed: str, said: str
) -> None:
    ended = organized(*typed.split(), language="fi")
    assert (ended.code, ended.output, said in ended.errors) == (2, "", True), ended.errors
    assert [word for word in TYPERS if word in ended.errors] == []
    assert "Ohje: katsaus" in ended.errors
