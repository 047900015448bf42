"""The same question asked of hledger, plain-text accounting: a tree of balances by year."""

import csv
import subprocess
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from bench.times import Times, Totals


def balance(hledger: Path, journal: Path) -> tuple[Times, Totals]:
    """Time one reading of the journal with all balances by year, and return what they add up to."""
    start = perf_counter()
    ended = subprocess.run(
        [hledger, "-f", journal, "balance", "--yearly", "--tree", "--output-format", "csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = perf_counter() - start
    header, *_, last = csv.reader(ended.stdout.splitlines())
    totals = {
        year[:4]: int(Decimal(amount) * 100)
        for year, amount in zip(header[1:], last[1:], strict=True)
    }
    return Times(seconds, (seconds,)), totals | {"all": sum(totals.values())}
