"""Undoing a batch: the question before it, and what its page tells of it afterwards."""

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.models import Batch, Status
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import GOOD, LIST, act, give, kept_batch

NEWER = GOOD.replace("100,00", "250,00")


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


@pytest.fixture
def batches(bertta: Client) -> tuple[Batch, Batch]:
    """A batch of −100 euros, and one of −250 that took its place."""
    old = kept_batch(act(bertta, give(bertta, GOOD, "vanha.csv"), "keep"))
    new = kept_batch(act(bertta, give(bertta, NEWER, "uusi.csv"), "keep", replaces="1"))
    return old, new


def _page(batch: Batch) -> str:
    return f"{LIST}era/{batch.pk}/"


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_of_a_batch_leads_to_the_question_and_undoes_nothing_itself(
    bertta: Client, batches: tuple[Batch, Batch]
) -> None:
    page = bertta.get(_page(batches[1])).text
    assert f'href="{_page(batches[1])}peru/"' in page
    assert 'method="post"' not in page.partition("<main")[2]
    assert bertta.post(_page(batches[1])).status_code == 405
    bertta.get(f"{_page(batches[1])}peru/")
    assert Batch.objects.get(pk=batches[1].pk).status == Status.KEPT


def test_the_question_says_what_stops_counting_and_what_counts_again(
    kemi: Municipality, bertta: Client, batches: tuple[Batch, Batch]
) -> None:
    old, new = batches
    answer = bertta.get(f"{_page(new)}peru/")
    text = _plain(answer.text)
    assert f"Perutaanko tuontierä {new.pk}, uusi.csv?" in text
    assert "1 rivi, −250,00 €, lakkaa olemasta voimassa" in text
    assert "Se, minkä tuontierä korvasi, tulee taas voimaan." in text
    before = queries.sums(kemi, Kind.FORECASTS)
    lines = answer.context["totals"]
    assert [(each.batch, each.rows, _plain(each.amount)) for each in lines[1:-1]] == [
        (new, "−1", "250,00 €"),
        (old, "1", "−100,00 €"),
    ]
    bertta.post(f"{_page(new)}peru/")
    after = queries.sums(kemi, Kind.FORECASTS)
    assert (after.rows, after.cents) == (before.rows, (before.cents or 0) + 15_000)
    shown = bertta.get(_page(old)).context["totals"][-1]
    assert (lines[-1].rows, lines[-1].amount) == (shown.rows, shown.amount)


def test_a_batch_that_superseded_nothing_is_asked_of_alone(bertta: Client) -> None:
    batch = kept_batch(act(bertta, give(bertta, GOOD), "keep"))
    answer = bertta.get(f"{_page(batch)}peru/")
    assert len(answer.context["totals"]) == 3
    assert "taas voimaan" not in answer.text


def test_what_cannot_be_undone_is_told_and_not_asked(
    bertta: Client, batches: tuple[Batch, Batch]
) -> None:
    old, new = batches
    kept_batch(act(bertta, give(bertta, GOOD, "sama.csv"), "keep", replaces=""))
    for each in (old, new):
        page = bertta.get(f"{_page(each)}peru/").text
        assert "Tuontierää ei voi perua" in page
        assert 'method="post"' not in page.partition("<main")[2]


def test_the_page_of_an_undone_batch_says_who_undid_it_and_when(
    bertta: Client, batches: tuple[Batch, Batch]
) -> None:
    old, new = batches
    page = bertta.post(f"{_page(new)}peru/", follow=True).text
    event = Event.objects.get(action="batch.undone", subject=f"{new.pk} uusi.csv")
    when = date_format(localtime(event.at), "SHORT_DATETIME_FORMAT")
    assert f"Perunut: bertta, {when}." in page
    assert f'voi tuoda uudelleen sivulla <a href="{LIST}">' in page
    for other in (old, new):
        assert ("Perunut" in bertta.get(_page(other)).text) == (other == new)
    assert (
        kept_batch(act(bertta, give(bertta, NEWER, "uusi.csv"), "keep", replaces="")).status
        == Status.KEPT
    )


def test_what_the_command_line_undid_is_said_so(
    bertta: Client, batches: tuple[Batch, Batch]
) -> None:
    old, new = batches
    use_cases.undo(batch=new)
    bertta.post(f"{_page(old)}peru/")
    assert "Perunut: komentorivi, " in bertta.get(_page(new)).text
    assert "Perunut: bertta, " in bertta.get(_page(old)).text


def test_the_pages_ask_little_of_the_database(
    bertta: Client,
    batches: tuple[Batch, Batch],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for each in ("", "peru/"):
        with django_assert_max_num_queries(15):
            bertta.get(f"{_page(batches[1])}{each}")
