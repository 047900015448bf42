"""`python -m bench`: measures, prints a table, writes var/bench.json; 1 where a limit is broken."""

import argparse
import json
import os
import shutil
import signal
import sys
from pathlib import Path

PARTS = ("ratios", "hledger", "postgres", "load")
DATA, RESULT = Path("var/bench"), Path("var/bench.json")


def main() -> int:
    """Run the bench that was typed. Works in var/bench, which is emptied first."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=9, help="warm rounds")
    parser.add_argument("--without", nargs="*", default=[], choices=PARTS)
    parser.add_argument("--load-units", type=int, default=2_000, help="cost centres under load")
    parser.add_argument("--load-seconds", type=int, default=120, help="of walking, six times")
    chosen = parser.parse_args()
    shutil.rmtree(DATA, ignore_errors=True)
    os.environ["KATSAUS_DATA"] = str(DATA.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "katsaus.web.settings"
    os.environ.pop("KATSAUS_DATABASE_URL", None)
    # What stops the bench stops the servers that it has begun.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    import django

    django.setup()
    from rich.console import Console

    from bench.load import Walk, load
    from bench.municipality import Size
    from bench.run import Order, run

    console = Console(width=None if sys.stdout.isatty() else 140)
    found: dict[str, object] = {}
    holds = True
    if "ratios" not in chosen.without:
        bench = run(Order(Size(chosen.postings), chosen.repeats, chosen.without))
        bench.show(console)
        found |= bench.values()
        holds = bench.holds
    if "load" not in chosen.without:
        # The example's own accounts: on each, every cost centre has a posting a month or more.
        large = Size(chosen.postings, chosen.load_units, accounts=111)
        walk = Walk(large, chosen.load_seconds, "postgres" not in chosen.without)
        loads = load(DATA.absolute() / "load", walk, console)
        found["load"] = [each.values() for each in loads]
        holds = holds and all(each.holds for each in loads)
    RESULT.write_text(json.dumps(found | {"holds": holds}, indent=2) + "\n", "utf-8")
    console.print(f"Written to {RESULT}.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
