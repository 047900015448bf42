"""The files to begin from: who may have them, and that every one of them can be brought in."""

import re
from pathlib import Path

import pytest
from django.test import Client

from katsaus.core.names import LANGUAGES, Language
from katsaus.core.periods import Period
from katsaus.ledger.importers import Kind
from katsaus.web.finance.queries import Books
from katsaus.web.imports import template_files
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from web.cast import allowed, answers, sign_in
from web.imports.small_town import Town


def address(kind: str) -> str:
    return f"/kemi/tuonnit/malli/{kind}.csv"


def test_those_who_bring_files_in_may_have_them(kemi: Municipality) -> None:
    assert answers(address("budget"), kemi) == allowed("bertta")


def test_there_is_none_of_an_unknown_kind(kemi: Municipality) -> None:
    assert sign_in("bertta", kemi).get(address("everything")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_them_are_brought_in_one_after_another_without_a_word(
    db: None, tmp_path: Path, language: Language
) -> None:
    town = Town(ensure_municipality(slug_or_number="posio"), tmp_path)
    for kind in Kind:
        content = template_files.content(kind, language)
        assert town.reading(kind, content).problems == ()
        town.bring_in(kind, content, period="2025-06")
    books = Books(town.owner, Period(2025, 6))
    statement = books.statement("operating")
    found = [
        str(statement.value("1000", "operating_margin", column))
        for column in ("budget_2025", "amended_budget_2025", "actual_2025_06", "forecast_2025")
    ]
    assert found == ["-980000.00", "-1015000.00", "-239340.50", "-1035000.00"]


def test_a_file_is_in_the_persons_language_and_opens_in_a_spreadsheet(kemi: Municipality) -> None:
    bertta: Client = sign_in("bertta", kemi)
    for language, first in (("fi", "Yksikkö"), ("sv", "Enhet"), ("en", "Unit")):
        answer = bertta.get(address("postings"), headers={"Accept-Language": language})
        assert answer.content.startswith(b"\xef\xbb\xbf" + first.encode() + b";")
        assert re.search(r'filename="[\w-]+\.csv"', answer["Content-Disposition"])


def test_the_kind_of_the_address_is_chosen_and_each_kinds_file_offered(kemi: Municipality) -> None:
    bertta = sign_in("bertta", kemi)
    page = bertta.get("/kemi/tuonnit/?kind=postings").text
    assert '<option value="postings" selected>' in page
    assert all(address(kind) in page for kind in Kind)
    assert "selected" not in bertta.get("/kemi/tuonnit/?kind=kissa").text.split("</select>")[0]
