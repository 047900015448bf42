"""Reads organisation, accounts, budget, amendments, forecasts and postings from CSV and XLSX."""

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.mapping import Mapping, MappingError, load_mapping
from katsaus.ledger.importers.reading import read
from katsaus.ledger.importers.values import ControlTotals, Known, Reading, Recognition

__all__ = [
    "ControlTotals",
    "Kind",
    "Known",
    "Mapping",
    "MappingError",
    "Reading",
    "Recognition",
    "load_mapping",
    "read",
]
