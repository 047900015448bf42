"""Generated small books: a tree of units, postings and plans, and a plain way to sum them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from golden.engine_cases import scheme_of
from katsaus.core.columns import Column, columns_of
from katsaus.core.figures import Scenario, euros, total
from katsaus.core.organization import Organization
from katsaus.core.periods import Period
from katsaus.core.statements import ROW_ACCOUNT
from katsaus.ledger.statement import Question
from ledger.small_ledger import Plan, Posting, organization_of

YEAR = 2023
# The rows of the scheme, in the order of print, and what each is made of besides accounts.
ROWS = {
    "margin": {"sum": "revenue + expenses"},
    "revenue": {"accounts": "3000-3999"},
    "expenses": {"accounts": "4000-4999"},
    "most": {"sum": "0.8 * margin - 0.0001 * revenue"},
    "double": {"sum": "margin + margin"},
    "share": {"ratio": "margin / expenses"},
}
LINEAR = ("revenue", "expenses", "margin", "most", "double")
ACCOUNTS = ("3000", "300010", "3999", "4000", "430010", "4999")
OFF_SCHEME = "5000"
# Nine billion euros and more a posting: in hundredths of a cent far beyond what a float can hold.
CENTS = st.integers(-(10**12), 10**12) | st.sampled_from([0, 1, -1, 10**12 - 1, 1 - 10**12])


@dataclass(frozen=True)
class Books:
    """What was generated."""

    organization: Organization
    postings: tuple[Posting, ...]
    plans: tuple[Plan, ...]
    period: Period

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(columns_of(self.period).values())

    @property
    def question(self) -> Question:
        scheme = scheme_of(ROWS, frozenset(ACCOUNTS))
        return Question(self.organization, scheme, frozenset(ACCOUNTS), self.columns)

    def sum_of(self, unit: str, row: str, column: Column) -> Decimal | None:
        """Add up what stands on a linear row, without weights, closures or SQL."""
        if row == "double":
            margin = self.sum_of(unit, "margin", column)
            return None if margin is None else margin + margin
        if row in ("margin", "most"):
            revenue, expenses = (
                self.sum_of(unit, part, column) for part in ("revenue", "expenses")
            )
            whole = total([revenue, expenses])
            if row == "margin" or whole is None:
                return whole
            return Decimal("0.8") * whole - Decimal("0.0001") * (revenue or Decimal(0))
        return total(map(euros, self._booked(unit, row, column)))

    def _booked(self, unit: str, row: str, column: Column) -> list[int]:
        found = []
        for part in column.slices:
            for posting in self.postings:
                months = part.first_month <= posting.on.month <= part.last_month
                if part.scenario is Scenario.ACTUAL and posting.on.year == part.year and months:
                    found.append((posting.unit, posting.account, posting.cents))
            for plan in self.plans:
                months = part.first_month <= plan.month <= part.last_month
                if plan.scenario is part.scenario and plan.year == part.year and months:
                    found.append((plan.unit, plan.account, plan.cents))
        beginning = {"revenue": "3", "expenses": "4"}[row]
        return [
            cents
            for at, account, cents in found
            if self._is_under(at, unit)
            and (account == ROW_ACCOUNT + row or account.startswith(beginning))
        ]

    def _is_under(self, code: str | None, unit: str) -> bool:
        while code is not None and code != unit:
            code = self.organization.unit(code).parent
        return code == unit


@st.composite
def books(draw: st.DrawFn) -> Books:
    size = draw(st.integers(1, 6))
    codes = [f"u{number}" for number in range(size)]
    parents: dict[str, str | None] = {"u0": None}
    for number in range(1, size):
        parents[codes[number]] = draw(st.sampled_from(codes[:number]))
    unit = st.sampled_from(codes)
    account = st.sampled_from([*ACCOUNTS, OFF_SCHEME])
    posting = st.builds(
        Posting,
        unit,
        account,
        st.dates(date(YEAR - 2, 12, 1), date(YEAR + 1, 1, 31)),
        CENTS,
        is_internal=st.booleans(),
        voucher=st.sampled_from(["", "V1", "V2"]),
    )
    plan = st.builds(
        Plan,
        st.sampled_from([Scenario.BUDGET, Scenario.AMENDMENT, Scenario.FORECAST]),
        unit,
        account | st.sampled_from([ROW_ACCOUNT + "revenue", ROW_ACCOUNT + "expenses"]),
        st.sampled_from([YEAR - 1, YEAR]),
        CENTS,
        month=st.integers(0, 12),
    )
    return Books(
        organization_of(parents),
        tuple(draw(st.lists(posting, max_size=12))),
        tuple(draw(st.lists(plan, max_size=12))),
        Period(YEAR, draw(st.integers(1, 12))),
    )
