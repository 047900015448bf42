"""The municipalities that people walk in, brought in as users do, with the demo's cast."""

import contextlib
import io
from collections.abc import Mapping

import typer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import books, run
from bench.municipality import Size
from bench.strategies import Wide, bring_in_strategy
from katsaus.cli import demo, demo_users
from katsaus.web.reports.use_cases import publish
from katsaus.web.users.models import User


def bring_in(size: Size | None, wide: Wide | None = None) -> None:
    """Bring in the example, or a municipality of its shape and another size, with its people.

    Raises RuntimeError with what the commands said.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            _bring_in(size)
            if wide:
                bring_in_strategy(books.owner(), wide)
        except typer.Exit:
            raise RuntimeError(said.getvalue()) from None


def _bring_in(size: Size | None) -> None:
    if size is None:
        demo.run(serve=False, port=0)
        return
    run.prepare(size)
    books.bring_in_postings()
    publish(municipality=books.owner(), period=demo.PERIOD)
    demo.load_second()
    demo_users.make()


def queries(asked: Mapping[str, list[tuple[str, str]]]) -> dict[str, int]:
    """Return the most database queries that an address of each page makes for its person."""
    return {
        name: max(_queries(address, username) for address, username in addresses)
        for name, addresses in asked.items()
        if addresses
    }


def _queries(address: str, username: str) -> int:
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
