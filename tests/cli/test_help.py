"""The help of every command, in the three languages."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import LOCALES, ROOT

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
    options = re.findall(r"^│ \*?\s+(--[\w-]+)\s+<[^>]*>\s*(.*?)\s*│$", shown, re.MULTILINE)
    assert len(options) > 20
    assert [option for option, text in options if not text] == []
    assert len(re.findall(r"^ Usage: katsaus", shown, re.MULTILINE)) == 12
