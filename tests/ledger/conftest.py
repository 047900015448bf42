"""Entries are read in two ways, which must not be told apart."""

from collections.abc import Iterator

import pytest

from katsaus.ledger import leaves


@pytest.fixture(scope="module", params=["few row groups", "a query"])
def way_of_reading(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read entries straight from their row groups, and then everything by query."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "a query":
            patch.setattr(leaves, "FEW", -1)
        yield
