"""Figures that the background computes before anyone asks for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from katsaus.core.periods import Period
from katsaus.ledger import statement
from katsaus.web.audit import shelves
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.finance.ahead import compute_changed
from katsaus.web.finance.queries import SCHEME, Books, kept_periods
from katsaus.web.organization.models import Municipality


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, kemi: Municipality) -> Iterator[Path]:
    """Keep what is computed in an empty folder; yield that of Kemi."""
    with override_settings(COMPUTED=tmp_path):
        yield tmp_path / kemi.slug


def changed(slug: str, touches: Touch = Touch.ALL) -> None:
    record(person=None, municipality=slug, action="x", subject="", touches=touches)


def test_nothing_is_computed_for_the_first_who_looks_at_a_month(
    kemi: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    compute_changed({})
    shelves.empty()  # as in another process
    monkeypatch.setattr(statement, "compute_amounts", None)
    newest, *_ = periods = kept_periods(kemi, shelves.shelf(kemi.slug))
    months = [each for each in periods if each.year == newest.year]
    assert newest == Period(2023, 6)
    assert len(months) > 1
    for period in months:
        assert Books(kemi, period).statement(SCHEME).amounts


def test_only_what_has_changed_is_computed_anew(kemi: Municipality, folder: Path) -> None:
    done: dict[str, str] = {}
    changed(kemi.slug)
    compute_changed(done)
    assert kemi.slug in done
    for file in folder.iterdir():
        file.unlink()
    shelves.empty()
    changed(kemi.slug, Touch.TOLD)
    compute_changed(done)
    assert list(folder.iterdir()) == []
    changed(kemi.slug)
    compute_changed(done)
    assert list(folder.iterdir())


def test_a_municipality_without_units_or_figures_is_passed_over(kemi: Municipality) -> None:
    Municipality.objects.create(slug="alku", number="998", name_fi="Alku")
    done: dict[str, str] = {}
    compute_changed(done)
    assert {"alku", kemi.slug} <= set(done)
