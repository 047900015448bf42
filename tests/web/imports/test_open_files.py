"""Files that are not settled: what each waits for, discarding at a press, and giving one again."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katsaus.ledger.importers import Kind
from katsaus.web.audit.models import Event
from katsaus.web.imports import tasks
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.open_files import open_files
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import EITHER, FORECAST, GOOD, LIST, act, address, give, kept_batch

BAD = FORECAST + "64110100;4000;2023;x;;;\nei ole;4000;2023;1,00;;;\n"
MANY = FORECAST + "".join(f"64110100;4000;2023;x{n};;;\n" for n in range(1500))


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _states(kemi: Municipality) -> dict[str, str]:
    return {each.upload.file_name: each.state for each in open_files(kemi)}


@pytest.mark.parametrize(
    ("content", "said", "state"),
    [
        (GOOD, {}, "valmis tallennettavaksi"),
        (GOOD, {"period": ""}, "kerro, miltä kaudelta se on"),
        (BAD, {}, "virheitä 2"),
        (MANY, {}, "virheitä 1 500"),
        ("", {}, "ei voi lukea"),
        ("Nimi;Osoite\nKoulu;Katu 1\n", {}, "kerro, mitä se sisältää"),
        (EITHER, {"period": ""}, "kerro, mitä se sisältää"),
        (EITHER, {"period": "", "kind": "forecasts"}, "kerro, miltä kaudelta se on"),
    ],
)
def test_the_list_says_what_came_of_each(
    kemi: Municipality, bertta: Client, content: str, said: dict[str, str], state: str
) -> None:
    give(bertta, content, "koe.csv", **said)
    assert _states(kemi)["koe.csv"].replace("\N{NO-BREAK SPACE}", " ") == state
    assert f"<b>{_states(kemi)['koe.csv']}</b>" in bertta.get(LIST).text


def test_of_rows_that_are_kept_already_the_list_says_as_which_batch(
    kemi: Municipality, bertta: Client
) -> None:
    give(bertta, GOOD, "kaksi.csv")
    give(bertta, GOOD.replace("-100,00", "-100"), "kolme.csv")
    batch = kept_batch(act(bertta, give(bertta, GOOD, "yksi.csv"), "keep"))
    act(bertta, Upload.objects.get(file_name="kolme.csv"), "keep", replaces="")
    kept = f"tallennettu jo tuontieränä {batch.pk}"
    assert _states(kemi) == {"kaksi.csv": kept, "kolme.csv": kept}


@pytest.mark.parametrize("state", ["waiting", "reading", "keeping"])
def test_what_is_under_work_says_so_and_is_not_to_be_discarded(
    kemi: Municipality, bertta: Client, state: str
) -> None:
    Upload.objects.filter(pk=give(bertta, GOOD).pk).update(state=state)
    [line] = open_files(kemi)
    assert line.state == str(State(state).label)
    assert 'value="discard"' not in bertta.get(LIST).text


def test_each_is_discarded_from_the_list_at_one_press(bertta: Client) -> None:
    bad, good = give(bertta, BAD, "huono.csv"), give(bertta, GOOD, "hyva.csv")
    page = bertta.get(LIST).text
    for upload in (bad, good):
        assert f'<form method="post" action="{address(upload)}">' in page
    answer = bertta.post(address(bad), {"action": "discard"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "huono.csv hylättiin" in answer.text
    assert address(bad) not in answer.text
    assert address(good) in answer.text


def test_a_second_press_comes_back_to_the_list(bertta: Client) -> None:
    upload = act(bertta, give(bertta, GOOD), "discard")
    assert bertta.post(address(upload), {"action": "discard"})["Location"] == LIST


@pytest.mark.parametrize("state", ["waiting", "reading", "read", "failed"])
def test_a_file_given_again_takes_the_place_of_the_earlier_try(
    kemi: Municipality, bertta: Client, state: str
) -> None:
    first = give(bertta, BAD)
    Upload.objects.filter(pk=first.pk).update(state=state)
    mended = give(bertta, GOOD)
    assert [each.upload for each in open_files(kemi)] == [mended]
    assert Upload.objects.get(pk=first.pk).state == State.DISCARDED
    assert Event.objects.filter(action="file.discarded", subject="ennuste.csv").count() == 1
    assert "tämä tuli sen tilalle" in bertta.get(address(mended)).text


def test_a_file_given_again_is_read_as_its_earlier_try_was_said_to_be(bertta: Client) -> None:
    text = "Paikka;Konto;Kausi;Arvio\n64110100;4000;2023;{}\n"
    columns = {"column_unit": "1", "column_account": "2", "column_year": "3", "column_amount": "4"}
    said = {"kind": "forecasts", "source": "koe", "period": "2023-06", "sign": "revenue_positive"}
    first = give(bertta, text.format("x"), "arvio.csv", kind="forecasts")
    act(bertta, first, "read", **said, **columns, header_row="1", skip_rows="2")
    other = give(bertta, text.format("2,00"), "toinen.csv")
    assert (other.kind, other.mapping) == ("", {})
    again = give(bertta, text.format("-1,00"), "arvio.csv")
    assert "skip_rows" not in again.mapping
    assert act(bertta, again, "keep").state == State.KEPT


def test_the_file_of_the_earlier_try_goes_too(
    bertta: Client, django_capture_on_commit_callbacks: object
) -> None:
    first = give(bertta, BAD)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        give(bertta, GOOD)
    assert not tasks.path(first).exists()


@pytest.mark.parametrize(
    ("name", "said"), [("toinen.csv", {}), ("ennuste.csv", {"source": "toinen"})]
)
def test_a_file_of_another_name_or_source_stays(
    bertta: Client, name: str, said: dict[str, str]
) -> None:
    first = give(bertta, BAD)
    give(bertta, GOOD, name, **said)
    assert Upload.objects.get(pk=first.pk).state == State.READ


def test_another_persons_file_and_one_that_is_being_kept_stay(
    kemi: Municipality, bertta: Client
) -> None:
    other = give(sign_in("taloussihteeri", kemi), BAD)
    keeping = give(bertta, BAD)
    Upload.objects.filter(pk=keeping.pk).update(state=State.KEEPING)
    kept = act(bertta, give(bertta, GOOD), "keep")
    give(bertta, GOOD.replace("100", "200"))
    found = [Upload.objects.get(pk=each.pk).state for each in (other, keeping, kept)]
    assert found == [State.READ, State.KEEPING, State.KEPT]


def test_what_is_told_waits_until_the_file_has_been_read(bertta: Client) -> None:
    give(bertta, BAD)
    mended = Upload.objects.filter(pk=give(bertta, GOOD).pk)
    mended.update(state=State.READING)
    assert "tämä tuli sen tilalle" not in bertta.get(address(mended.get())).text
    mended.update(state=State.READ)
    assert "tämä tuli sen tilalle" in bertta.get(address(mended.get())).text


def test_a_reading_whose_file_was_discarded_meanwhile_ends_in_silence(bertta: Client) -> None:
    upload = give(bertta, GOOD, kind=Kind.FORECASTS)
    tasks.path(upload).unlink()
    Upload.objects.filter(pk=upload.pk).update(state=State.DISCARDED)
    tasks._finish(upload, keeps=False)
    assert Upload.objects.get(pk=upload.pk).state == State.DISCARDED
    Upload.objects.filter(pk=upload.pk).update(state=State.READING)
    with pytest.raises(OSError, match=upload.stored_as):
        tasks._finish(upload, keeps=False)


def test_a_long_list_asks_no_more_of_the_database(
    bertta: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        give(bertta, GOOD, f"{number}.csv")
    with django_assert_max_num_queries(15):
        bertta.get(LIST)
