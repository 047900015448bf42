"""Files that are not what they seem, in the browser: each is read right or refused in words."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from katsaus.ledger.problems import ProblemCode as Code
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.readings import Seen, seen
from katsaus.web.organization.models import Municipality
from web.cast import sign_in

LIST = "/kemi/tuonnit/"
HEADER = "Yksikkö;Tili;Pvm;Summa;Selite\n"
ROWS = HEADER + "64110100;4000;5.7.2023;-10,00;Ääni\n64110100;4000;6.7.2023;-5,00;b\n"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def give(browser: Client, name: str, content: bytes, kind: str = "") -> Upload:
    form = {"kind": kind, "source": "koe", "period": ""}
    answer = browser.post(LIST, {**form, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.text
    return Upload.objects.latest("id")


def found(upload: Upload) -> Seen:
    """Return what was found in a file."""
    assert upload.reading is not None
    return seen(upload.reading)


def codes(upload: Upload) -> list[Code]:
    return [problem.code for problem in found(upload).problems]


def workbook(*sheets: str, formula: bool = False) -> bytes:
    content = io.BytesIO()
    if formula:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.append(["Yksikkö", "Tili", "Pvm", "Summa"])
        page.append(["64110100", "4000", "5.7.2023", "=1+1"])
        book.save(content)
        return content.getvalue()
    with xlsxwriter.Workbook(content) as written:
        for name in sheets:
            sheet = written.add_worksheet(name)
            sheet.write_row(0, 0, ("Yksikkö", "Tili", "Pvm", "Summa"))
            sheet.write_row(1, 0, ("64110100", "4000", "5.7.2023", -10))
    return content.getvalue()


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    return content.getvalue()


# What another sheet or encoding may settle.
READ_OTHERWISE = (Code.TOO_LARGE_SPREADSHEET, Code.AMBIGUOUS_SHEET, Code.UNREADABLE_ENCODING)


@pytest.mark.parametrize("kind", ["", "postings"])
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tyhja.csv", b"", Code.EMPTY_FILE),
        ("katsaus.pdf", b"%PDF-1.7\n%\xe2\xe3", Code.UNSUPPORTED_FORMAT),
        ("katsaus.csv", b"%PDF-1.7\n%\xe2\xe3", Code.UNSUPPORTED_FORMAT),
        ("vanha.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Code.UNSUPPORTED_FORMAT),
        ("salattu.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Code.UNSUPPORTED_FORMAT),
        ("pommi.xlsx", bomb(), Code.TOO_LARGE_SPREADSHEET),
        ("katkennut.xlsx", workbook("Taul1")[:-300], Code.BROKEN_SPREADSHEET),
        ("monta.xlsx", workbook("2022", "2023"), Code.AMBIGUOUS_SHEET),
        ("nollia.csv", ROWS.encode() + b"64110100;40\0\0;1.7.2023;1\n", Code.NOT_A_TABLE),
        ("koodaus.csv", ROWS.encode() + b"\xff\xfe\xff;;;\n", Code.UNREADABLE_ENCODING),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words_whatever_it_is_said_to_hold(
    bertta: Client, name: str, content: bytes, code: Code, kind: str
) -> None:
    upload = give(bertta, name, content, kind)
    assert (upload.state, codes(upload)) == (State.READ, [code])
    page = bertta.get(f"{LIST}{upload.pk}/").text
    title = "Tiedostossa on virheitä" if code in READ_OTHERWISE else "Tiedostoa ei voitu lukea"
    assert f'<h1 tabindex="-1" autofocus>{title}' in page
    assert 'value="keep"' not in page


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("otsikot.csv", HEADER.encode(), Code.NO_ROWS),
        ("katkennut.csv", ROWS.encode()[:-20], Code.CUT_FILE),
        ("lainaus.csv", ROWS.replace("Ääni", '"Ääni').encode(), Code.CUT_FILE),
        ("kaava.xlsx", workbook(formula=True), Code.FORMULA_WITHOUT_VALUE),
    ],
)
def test_what_is_only_half_there_is_named(
    bertta: Client, name: str, content: bytes, code: Code
) -> None:
    upload = give(bertta, name, content, "postings")
    assert code in codes(upload)
    assert 'value="keep"' not in bertta.get(f"{LIST}{upload.pk}/").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("oikeasti-csv.xlsx", ROWS.encode()),
        ("oikeasti-xlsx.csv", workbook("Taul1")),
        ("utf16.csv", ROWS.encode("utf-16")),
        ("utf16-ilman-merkkia.csv", ROWS.encode("utf-16-le")),
        ("vanha.csv", ROWS.encode("windows-1252")),
        ("merkki.csv", ROWS.encode("utf-8-sig")),
        ("mac.csv", ROWS.replace("\n", "\r").encode()),
    ],
)
def test_the_content_tells_what_a_file_is_and_not_its_name(
    bertta: Client, name: str, content: bytes
) -> None:
    upload = give(bertta, name, content)
    assert (upload.kind, codes(upload)) == ("postings", [])
    assert 'value="keep"' in bertta.get(f"{LIST}{upload.pk}/").text


def test_an_upload_that_breaks_off_leaves_neither_a_row_nor_a_file(bertta: Client) -> None:
    before = Upload.objects.count(), set(Path(settings.UPLOADS).iterdir())
    body = (
        b'--raja\r\nContent-Disposition: form-data; name="source"\r\n\r\nkoe\r\n'
        b'--raja\r\nContent-Disposition: form-data; name="file"; filename="kesken.csv"\r\n\r\n'
        + ROWS.encode()
        * 5000
    )
    answer = bertta.generic("POST", LIST, body, "multipart/form-data; boundary=raja")
    assert answer.status_code == 422
    assert (Upload.objects.count(), set(Path(settings.UPLOADS).iterdir())) == before


def test_the_sheet_is_chosen_from_those_that_there_are(bertta: Client) -> None:
    upload = give(bertta, "kirja.xlsx", workbook("Ohje, vanha", "2023"))
    address = f"{LIST}{upload.pk}/"
    page = bertta.get(address).text
    assert '<option value="Ohje, vanha">' in page
    assert "Merkistö" not in page, "a workbook has none to choose"
    said = {"kind": "postings", "source": "koe", "period": "", "sign": "revenue_positive"}
    answer = bertta.post(address, {"action": "read", **said, "sheet": "2023"})
    assert answer.status_code == 302
    upload.refresh_from_db()
    assert (upload.mapping["sheet"], codes(upload)) == ("2023", [])
    wrong = bertta.post(address, {"action": "read", **said, "sheet": "2024"})
    assert wrong.status_code == 422


def test_rows_are_left_out_by_what_a_column_holds(bertta: Client) -> None:
    lines = "Välisumma;;;x;\nYhteensä ok;;;y;\n"
    upload = give(bertta, "summat.csv", (ROWS + lines).encode(), "postings")
    address = f"{LIST}{upload.pk}/"
    said = {"kind": "postings", "source": "koe", "period": "", "sign": "revenue_positive"}
    for number, text in enumerate(("välisumma", "Yhteensä ok")):
        said |= {f"skip_column_{number}": "unit", f"skip_text_{number}": text}
        assert bertta.post(address, {"action": "read", **said}).status_code == 302
    upload.refresh_from_db()
    assert upload.mapping["skip_when"] == {"unit": ["välisumma", "Yhteensä ok"]}
    totals = found(upload).totals
    assert (codes(upload), totals and totals.rows) == ([], 2)
    half = bertta.post(address, {"action": "read", **said, "skip_text_1": ""})
    assert half.status_code == 422
    assert 'href="#id_skip_text_1"' in half.text


def test_faults_on_the_page_speak_of_the_form_and_not_of_a_mapping(bertta: Client) -> None:
    strange = "Paikka|Tili|Vuosi|Summa\n64110100|4000|2023|1.234\n"
    upload = give(bertta, "outo.csv", strange.encode(), "budget")
    page = bertta.get(f"{LIST}{upload.pk}/").text
    assert 'href="#id_column_unit"' in page
    csv = bertta.get(f"{LIST}{upload.pk}/viat.csv").content.decode()
    for text in (page, csv):
        assert "lukuohje" not in text
        assert "(columns)" not in text
