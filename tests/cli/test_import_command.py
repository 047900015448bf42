"""`katsaus import`: what is kept and said, and what is said when nothing is kept."""

from pathlib import Path

from cli.conftest import EXAMPLE, Katsaus, written
from installations import rows

POSTINGS = "Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;-10,00\n10;3300;6.1.2023;2,50\n"
# One line for each kind of file: the headers that a Finnish system gives, and a row.
KINDS = {
    "accounts": "Tili;Nimi;Virallinen tili\n400099;Tuntipalkat;4000\n",
    "budget": "Yksikkö;Tili;Vuosi;Summa\n11;4000;2023;-1000\n",
    "amendments": "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä;Toimielin;Pykälä\n"
    "11;Toimintakulut;2023;-50;27.3.2023;Kaupunginvaltuusto;18\n",
    "forecasts": "Yksikkö;Rivi;Vuosi;Summa\n11;Toimintakulut;2023;-1100\n",
    "postings": POSTINGS,
}
KEPT = {"fi": "tuotiin, tuontierä", "sv": "lästes in, importparti", "en": "was kept as batch"}


def test_every_kind_is_kept_and_said_in_the_language_of_the_environment(
    small: Katsaus, folder: Path
) -> None:
    languages = {"accounts": "fi", "amendments": "sv", "postings": "en"}
    for kind, text in KINDS.items():
        language = languages.get(kind, "fi")
        file = written(folder / f"{kind}.csv", text)
        ended = Katsaus(small.data, language).bring_in(kind, file, options=("--period", "2023-06"))
        assert (ended.code, KEPT[language] in ended.output) == (0, True), ended
    assert [name for _, name, _ in small.batches()[1:]] == [f"{kind}.csv" for kind in KINDS]


def test_the_control_totals_say_what_there_was_what_came_and_what_there_is(
    small: Katsaus, folder: Path
) -> None:
    small.bring_in("postings", written(folder / "1.csv", POSTINGS))
    more = "Yksikkö;Tili;Pvm;Summa\n11;4000;7.2.2023;-1 000,05\n"
    ended = small.bring_in("postings", written(folder / "2.csv", more))
    lines = [" ".join(line.split()) for line in ended.output.splitlines()]
    assert lines[-3:] == ["before 2 −€7.50", "file 1 −€1,000.05", "after 3 −€1,007.55"]


BAD_FILES = {
    "empty.csv": (b"", "empty"),
    "headers.csv": ("Yksikkö;Tili;Pvm;Summa\n".encode(), "no rows"),
    "binary.csv": (bytes(range(256)) * 8, "not a table"),
    "cut.csv": (
        "Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;-10,00\n11;40".encode(),
        "middle of a row",
    ),
    "quote.csv": ('Yksikkö;Tili;Pvm;Summa\n11;4000;5.1.2023;"-10\n'.encode(), "middle of a row"),
    "character.csv": (b"Yksikk\xc3\xb6;Tili;Pvm;Summa\n11;4000;5.1.2023;-1\x81,00\n", "character"),
    "book.xlsx": (b"PK\x03\x04 not really", "workbook cannot be opened"),
    "letter.pdf": (b"%PDF-1.7", "type .pdf are not read"),
}


def test_files_that_cannot_be_read_are_named_with_their_fault_and_nothing_is_kept(
    small: Katsaus, folder: Path
) -> None:
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    ended = small.bring_in("postings", *(folder / name for name in BAD_FILES))
    assert ended.code == 1
    lines = ended.errors.splitlines()
    for name, (_, said) in BAD_FILES.items():
        assert any(line.startswith(name) and said in line for line in lines), name
        assert f"Nothing of {name} was kept." in lines
    assert small.parquet_files() == []
    assert len(small.batches()) == 1


def test_a_missing_file_and_a_folder_are_refused_before_anything_is_done(tmp_path: Path) -> None:
    katsaus = Katsaus(tmp_path / "data")
    said = {Path("nowhere.csv"): "there is no such file", EXAMPLE: "this is a folder"}
    for file, words in said.items():
        ended = katsaus.bring_in("postings", file)
        assert (ended.code, f"{file}: {words}" in ended.errors) == (1, True)
    assert not (katsaus.data / "katsaus.sqlite3").exists()


def test_a_mapping_that_is_a_folder_is_told(small: Katsaus, folder: Path) -> None:
    file = written(folder / "1.csv", POSTINGS)
    ended = small.bring_in("postings", file, options=("--mapping", str(folder)))
    assert (ended.code, f"{folder}: this is a folder" in ended.errors) == (1, True)


def test_all_faults_are_listed_at_once_each_with_file_row_and_field(
    small: Katsaus, folder: Path
) -> None:
    text = (
        "Yksikkö;Tili;Pvm;Summa\n"
        "77;4000;5.1.2023;-10,00\n"
        "77;4000;5.1.2023;-10,50\n"
        "11;99;5.1.2023;7,00\n"
        "11;99;5.1.2023;1,00\n"
        "11;4000;35.1.2023;-1,00\n"
        "11;4000;5.1.2023;kymppi\n"
        "11;;5.1.2023;-3,00\n"
    )
    ended = small.bring_in("postings", written(folder / "viat.csv", text))
    assert ended.code == 1
    found = [line.split(": ", 1) for line in ended.errors.splitlines() if ", row " in line]
    assert sorted(place for place, _ in found) == [
        "viat.csv, row 2, unit",
        "viat.csv, row 4, account",
        "viat.csv, row 6, date",
        "viat.csv, row 7, amount",
        "viat.csv, row 8, account",
    ]
    said = dict(found)
    # What is unknown is listed once, with its rows and their sum.
    assert "The unit 77 " in said["viat.csv, row 2, unit"]
    assert "(rows: 2, sum: −€20.50)" in said["viat.csv, row 2, unit"]
    assert "The account 99 " in said["viat.csv, row 4, account"]
    assert "(rows: 2, sum: €8.00)" in said["viat.csv, row 4, account"]
    assert "“35.1.2023”" in said["viat.csv, row 6, date"]
    assert "“kymppi”" in said["viat.csv, row 7, amount"]
    assert small.parquet_files() == []
    assert len(small.batches()) == 1


def test_faults_are_said_in_the_language_of_the_environment(small: Katsaus, folder: Path) -> None:
    said = {
        "fi": ("viat.csv, rivi 2, yksikkö: ", "Tiedostosta viat.csv ei tallennettu mitään."),
        "sv": ("viat.csv, rad 2, enhet: ", "Ingenting ur filen viat.csv sparades."),
    }
    file = written(folder / "viat.csv", "Yksikkö;Tili;Pvm;Summa\n77;4000;5.1.2023;-10,00\n")
    for language, (place, end) in said.items():
        ended = Katsaus(small.data, language).bring_in("postings", file)
        assert ended.code == 1
        assert place in ended.errors
        assert "−10,00 €" in ended.errors
        assert ended.errors.rstrip().endswith(end)


def test_the_language_is_finnish_where_the_environment_names_none_of_ours(
    katsaus: Katsaus,
) -> None:
    for locale in ("C", "de_DE.UTF-8"):
        ended = katsaus("import", "postings", "ei.csv", "--municipality", "kemi", language=locale)
        assert ended.errors.startswith("Virhe: ei.csv: tiedostoa ei ole")


def test_old_encodings_are_recognised(small: Katsaus, folder: Path) -> None:
    text = "Yksikkö;Tili;Pvm;Summa;Selite\n11;4000;5.1.2023;-10,00;Päiväkoti – kevät\n"
    ended = small.bring_in("postings", written(folder / "vanha.csv", text, "windows-1252"))
    assert ended.code == 0
    assert "windows-1252" in ended.output


def test_a_dry_run_says_what_it_would_and_keeps_nothing(katsaus: Katsaus) -> None:
    ended = katsaus.bring_in("organization", EXAMPLE / "organization.csv", options=("--dry-run",))
    assert ended.code == 0
    assert "organization.csv can be kept." in ended.output
    assert katsaus.batches() == []
    faulty = katsaus.bring_in("budget", EXAMPLE / "budget-2023.csv", options=("--dry-run",))
    assert faulty.code == 1
    assert "64110100" in faulty.errors


def test_of_many_files_the_good_ones_are_kept_and_the_code_tells_of_the_bad(
    small: Katsaus, folder: Path
) -> None:
    good = written(folder / "hyvä.csv", POSTINGS)
    bad = written(folder / "huono.csv", "")
    ended = small.bring_in("postings", bad, good)
    assert ended.code == 1
    assert "hyvä.csv was kept as batch 2" in ended.output
    assert "Nothing of huono.csv was kept" in ended.errors


def test_names_of_files_are_printed_as_they_are(small: Katsaus, folder: Path) -> None:
    good = written(folder / "[bold]päätös 数 %s {0}.csv", POSTINGS)
    assert f"{good.name} was kept" in small.bring_in("postings", good).output
    bad = written(folder / "[red]tyhjä.csv", "")
    assert f"{bad.name}: The file is empty" in small.bring_in("postings", bad).errors


def test_an_organisation_with_two_tops_is_refused_with_both_named(
    small: Katsaus, folder: Path
) -> None:
    file = written(folder / "toinen.csv", "Koodi;Nimi;Ylempi yksikkö;Taso\n2;Tornio;;kunta\n")
    ended = small.bring_in("organization", file)
    assert ended.code == 1
    assert "these are not below 1: 2." in ended.errors
    assert len(small.batches()) == 1
    report = ("report", "--municipality", "kemi", "--period", "2023-06", "--output", "-")
    assert small(*report, "--format", "json").code == 0


def test_texts_are_kept_all_or_none(small: Katsaus, folder: Path) -> None:
    options = ("--period", "2023-06")
    good = written(folder / "10.md", "Hyvinvoinnin **katsaus**.")
    latin = written(folder / "summary.md", "Yhteenveto: ylitys", "utf-16")
    ended = small.bring_in("texts", good, latin, options=options)
    assert ended.code == 1
    assert "summary.md: a character cannot be read" in ended.errors
    nobody = written(folder / "yhteenveto.md", "Tekstiä.")
    ended = small.bring_in("texts", good, nobody, options=options)
    assert ended.code == 1
    assert "yhteenveto.md: name the file by a unit's code" in ended.errors
    page = ("report", "--municipality", "kemi", "--period", "2023-06", "--output", "-")
    assert "Hyvinvoinnin" not in small(*page, "--format", "html").output
    assert small.bring_in("texts", good, options=options).code == 0
    assert "Hyvinvoinnin <strong>katsaus</strong>." in small(*page, "--format", "html").output


def test_a_layout_that_cannot_be_read_is_refused_with_its_place(
    small: Katsaus, folder: Path
) -> None:
    text = "title: {fi: Katsaus}\nsections: nonsense\n"
    ended = small.bring_in("template", written(folder / "pohja.yaml", text))
    assert (ended.code, "sections" in ended.errors) == (1, True)
    latin = written(folder / "latin.yaml", "title: {fi: Näkymä}", "latin-1")
    assert "latin.yaml: a character cannot" in small.bring_in("template", latin).errors


def test_what_the_command_needs_to_know_it_asks_for(katsaus: Katsaus, folder: Path) -> None:
    file = written(folder / "f.csv", KINDS["forecasts"])
    assert "--period 2023-06" in katsaus.bring_in("forecasts", file).errors
    wrong = katsaus.bring_in("forecasts", file, options=("--period", "2023-13"))
    assert (wrong.code, "2023-13 is not a period" in wrong.errors) == (1, True)
    nowhere = katsaus("import", "postings", file, "--municipality", "atlantis")
    assert (nowhere.code, "Give its short name" in nowhere.errors) == (1, True)


def test_wrong_use_ends_with_code_2(katsaus: Katsaus, folder: Path) -> None:
    file = written(folder / "f.csv", POSTINGS)
    for words in (
        ("import", "nonsense", file, "--municipality", "kemi"),
        ("import", "postings", file),
    ):
        ended = katsaus(*words)
        assert (ended.code, ended.output) == (2, "")
        assert ended.errors


def test_a_saved_mapping_says_how_a_file_is_read(small: Katsaus, folder: Path) -> None:
    file = written(folder / "oma.csv", "A;B;C;D\n11;4000;2023-01-05;10.00\n")
    mapping = written(
        folder / "luku.yaml",
        "columns: {unit: A, account: B, date: C, amount: D}\nsign: expense_positive\n",
    )
    ended = small.bring_in("postings", file, options=("--mapping", str(mapping)))
    assert ended.code == 0, ended
    assert "−€10.00" in ended.output
    wrong = written(folder / "väärä.yaml", "nonsense: 1\n")
    ended = small.bring_in("postings", file, options=("--mapping", str(wrong)))
    assert (ended.code, "väärä.yaml" in ended.errors) == (1, True)


def test_what_is_not_kept_leaves_no_municipality(katsaus: Katsaus, folder: Path) -> None:
    units = "Koodi;Nimi;Ylempi yksikkö;Taso\n1;Kemi;;kunta\n"
    good = written(folder / "hyvä.csv", units)
    texts = written(folder / "summary.md", "Yhteenveto.")
    layout = written(folder / "pohja.yaml", "title: {fi: Katsaus}\nsections: []\ncolumns: []\n")
    assert katsaus.bring_in("organization", good, options=("--dry-run",)).code == 0
    of_june = ("--period", "2023-06", "--dry-run")
    assert "can be kept" in katsaus.bring_in("texts", texts, options=of_june).output
    assert "can be kept" in katsaus.bring_in("template", layout, options=of_june).output
    blocked = written(folder / "puu.csv", units + "2;Tornio;;kunta\n")
    assert katsaus.bring_in("organization", blocked).code == 1
    assert katsaus.bring_in("postings", written(folder / "v.csv", POSTINGS)).code == 1
    wrong = written(folder / "väärä.yaml", "title: {fi: Katsaus}\n")
    assert katsaus.bring_in("template", wrong).code == 1
    assert municipalities(katsaus) == []
    assert katsaus.bring_in("organization", good).code == 0
    assert municipalities(katsaus) == [("kemi",)]


def municipalities(katsaus: Katsaus) -> list[tuple[object, ...]]:
    return rows(katsaus.data, "SELECT slug FROM organization_municipality")


WRONG_MAPPINGS = {
    "avain.yaml": ("desimaali: ','\n", "desimaali", "voivat olla", "Följande kan"),
    "merkki.yaml": ("decimal: ';'\n", "decimal", "voivat olla", "Följande kan"),
    "rivi.yaml": ("header_row: kolme\n", "header_row", "kokonaisluku", "heltal"),
    "rikki.yaml": ("columns: {unit: [\n", "rikki.yaml", "ei ole YAML", "inte YAML"),
}


def test_a_mapping_and_a_layout_are_faulted_in_the_language_of_the_environment(
    small: Katsaus, folder: Path
) -> None:
    file = written(folder / "f.csv", POSTINGS)
    for name, (text, key, finnish, swedish) in WRONG_MAPPINGS.items():
        mapping = ("--mapping", str(written(folder / name, text)))
        for language, words in (("fi", finnish), ("sv", swedish)):
            ended = Katsaus(small.data, language).bring_in("postings", file, options=mapping)
            assert ended.code == 1
            assert (name in ended.errors, key in ended.errors, words in ended.errors) == (
                (True,) * 3
            ), ended.errors
    layout = written(folder / "pohja.yaml", "title: {fi: Katsaus}\nsektiot: []\n")
    ended = Katsaus(small.data, "fi").bring_in("template", layout)
    assert "pohja.yaml: Avainta sektiot ei tunneta" in ended.errors
