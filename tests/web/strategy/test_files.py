"""The strategy as files: who may what, out = in, what was seen is kept, hostile files are told."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Protocol

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from katsaus.web.audit import shelves
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.exchange.records import Tables, tables
from katsaus.web.planning.models import Goal, StrategyFile
from katsaus.web.strategy import files_forms
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in

PAGE = "/kemi/strategia/tiedostot/"
GOALS = "code;name_fi;theme\nvihrea_kemi;Vihreämpi Kemi;vetovoima\nuusi;Uusi tavoite;arki\n"


class Answer(Protocol):
    """What the server answered."""

    status_code: int

    @property
    def content(self) -> bytes: ...


def give(client: Client, name: str, content: str | bytes) -> Answer:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return client.post(PAGE, {"file": file}, headers={"accept-language": "en"})


def waiting(client: Client, name: str = "goals.csv", content: str = GOALS) -> StrategyFile:
    """Give a file that can be kept; return it as it waits."""
    answer = give(client, name, content)
    assert answer.status_code == 302, text(answer)
    return StrategyFile.objects.order_by("pk").reverse()[0]


def text(answer: Answer) -> str:
    body = answer.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def look(client: Client, file: StrategyFile) -> Answer:
    return client.get(f"{PAGE}{file.pk}/", headers={"accept-language": "en"})


def keep(client: Client, file: StrategyFile, seen: str | None = None) -> Answer:
    if seen is None:
        found = re.search(r'name="seen" value="([^"]+)"', look(client, file).content.decode())
        assert found
        seen = html.unescape(found[1])
    return client.post(
        f"{PAGE}{file.pk}/",
        {"action": "keep", "seen": seen},
        headers={"accept-language": "en"},
    )


def in_order(found: Tables) -> dict[str, list[list[tuple[str, str]]]]:
    return {name: sorted(sorted(row.items()) for row in rows) for name, rows in found.items()}


def test_who_may_take_the_strategy_out(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)
    for form in ("json", "xlsx", "zip"):
        assert answers(f"{PAGE}strategia.{form}", kemi) == allowed(*READERS)


def test_who_may_bring_it_in(kemi: Municipality, bertta: Client) -> None:
    for name in ("aino", "cecilia", "daavid", "tarkastaja"):
        client = sign_in(name, kemi)
        assert "Choose" not in (page := text(client.get(PAGE)))
        assert "See what would change" not in page
        assert give(client, "goals.csv", GOALS).status_code == 403
    file = waiting(bertta)
    assert answers(f"{PAGE}{file.pk}/", kemi) == allowed("bertta")


def test_another_municipalitys_file_is_not_found(kemi: Municipality, bertta: Client) -> None:
    file = waiting(bertta)
    outsider = sign_in("simo.talous", kemi)
    assert outsider.get(f"/simo/strategia/tiedostot/{file.pk}/").status_code == 404
    assert outsider.post(f"/simo/strategia/tiedostot/{file.pk}/").status_code == 404


def test_a_form_that_there_is_not_is_not_found(bertta: Client) -> None:
    assert bertta.get(f"{PAGE}strategia.pdf").status_code == 404


@pytest.mark.parametrize("form", ["json", "xlsx", "zip"])
def test_what_is_taken_out_changes_nothing_when_it_comes_in(
    kemi: Municipality, bertta: Client, form: str
) -> None:
    content = bertta.get(f"{PAGE}strategia.{form}").content
    before, events = tables(kemi), Event.objects.count()
    answer = give(bertta, f"kemi-strategia.{form}", content)
    assert answer.status_code == 302, text(answer)
    assert StrategyFile.objects.count() == 0
    page = text(bertta.get(PAGE, headers={"accept-language": "en"}))
    assert f"kemi-strategia.{form} is kept already: nothing changes." in page
    assert (tables(kemi), Event.objects.count()) == (before, events)


@pytest.mark.parametrize("form", ["json", "xlsx", "zip"])
def test_what_is_taken_out_comes_in_elsewhere(
    kemi: Municipality, bertta: Client, form: str
) -> None:
    content = bertta.get(f"{PAGE}strategia.{form}").content
    taken = tables(kemi)
    other = Municipality.objects.create(slug="toinen", number="998", name_fi="Toinen")
    for unit in kemi.units.all():
        other.units.create(code=unit.code, name_fi="x", level=unit.level)
    client = sign_in("toinen.talous", other)
    page = "/toinen/strategia/tiedostot/"
    answer = client.post(page, {"file": SimpleUploadedFile(f"s.{form}", content)})
    assert answer.status_code == 302, text(answer)
    file = StrategyFile.objects.get(municipality=other)
    shown = client.get(f"{page}{file.pk}/").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen
    kept = client.post(f"{page}{file.pk}/", {"action": "keep", "seen": html.unescape(seen[1])})
    assert kept.status_code == 302
    # In JSON the actions stand in their goals, and so in the order of those.
    assert in_order(tables(other)) == in_order(taken)


def test_what_would_change_is_told_row_by_row_and_waits(kemi: Municipality, bertta: Client) -> None:
    before = tables(kemi)
    file = waiting(bertta)
    page = text(look(bertta, file))
    assert "1 new row, 1 row changes" in page
    assert "Goals new 1 · changed 1 · not in the file" in page
    assert (
        "Vihreämpi Kemi vihrea_kemi name fi Vihreä ja kestävä Kemi lisää vetovoimaamme sekä "
        "torjuu ilmastonmuutosta. → Vihreämpi Kemi" in page
    )
    assert "New Uusi tavoite uusi theme arki" in page
    assert tables(kemi) == before
    assert "goals.csv" in text(sign_in("bertta", kemi).get(PAGE))


def test_what_was_seen_is_kept_and_written_down(kemi: Municipality, bertta: Client) -> None:
    file = waiting(bertta)
    assert keep(bertta, file).status_code == 302
    assert Goal.objects.get(municipality=kemi, code="vihrea_kemi").name_fi == "Vihreämpi Kemi"
    assert StrategyFile.objects.count() == 0
    trail = Event.objects.filter(municipality="kemi")[:2]
    assert [(each.action, each.person_name) for each in trail] == [
        ("strategy.kept", "bertta"),
        ("file.received", "bertta"),
    ]
    assert bertta.get(f"{PAGE}{file.pk}/").status_code == 404


def test_the_same_file_waits_once(bertta: Client) -> None:
    assert waiting(bertta).pk == waiting(bertta).pk
    assert StrategyFile.objects.count() == 1


def test_a_file_is_discarded(kemi: Municipality, bertta: Client) -> None:
    before = tables(kemi)
    file = waiting(bertta)
    assert bertta.post(f"{PAGE}{file.pk}/", {"action": "discard"}).status_code == 302
    assert (StrategyFile.objects.count(), tables(kemi)) == (0, before)
    assert Event.objects.filter(municipality="kemi")[0].action == "file.discarded"


def test_what_was_changed_meanwhile_is_looked_at_again(kemi: Municipality, bertta: Client) -> None:
    file = waiting(bertta)
    seen = look(bertta, file)
    bring_in(kemi, "goals: code; name_fi\n  vihrea_kemi; Toisen antama nimi\n")
    before = tables(kemi)
    token = re.search(r'name="seen" value="([^"]+)"', seen.content.decode())
    assert token
    assert keep(bertta, file, html.unescape(token[1])).status_code == 302
    assert tables(kemi) == before
    page = text(look(bertta, file))
    assert "Something was changed meanwhile" in page
    assert "Toisen antama nimi → Vihreämpi Kemi" in page
    assert keep(bertta, file).status_code == 302
    assert Goal.objects.get(municipality=kemi, code="vihrea_kemi").name_fi == "Vihreämpi Kemi"


def test_what_nobody_was_shown_is_not_kept(kemi: Municipality, bertta: Client) -> None:
    file, before = waiting(bertta), tables(kemi)
    for seen in ("", "x", json.loads(file.preview)["digest"]):
        assert keep(bertta, file, seen).status_code == 302
        assert tables(kemi) == before


def test_a_fault_that_came_meanwhile_is_told(kemi: Municipality, bertta: Client) -> None:
    file = waiting(bertta)
    lines = {"goals": [["2", {"code": "x", "name_fi": "X", "theme": "olematon"}]]}
    StrategyFile.objects.filter(pk=file.pk).update(lines=json.dumps(lines))
    answer = keep(bertta, file)
    assert answer.status_code == 422
    assert "olematon is not in the table themes" in text(answer)


def test_faults_are_told_with_table_row_and_column_in_words(
    kemi: Municipality, bertta: Client
) -> None:
    before = tables(kemi)
    content = "code;name_fi;theme;is_binding\na;;arki;\nb;B;olematon;ehkä\n"
    answer = give(bertta, "goals.csv", content)
    assert answer.status_code == 422
    page = text(answer)
    assert "The file has faults: nothing was kept" in page
    assert "Goals, row 2, name fi This is empty. Fill it in." in page
    assert "Goals, row 3, is binding “ehkä” is neither yes nor no." in page
    assert (tables(kemi), StrategyFile.objects.count()) == (before, 0)


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    return content.getvalue()


def named(name: str, data: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, data)
    return content.getvalue()


def workbook(rows: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("goals")
        sheet.write_row(0, 0, ["code", "name_fi"])
        for row in range(rows):
            sheet.write_row(row + 1, 0, [f"g{row}", "Tavoite"])
    return content.getvalue()


def bomb_workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    return content.getvalue()


HOSTILE = {
    "empty.json": (b"", "The file cannot be read as JSON"),
    "list.json": (b"[1, 2]", "The file cannot be read as JSON"),
    "cut.json": (b'{"goals": [{"code": "a", "name_fi": ', "The file cannot be read as JSON"),
    "deep.json": (b'{"goals": ' + b"[" * 100_000, "The file cannot be read as JSON"),
    "half.json": (
        b'{"goals": [{"code": "a", "name_fi": "\\ud800"}]}',
        "The file cannot be read as JSON",
    ),
    "wrong.json": (b'{"goals": [1, [2], {"code": {"a": 1}}]}', "Only texts, numbers"),
    "unknown.json": (b'{"users": [{"password": "x"}]}', "users is not a table of a strategy"),
    "many.json": (json.dumps({"goals": [0] * 200_001}).encode(), "more than 200000 rows"),
    "number.json": (b'{"goals": [{"code": "a", "name_fi": "A", "year": 1e9999}]}', "not a year"),
    "empty.csv": (b"", "The file is empty"),
    "nothing.csv": (b"code;name\n", "nothing.csv"),
    "goals.csv": (b"\x00\x01\x02\x03" * 50, "not a table"),
    "many/goals.csv": (b"code;name_fi\n" + b"a;A\n" * 200_001, "more than 200000 rows"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), ""),
    "cut.xlsx": (workbook(3)[:-200], "cannot be opened"),
    "bomb.xlsx": (bomb_workbook(), "too large to open safely"),
    "cut.zip": (zipped(goals=GOALS.encode())[:-40], "The ZIP file cannot be opened"),
    "bomb.zip": (zipped(goals=b"a" * 60_000_000), "too large to open safely"),
    "many.zip": (zipped(**{f"goals{i}": b"a" for i in range(101)}), "too large to open safely"),
    "other.zip": (named("muistio.txt", b"x"), "holds no table of a strategy"),
    "out.zip": (named("../../goals.csv", b"code;name_fi\n;A\n"), "Goals, row 2, code"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cut_or_wrong_file_is_told_and_leaves_nothing(
    kemi: Municipality, bertta: Client, name: str
) -> None:
    before, events = tables(kemi), Event.objects.count()
    content, told = HOSTILE[name]
    answer = give(bertta, name.rpartition("/")[2], content)
    assert answer.status_code == 422
    assert told in text(answer)
    assert (tables(kemi), Event.objects.count()) == (before, events)
    assert StrategyFile.objects.count() == 0


@pytest.fixture
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(files_forms, "MOST_BYTES", 1_000_000)
    with override_settings(UPLOAD_BYTES=2_000_000):
        yield


@pytest.mark.usefixtures("_small_limits")
@pytest.mark.parametrize("size", [1_000_001, 2_200_000])
def test_a_file_that_is_too_large_is_told(bertta: Client, size: int) -> None:
    answer = give(bertta, "goals.csv", b"a" * size)
    assert answer.status_code == 422
    assert "The file is larger than 1 MB." in text(answer)


def test_no_file_is_told_at_the_field(bertta: Client) -> None:
    answer = bertta.post(PAGE, {}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "required" in text(answer)


def test_a_file_with_folders_inside_is_read_by_its_names(
    kemi: Municipality, bertta: Client
) -> None:
    file = named("strategia/goals.csv", GOALS.encode())
    assert give(bertta, "strategia.zip", file).status_code == 302


def test_the_pages_ask_at_most_fifteen_times(bertta: Client) -> None:
    file = waiting(bertta)
    for address in (PAGE, f"{PAGE}{file.pk}/"):
        shelves.empty()
        with CaptureQueriesContext(connection) as queries:
            assert bertta.get(address).status_code == 200
        assert len(queries) <= 15


def test_a_large_file_is_told_by_its_first_rows(kemi: Municipality, bertta: Client) -> None:
    rows = "".join(f"g{i};Tavoite {i};arki\n" for i in range(500))
    file = waiting(bertta, content=f"code;name_fi;theme\n{rows}")
    page = text(look(bertta, file))
    assert "500 new rows" in page
    assert "And 300 more." in page
    assert keep(bertta, file).status_code == 302
    assert Goal.objects.filter(municipality=kemi, code__in=("g0", "g499")).count() == 2
