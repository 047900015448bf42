"""A report is told in the hierarchy of its period's end, or in the one that is named."""

from datetime import date

import pytest

from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.definitions.templates import TemplateError
from katsaus.web.organization.hierarchies import change_hierarchy, copy_hierarchy
from katsaus.web.organization.models import Hierarchy, Municipality, Unit
from katsaus.web.organization.queries import UnknownHierarchyError
from katsaus.web.organization.restructuring import move_unit
from katsaus.web.reports.compose import compose
from katsaus.web.reports.models import ReportTemplate
from katsaus.web.reports.use_cases import keep_template

JUNE = Period(2023, 6)
OLD, NEW = "1.1.2022 virallinen", "1.1.2023"


def moved(kemi: Municipality, begins: date) -> Hierarchy:
    """Make a hierarchy in which a service area stands under another division."""
    old = kemi.hierarchies.get(name=OLD)
    new = copy_hierarchy(hierarchy=old, name=NEW, valid_from=begins)
    unit = Unit.objects.select_related("municipality").get(municipality=kemi, code="64330000")
    move_unit(unit=unit, parent="64200000", year=None, hierarchy=new)
    return new


def divisions_of(report: Report) -> set[str]:
    """Return the divisions whose table tells of the service area that moved."""
    found = (table for table in report.tables if table.id.startswith("division:"))
    return {t.id for t in found if any(row.unit == "64330000" for row in t.rows)}


def whole(report: Report) -> object:
    [table] = [table for table in report.tables if table.id == "income_statement"]
    return tuple(table.rows)


def test_a_report_is_told_in_the_hierarchy_of_its_periods_end(kemi: Municipality) -> None:
    new = moved(kemi, date(2023, 7, 1))
    assert divisions_of(compose(kemi, JUNE)) == {"division:64300000"}
    change_hierarchy(hierarchy=new, name=NEW, valid_from=date(2023, 6, 30))
    assert divisions_of(compose(kemi, JUNE)) == {"division:64200000"}


def test_a_named_hierarchy_tells_the_same_sums_in_its_own_structure(kemi: Municipality) -> None:
    moved(kemi, date(2030, 1, 1))
    old, new = compose(kemi, JUNE), compose(kemi, JUNE, hierarchy=NEW)
    assert divisions_of(old) == {"division:64300000"}
    assert divisions_of(new) == {"division:64200000"}
    assert whole(old) == whole(new)


def test_the_layout_may_name_a_hierarchy(kemi: Municipality) -> None:
    moved(kemi, date(2030, 1, 1))
    yaml = ReportTemplate.objects.get(municipality=kemi).yaml
    keep_template(municipality=kemi, yaml=f'hierarchy: "{NEW}"\n{yaml}', source="own.yaml")
    assert divisions_of(compose(kemi, JUNE)) == {"division:64200000"}
    assert divisions_of(compose(kemi, JUNE, hierarchy=OLD)) == {"division:64300000"}


def test_a_hierarchy_that_is_none_is_refused(kemi: Municipality) -> None:
    with pytest.raises(UnknownHierarchyError):
        compose(kemi, JUNE, hierarchy="muu")
    yaml = ReportTemplate.objects.get(municipality=kemi).yaml
    with pytest.raises(TemplateError, match="muu"):
        keep_template(municipality=kemi, yaml=f"hierarchy: muu\n{yaml}", source="own.yaml")
