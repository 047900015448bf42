"""What a search finds: units, accounts and the postings that the viewer may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from katsaus.core.accounts import Account
from katsaus.core.columns import columns_of
from katsaus.core.organization import OrgUnit
from katsaus.core.periods import Period
from katsaus.core.statements import Scheme
from katsaus.definitions import load
from katsaus.definitions.personal import is_personal
from katsaus.ledger import finding
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance import looks
from katsaus.web.finance.forms import Known, View
from katsaus.web.finance.numbers import day, money
from katsaus.web.finance.queries import kept_accounts, posting_files
from katsaus.web.languages import language
from katsaus.web.organization.queries import unit_ids

MOST = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit or an account that was found, and the address that shows it; empty for nowhere."""

    code: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class PostingHit:
    """A posting that was found, and the address of its figure; a hidden text is None."""

    on: str
    voucher: str
    text: str | None
    account: str
    unit: str
    amount: str
    href: str


@dataclass(frozen=True)
class Search:
    """A text that is searched for in a municipality, as far as the viewer may see."""

    viewer: Viewer
    known: Known
    text: str

    @property
    def _period(self) -> Period:
        return self.known.periods[0]

    def units(self) -> list[Hit]:
        """Return the units whose code begins with the text, or whose name holds it."""
        found = [unit for unit in self.known.organization if self._is_named(unit)][:MOST]
        addresses = self._of_units([unit.code for unit in found])
        return [
            Hit(unit.code, unit.names.text(language()), addresses.get(unit.code, ""))
            for unit in found
        ]

    def _of_units(self, codes: Iterable[str]) -> Mapping[str, str]:
        """Return where units are looked at: their figures, or themselves before there are any."""
        slug = self.viewer.municipality.slug
        if self.known.periods:
            here = reverse("statement", args=[slug])
            return {code: here + View(code, "", self._period).query for code in codes}
        if not self.viewer.may(Right.ORGANIZATION):
            return {}
        numbers = unit_ids(self.viewer.municipality, codes)
        return {code: reverse("unit", args=[slug, number]) for code, number in numbers.items()}

    def _is_named(self, unit: OrgUnit) -> bool:
        return self._matches(unit.code, unit.names.fi, unit.names.sv, unit.names.en)

    def _matches(self, code: str, *names: str) -> bool:
        text = self.text.casefold()
        return code.startswith(self.text) or any(text in name.casefold() for name in names)

    @cached_property
    def _accounts(self) -> Mapping[str, Account]:
        return kept_accounts(self.viewer.municipality, self.viewer.shelf)

    def accounts(self) -> list[Hit]:
        """Return the accounts of the statement that the text names."""
        found = []
        for number, account in sorted(self._accounts.items()):
            names = account.names
            if self._matches(number, names.fi, names.sv, names.en):
                row = row_of(self.known.scheme, account)
                if row:
                    href = self._of_account(number, row)
                    found.append(Hit(number, names.text(language()), href))
        return found[:MOST]

    def _of_account(self, number: str, row: str) -> str:
        """Return where an account is looked at: its figure, or its line in the chart before."""
        slug, root = self.viewer.municipality.slug, self.known.organization.root.code
        if self.known.periods:
            column = columns_of(self._period)["actual"].id
            view = View(root, "", self._period)
            return reverse("figure", args=[slug]) + view.figure(root, row, column)
        if not self.viewer.may(Right.ORGANIZATION):
            return ""
        years = [each for each in load.chart_years() if number in load.chart(each)]
        chart, asked = ("official_accounts", {"year": years[-1]}) if years else ("accounts", {})
        return f"{reverse(chart, args=[slug])}?{urlencode({**asked, 'q': number})}"

    @property
    def reach(self) -> frozenset[str] | None:
        """The units whose postings the viewer may see; None for all."""
        units = self.viewer.units(Right.POSTINGS)
        return None if self.known.organization.root.code in units else units

    def postings(self) -> list[PostingHit]:
        """Return the newest postings whose voucher or text the viewer may find.

        That they were shown is written down where the viewer is watched.
        """
        sees_texts = self.viewer.may(Right.PERSONAL_TEXTS, self.known.organization.root.code)
        hidden = frozenset() if sees_texts else frozenset(filter(is_personal, self._accounts))
        found = finding.find(
            posting_files(self.viewer.municipality, self.viewer.shelf),
            self.text,
            units=self.reach,
            hidden=hidden,
        )
        if found:
            looks.searched(self.viewer, self.text, len(found))
        return [self._hit(each, is_hidden=each.account in hidden) for each in found]

    def _hit(self, found: finding.Found, *, is_hidden: bool) -> PostingHit:
        unit = self.known.organization.unit(found.unit)
        account = self._accounts.get(found.account)
        name = account.names.text(language()) if account else ""
        return PostingHit(
            on=day(found.on),
            voucher=found.voucher,
            text=None if is_hidden else found.text,
            account=f"{found.account} {name}",
            unit=unit.names.text(language()),
            amount=money(found.amount),
            href=self._address(found, account),
        )

    def _address(self, found: finding.Found, account: Account | None) -> str:
        row = row_of(self.known.scheme, account) if account else ""
        period = next(
            (each for each in self.known.periods if each.year == found.on.year), self._period
        )
        if not row:
            return ""
        column = columns_of(period)["actual"].id
        return View(found.unit, row, period).figure(found.unit, row, column)


def row_of(scheme: Scheme, account: Account) -> str:
    """Return the id of an account's own row in the statement; empty where it is on none."""
    row = scheme.row_of(account)
    return f"{row.id}.{account.number}" if row else ""
