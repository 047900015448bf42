"""What a file may hold fits the columns of the database, which PostgreSQL insists on."""

import pytest
from django.db import models

from katsaus.ledger.importers.faults import LONGEST
from katsaus.web.organization.models import Account, Unit
from katsaus.web.planning.models import Decision, PlanFigure

PLACES: list[tuple[str, type[models.Model], str]] = [
    *((name, Unit, name) for name in ("code", "short_name", "responsible")),
    *((name, each, name) for name in ("name_fi", "name_sv", "name_en") for each in (Unit, Account)),
    ("number", Account, "number"),
    ("text", PlanFigure, "text"),
    ("reason", PlanFigure, "text"),
    ("given_by", PlanFigure, "given_by"),
    ("decision_body", Decision, "body"),
    ("decision_section", Decision, "section"),
]


@pytest.mark.parametrize(("field", "model", "column"), PLACES)
def test_a_text_that_is_no_fault_fits_its_column(
    field: str, model: type[models.Model], column: str
) -> None:
    found = model._meta.get_field(column)
    assert isinstance(found, models.CharField)
    assert LONGEST[field] == found.max_length


def test_every_text_that_is_measured_is_asked_about() -> None:
    assert {field for field, _, _ in PLACES} == LONGEST.keys()
