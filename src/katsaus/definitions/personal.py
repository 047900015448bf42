"""The accounts whose postings may hold personal data in their texts."""

from functools import cache
from pathlib import Path

from katsaus.core.accounts import Selector, SelectorError
from katsaus.definitions.places import Place

_FILE = Path(__file__).parent / "personal_accounts.yaml"


class PersonalAccountsError(ValueError):
    """The list of personal accounts cannot be read; the message says where."""


def parse(text: str, source: str) -> tuple[Selector, ...]:
    """Read a list of accounts and ranges from YAML; raises PersonalAccountsError."""
    whole = Place.of(text, source, PersonalAccountsError)
    whole.refuse_others("accounts")
    try:
        return tuple(map(Selector.parse, whole.texts("accounts")))
    except SelectorError as error:
        raise whole.fault(str(error)) from None


@cache
def _selectors() -> tuple[Selector, ...]:
    return parse(_FILE.read_text("utf-8"), _FILE.name)


@cache
def is_personal(account: str) -> bool:
    """Say whether texts on an account, official or the municipality's own, may be personal."""
    return any(selector.holds(account) for selector in _selectors())
