"""From a page of the strategy to adding what it lists, also where there is nothing yet."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.small_town import Town

PAGES = {
    "strategy": "strategies",
    "budget_goals": "goals",
    "programmes": "programmes",
    "projects": "projects",
    "decisions": "decisions",
    "performance_figures": "indicator_links",
    "sdgs": "sdg_links",
}


@pytest.fixture
def posio(db: None, tmp_path: Path) -> Municipality:
    """A municipality without a strategy."""
    return Town.found("posio", tmp_path).owner


@pytest.mark.parametrize(("name", "table"), PAGES.items())
def test_an_empty_page_leads_to_adding_and_back(posio: Municipality, name: str, table: str) -> None:
    bertta = sign_in("bertta", posio)
    at = reverse(name, args=("posio",))
    [href] = re.findall(r'href="([^"]*/lisaa/[^"]*)"', bertta.get(at).content.decode())
    address = unescape(href)
    assert address.startswith(reverse("row_new", args=("posio", table)))
    form = bertta.get(address).content.decode()
    assert f'<a href="{at}">' in form
    reader = sign_in("daavid", posio).get(at).content.decode()
    assert "/lisaa/" not in reader


def test_a_goal_of_the_budget_begins_with_its_year(kemi: Municipality, posio: Municipality) -> None:
    page = sign_in("bertta", posio).get(reverse("budget_goals", args=("posio",)))
    assert f"lisaa/goals/?year={localdate().year}&amp;" in page.content.decode()


def test_a_page_with_rows_leads_to_adding_too(kemi: Municipality) -> None:
    bertta = sign_in("bertta", kemi)
    page = bertta.get(reverse("performance_figures", args=("kemi",)), {"unit": "64320000"})
    assert "lisaa/indicator_links/?to=unit&amp;code=64320000&amp;" in page.content.decode()
    page = bertta.get(reverse("sdg", args=("kemi", 13)))
    assert "lisaa/sdg_links/?sdg=13&amp;" in page.content.decode()
