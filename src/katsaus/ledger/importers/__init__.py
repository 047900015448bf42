"""Reads organisation, accounts, budget, amendments, forecasts and postings from CSV and XLSX."""

from katsaus.ledger.importers.kinds import Kind
from katsaus.ledger.importers.mapping import Mapping, MappingError, load_mapping, mapping_of
from katsaus.ledger.importers.reading import read
from katsaus.ledger.importers.samples import Sample, fitting_kinds
from katsaus.ledger.importers.values import ControlTotals, Known, Reading, Recognition
from katsaus.ledger.importers.workbooks import sheet_names

__all__ = [
    "ControlTotals",
    "Kind",
    "Known",
    "Mapping",
    "MappingError",
    "Reading",
    "Recognition",
    "Sample",
    "fitting_kinds",
    "load_mapping",
    "mapping_of",
    "read",
    "sheet_names",
]
