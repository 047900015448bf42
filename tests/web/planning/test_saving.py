"""What keeping a strategy's tables writes: each row once, and only what is other than it was."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.records import tables
from web.monitoring.seen import bring_in

NEW = """
indicators: code; name_fi; kind; polarity; aggregation
  uusi_a; {name} A; number; up; sum
  uusi_b; {name} B; number; up; sum
"""


def written(kemi: Municipality, name: str) -> list[str]:
    """Return the questions that write indicators themselves, when two of them are brought in."""
    with CaptureQueriesContext(connection) as queries:
        bring_in(kemi, NEW.format(name=name))
    asked = (each["sql"] for each in queries.captured_queries)
    return [each[:6] for each in asked if each.startswith(("INSERT", "UPDATE"))
            and '"planning_indicator"' in each[:40]]  # fmt: skip


def test_a_new_indicator_is_written_in_its_place_and_a_renamed_one_is_left(
    kemi: Municipality,
) -> None:
    assert written(kemi, "Uusi") == ["INSERT"]
    assert [each["code"] for each in tables(kemi)["indicators"]][-2:] == ["uusi_a", "uusi_b"]
    assert written(kemi, "Toinen") == []
