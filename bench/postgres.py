"""The same question asked of PostgreSQL: a ROLLUP over the tree, in a cluster thrown away after."""

from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.cluster import cluster
from bench.times import Times, Totals, in_turn

_TABLES = """
CREATE TABLE places (unit text PRIMARY KEY, municipality text, division text, service_area text);
CREATE TABLE postings (unit text, account text, date date, cents bigint);
"""
_ROLLUP = """
SELECT extract(year FROM date)::int AS year, municipality, division, service_area, unit, account,
       sum(cents)
FROM postings JOIN places USING (unit)
GROUP BY ROLLUP (year, municipality, division, service_area, unit, account)
"""
_CHUNK = 1 << 20


def roll_up(
    postgres: Path, postings: Path, places: Sequence[Sequence[str]], rounds: int
) -> tuple[dict[str, Times], Totals]:
    """Time COPY of the postings, and the ROLLUP; return what it adds up to."""
    with cluster(postgres) as made, made.connect() as connection:
        connection.execute(_TABLES)
        with connection.cursor().copy("COPY places FROM STDIN") as copy:
            for place in places:
                copy.write_row(place)
        copied = in_turn({"copy": lambda: _copy(connection, postings)}, 0)["copy"].cold
        connection.execute("ANALYZE")
        asked = in_turn({"rollup": lambda: connection.execute(_ROLLUP).fetchall()}, rounds)
        years = connection.execute(f"{_ROLLUP} HAVING grouping(municipality) = 1").fetchall()
    totals = {"all" if year is None else str(year): int(cents) for year, *_, cents in years}
    return asked | {"copy": Times(copied, (copied,))}, totals


def _copy(connection: psycopg.Connection, postings: Path) -> None:
    with (
        postings.open("rb") as file,
        connection.cursor().copy("COPY postings FROM STDIN (FORMAT csv)") as copy,
    ):
        while chunk := file.read(_CHUNK):
            copy.write(chunk)
