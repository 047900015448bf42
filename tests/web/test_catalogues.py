"""The texts of the screen, the command and the report, in Finnish and Swedish."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils import translation

from katsaus.core.names import LANGUAGES
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports.messages import sentence

PACKAGE = Path(__file__).parents[2] / "src" / "katsaus"
TRANSLATED = ("fi", "sv")
SAME_IN_FINNISH = frozenset({"SDG"})  # how Finnish writes it too
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s")


def catalogue(language: str, package: Path = PACKAGE) -> Catalog:
    file = package / "web" / "locale" / language / "LC_MESSAGES" / "django.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def texts(found: Catalog) -> dict[str, str]:
    """Return the translations by their English texts, without the header."""
    return {str(each.id): str(each.string) for each in found if each.id}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package whose catalogues were just brought up to the code."""
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed")
    root = tmp_path_factory.mktemp("texts")
    copy = root / "katsaus"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    languages = [word for language in TRANSLATED for word in ("--locale", language)]
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", *languages]
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),  # the settings of the copy, which name the copy's catalogues
        "DJANGO_SETTINGS_MODULE": "katsaus.web.settings",
        "KATSAUS_DATA": str(root / "data"),
    }
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    return copy


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogues_hold_the_texts_of_the_code_and_no_others(
    extracted: Path, language: str
) -> None:
    in_code = texts(catalogue(language, extracted)).keys()
    assert texts(catalogue(language)).keys() == in_code, "run scripts/catalogues and translate"


def test_no_text_stands_where_the_extraction_does_not_see_it() -> None:
    assert [*_texts_in_f_strings()] == []


def _texts_in_f_strings() -> Iterator[str]:
    for file in PACKAGE.rglob("*.py"):
        for outer in ast.walk(ast.parse(file.read_text("utf-8"))):
            for node in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "gettext"):
                    yield f"{file.name}:{node.lineno}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    assert [english for english, text in texts(catalogue(language)).items() if not text] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    found = catalogue(language)
    assert not found.fuzzy
    assert [each.id for each in found if each.id and each.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    for english, text in texts(catalogue(language)).items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english)), english


def test_no_finnish_text_is_left_in_english() -> None:
    same = {english for english, text in texts(catalogue("fi")).items() if english == text}
    assert same == SAME_IN_FINNISH


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ProblemCode)
def test_every_fault_has_its_sentence(code: ProblemCode, language: str) -> None:
    fault = Problem(code, "vienti.csv", 3, "unit", "x", hint="decimal", cents=1, other_cents=2)
    with translation.override(language):
        said = sentence(fault)
        assert "%(" not in said
