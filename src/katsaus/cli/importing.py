"""`katsaus import`: files of tables, of a report's parts and of a strategy, checked and kept."""

from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from katsaus.cli import deliveries, strategies
from katsaus.cli.console import complain, out, prepare_database
from katsaus.cli.deliveries import owner_of
from katsaus.cli.files import refuse_unreadable
from katsaus.cli.municipalities import find_municipality, refuse_unknown
from katsaus.cli.orders import ImportKind, Order
from katsaus.cli.report_parts import Texts, keep_notes, keep_templates, keep_texts
from katsaus.core.periods import Period
from katsaus.ledger.importers import Mapping, load_mapping
from katsaus.ledger.importers.mapping import MappingError
from katsaus.web.imports import queries
from katsaus.web.imports.mapping_messages import mapping_sentence
from katsaus.web.organization.models import Municipality


def bring_in(order: Order, files: list[Path]) -> bool:
    """Bring in files one by one; returns whether all were kept or were there already."""
    _check(order, files)
    prepare_database()
    refuse_unknown(order.municipality)
    if order.kind is ImportKind.STRATEGY:
        slug, is_dry_run = order.municipality, order.is_dry_run
        kept = [strategies.bring_in(slug, file, is_dry_run=is_dry_run) for file in files]
        return all(kept)
    if order.kind is ImportKind.TEMPLATE:
        return keep_templates(order.municipality, files, is_dry_run=order.is_dry_run)
    if order.kind in (ImportKind.TEXTS, ImportKind.NOTES, ImportKind.FORECASTS):
        order = replace(order, period=order.period or _newest_period(owner_of(order)))
    if order.kind is ImportKind.TEXTS:
        texts = Texts(owner_of(order), order.municipality, Period.parse(order.period))
        return keep_texts(texts, files, is_dry_run=order.is_dry_run)
    if order.kind is ImportKind.NOTES:
        owner, period = find_municipality(order.municipality), Period.parse(order.period)
        kept = [keep_notes(owner, period, file, is_dry_run=order.is_dry_run) for file in files]
        return all(kept)
    act = deliveries.try_out if order.is_dry_run else deliveries.bring_in
    return act(order, _mapping(order), files)


def _check(order: Order, files: list[Path]) -> None:
    for file in files:
        if not (order.kind is ImportKind.STRATEGY and file.is_dir()):
            refuse_unreadable(file)
    if order.replaces and order.adds:
        complain(_("Choose one of the two: --replace or --add."))
    if order.period:
        check_period(order.period)


def _newest_period(owner: Municipality | None) -> str:
    """Return the period of the newest postings, which a forecast or a text is then of."""
    period = queries.newest_period(owner) if owner else None
    if period is None:
        complain(_("Say which period they are of: --period 2023-06."))
    out.print(_("Of the newest period, %s.") % period.code)
    return period.code


def check_period(text: str) -> Period:
    """Return the period of an option, or end with a message."""
    try:
        return Period.parse(text)
    except ValueError:
        complain(_("%(text)s is not a period. Write it like 2023-06.") % {"text": text})


def _mapping(order: Order) -> Mapping | None:
    if order.mapping is None:
        return None
    refuse_unreadable(order.mapping)
    try:
        return load_mapping(order.mapping)
    except MappingError as error:
        complain(mapping_sentence(error))
