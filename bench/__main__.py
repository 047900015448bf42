"""`python -m bench`: measures, prints a table, writes var/bench.json; 1 where a limit is broken."""

import argparse
import os
import shutil
import sys
from pathlib import Path

DATA, RESULT = Path("var/bench"), Path("var/bench.json")


def main() -> int:
    """Run the bench that was typed. Works in var/bench, which is emptied first."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=9, help="warm rounds")
    parser.add_argument("--without", nargs="*", default=[], choices=["hledger", "postgres"])
    chosen = parser.parse_args()
    shutil.rmtree(DATA, ignore_errors=True)
    os.environ["KATSAUS_DATA"] = str(DATA.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "katsaus.web.settings"
    os.environ.pop("KATSAUS_DATABASE_URL", None)
    import django

    django.setup()
    from rich.console import Console

    from bench.municipality import Size
    from bench.run import Order, run

    bench = run(Order(Size(chosen.postings), chosen.repeats, chosen.without))
    console = Console(width=None if sys.stdout.isatty() else 140)
    bench.show(console)
    bench.write(RESULT)
    console.print(f"Written to {RESULT}.")
    return 0 if bench.holds else 1


if __name__ == "__main__":
    sys.exit(main())
