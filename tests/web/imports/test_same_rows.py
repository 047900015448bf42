"""Two files of the same rows, both open at once: one is kept, and the other is told so."""

import pytest
from django.test import Client

from katsaus.ledger.importers import Kind
from katsaus.web.imports import queries, tasks
from katsaus.web.imports.models import Batch, State, Upload
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import GOOD, LIST, PERIOD, act, address, give, kept_batch

OTHER_FORM = GOOD.replace("-100,00", "-100").replace(";", "|")


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


@pytest.mark.parametrize("content", [GOOD, OTHER_FORM])
def test_the_second_is_not_kept_and_its_page_says_as_which_batch_the_rows_are(
    kemi: Municipality, bertta: Client, content: str
) -> None:
    first, second = give(bertta, GOOD, "yksi.csv"), give(bertta, content, "kaksi.csv")
    batch = kept_batch(act(bertta, first, "keep"))
    before = queries.sums(kemi, Kind.FORECASTS)
    second = act(bertta, second, "keep")
    assert second.state == State.READ
    assert queries.sums(kemi, Kind.FORECASTS) == before
    for _opened in range(2):
        page = bertta.get(address(second)).text
        assert f'ei tallennettu, koska samat rivit ovat jo <a href="{LIST}era/{batch.pk}/">' in page
        assert "yksi.csv" in page
        assert 'value="keep"' not in page


@pytest.fixture
def told(bertta: Client) -> tuple[Batch, Upload]:
    """A batch, and a file that was not kept for it."""
    first, second = give(bertta, GOOD, "yksi.csv"), give(bertta, OTHER_FORM, "kaksi.csv")
    return kept_batch(act(bertta, first, "keep")), act(bertta, second, "keep")


def test_it_can_be_kept_when_it_is_read_otherwise(
    bertta: Client, told: tuple[Batch, Upload]
) -> None:
    said = {"kind": "forecasts", "source": "koe", "period": PERIOD, "sign": "expense_positive"}
    upload = act(bertta, told[1], "read", **said)
    assert kept_batch(act(bertta, upload, "keep", replaces="")).cents == 10_000


def test_it_can_be_kept_when_the_batch_is_undone(
    bertta: Client, told: tuple[Batch, Upload]
) -> None:
    batch, upload = told
    bertta.post(f"{LIST}era/{batch.pk}/peru/")
    assert kept_batch(act(bertta, upload, "keep")) != batch


def test_a_keeping_that_was_cut_off_after_its_batch_is_still_its_own(bertta: Client) -> None:
    upload = give(bertta, GOOD)
    batch = kept_batch(act(bertta, upload, "keep"))
    again = Upload.objects.filter(pk=upload.pk)
    again.update(state=State.KEEPING, batch=None, tries=1)
    tasks.path(upload).write_text(GOOD, "utf-8")
    tasks.resume()
    assert kept_batch(again.get()) == batch


def test_rows_that_came_in_by_the_command_line_are_told_too(bertta: Client) -> None:
    batch = kept_batch(act(bertta, give(bertta, GOOD, "yksi.csv"), "keep"))
    Upload.objects.filter(batch=batch).delete()
    second = act(bertta, give(bertta, OTHER_FORM, "kaksi.csv"), "keep", replaces="")
    assert (second.state, second.batch) == (State.READ, batch)
