"""Figures computed in the background before anyone asks, so that nobody waits for them."""

import logging
import time
from contextlib import suppress

import duckdb
from django.db import DatabaseError, close_old_connections

from katsaus.web.audit.shelves import Shelf, shelf
from katsaus.web.finance.queries import Books, kept_periods
from katsaus.web.organization.models import Municipality

SECONDS = 2  # between two looks at whether something has changed
_log = logging.getLogger(__name__)


def keep_computing() -> None:
    """Compute the figures of whatever changes for as long as the process lives."""
    done: dict[str, str] = {}
    while True:
        try:
            compute_changed(done)
        except (DatabaseError, duckdb.Error, OSError):
            _log.warning("figures could not be computed ahead", exc_info=True)
        close_old_connections()
        time.sleep(SECONDS)


def compute_changed(done: dict[str, str]) -> None:
    """Compute the newest year's months of municipalities whose figures have changed.

    `done` has the mark of the figures that were computed of each, by its slug, and is brought up
    to date.
    """
    for municipality in Municipality.objects.all():
        at = shelf(municipality.slug)
        if done.get(municipality.slug) == at.mark_of_figures:
            continue
        with suppress(ValueError):  # it has no units yet
            _compute(municipality, at)
        done[municipality.slug] = at.mark_of_figures


def _compute(municipality: Municipality, at: Shelf) -> None:
    periods = kept_periods(municipality, at)
    for period in periods:
        if period.year == periods[0].year:
            Books(municipality, period, at=at).keep_whole()
