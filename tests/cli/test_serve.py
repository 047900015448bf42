"""`katsaus serve`: how it stops."""

import signal
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from browser.conftest import environment, free_port, wait_for
from cli.conftest import COMMAND, Katsaus


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
