"""What a unit's row is month by month: one grouping, which is planned sooner than a statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from katsaus.core.figures import Scenario
from katsaus.ledger.drill import asking
from katsaus.ledger.statement import Facts, Question, make_facts, scaled_euros

_MONTHS_SQL = """
SELECT f.scenario, f.year, f.month, CAST(sum(f.cents * w.factor) AS BIGINT) AS amount
FROM facts f JOIN weights w ON w.account = f.account
WHERE f.unit IN (SELECT unit FROM units)
GROUP BY f.scenario, f.year, f.month
"""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year in a scenario; month 0 is what is planned for the year as a whole."""

    scenario: Scenario
    year: int
    month: int


def amounts(facts: Facts, question: Question, unit: str, row: str) -> Mapping[Month, Decimal]:
    """Return the amounts of a unit's row by month, in euros and signed as its figure is.

    A month in which nothing was planned or posted has none, and neither has a row that is a ratio.
    Raises LookupError or SchemeError for a unit or a row that is not there, as compute otherwise.
    """
    with asking(question, unit, row) as cursor:
        cursor.register("plan", facts.plan)
        make_facts(cursor, facts.cubes, question.items)
        rows = cursor.execute(_MONTHS_SQL).fetchall()
    return {
        Month(Scenario(scenario), year, month): scaled_euros(amount)
        for scenario, year, month, amount in rows
    }
