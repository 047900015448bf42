"""`katsaus serve` and `work`: how they stop, and what they begin with."""

import errno
import signal
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer
from django.utils import translation

from browser.conftest import environment, free_port, wait_for
from cli.conftest import COMMAND, Katsaus
from katsaus.cli import serving


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_stopped_complains_of_nothing(
    katsaus: Katsaus, tmp_path: Path, sign: signal.Signals
) -> None:
    port, said = free_port(), tmp_path / "said"
    command: list[str | Path] = [COMMAND, "serve", "--port", str(port)]
    with said.open("wb") as errors:
        server = subprocess.Popen(command, env=environment(katsaus.data), stderr=errors)
        wait_for(server, port)
        urlopen(f"http://127.0.0.1:{port}/accounts/login/").close()
        server.send_signal(sign)
        assert server.wait(timeout=30) == 0
    assert said.read_text("utf-8") == ""


def test_the_background_of_an_installation_that_is_not_ready_says_what_to_run(
    tmp_path: Path,
) -> None:
    ended = Katsaus(tmp_path / "new")("work")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == (
        f"Error: The database of the data folder {tmp_path / 'new'} is not ready. "
        "Run first: katsaus serve\n"
    )


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "x"])
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_number_that_is_no_port_is_refused(organized: Katsaus, command: str, port: str) -> None:
    ended = organized(command, "--port", port, language="fi")
    assert (ended.code, ended.output) == (2, "")
    assert "Mahdollisia ovat: <luku 1–65535>" in ended.errors


def test_a_port_in_use_is_told_and_how_another_is_chosen(organized: Katsaus) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = organized("serve", "--port", str(port))
    said = f"Error: Port {port} is taken by another program. Choose one with --port.\n"
    assert (ended.code, ended.errors) == (1, said)


def test_a_port_that_needs_a_right_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_words: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refused)
    with translation.override("en"), pytest.raises(typer.Exit):
        serving.serve(80)
    assert "You have no right to the port 80." in capsys.readouterr().err
