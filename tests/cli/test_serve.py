"""`katsaus serve` and `work`: how they stop, and what they begin with."""

import signal
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from browser.conftest import environment, free_port, wait_for
from cli.conftest import COMMAND, Katsaus, written


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


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "file", "")
    ended = Katsaus(file / "data")("batches", "--municipality", "kemi")
    assert (ended.code, ended.output) == (1, "")
    assert ended.errors == f"KATSAUS_DATA: Not a directory: {file / 'data'}\n"
