"""The example's performance figures are the printed rows, with all their numbers."""

import re

import pytest

from examples.strategy_files import SEED, joined, lines_of, numbers

COLUMNS = [("actual", "2022"), ("budget", "2023"), ("actual", "2023-06"), ("forecast", "2023")]
PUPILS = "Lapset/oppilaat, yhteensä 20.9."
VISITORS = "Kävijöiden lukumäärä"
ARM = "4 / 2"
# Unit, printed name, and the numbers of TP 2022, TA 2023, actual 1-6/2023 and forecast 2023.
PRINTED = [
    ("64100000", "Vakituinen henkilökunta, hlö", "1 052", "495", "517", "520"),
    ("64210000", "Elinvoimatoimialan htv yhteensä, kuntarahoitteinen", "27,5 / 2", "", "1", "2"),
    (
        "64210000",
        "Elinvoimatoimialan hanke htv yhteensä, ulkop. rahoitus",
        "11,8 / 5,5 / 5,2",
        "2,8",
        "2,1",
        "4,1",
    ),
    (
        "64210000",
        "Äkillisen rakennemuutoksen toimintasuunnitelman toteuttaminen, yhteensä",
        "4",
        "",
        ARM,
        ARM,
    ),
    (
        "64210000",
        "Ulkopuolinen hankerahoitus yhteensä",
        "689 795",
        "318 313 / 73 663",
        "71900",
        "389 650",
    ),
    ("64210000", "Ulkopuoliset hankkeet yhteensä kpl", "2 / 2 / 1", "6", "4", "5 / 1"),
    (
        "64220000",
        "Yritysneuvonnassa neuvotut yritykset (elinkeinopalvelut, työllisyyspalvelut ja Kemin "
        "Digipolis Oy)",
        "139 / 50 / 165",
        "120",
        "114 / 60",
        "120",
    ),
    ("64220000", "Opiskelijoiden kesätyöllistäminen", "177 / 73 / 37 / 67", "95", "58 / 29", "104"),
    ("64220000", "Velvoitetyöllistetyt", "21", "20", "18", "25"),
    ("64220000", "Kemi-lisää saaneet työnantajat", "3", "8", "", "2"),
    ("64230000", "Asemakaavat ja kaavamuutokset kpl", "2", "5", "1", "6"),
    ("64230000", "Uudet maanvuokrasopimukset", "10", "10", "5", "10"),
    ("64310000", "Lautakunnan kokousten lkm", "12", "10", "7", "11"),
    ("64320000", PUPILS, "2928", "2813", "2965", "2833"),
    ("64320000", "varhaiskasvatus", "596", "545", "611", "523"),
    ("64320000", "esiopetus", "164", "170", "164", "172"),
    ("64320000", "perusopetus", "1921", "1853", "1929", "1884"),
    ("64320000", "lukio", "247", "245", "261", "254"),
    ("64320000", "Asiakastyytyväisyyskysely", "1", "2", "1", "1"),
    ("64330000", "Museotoimi", "28 565", "20 000", "12 326", "20 000"),
    ("64330000", "Kirjastotoimi", "128 478", "160 000", "67 384", "130 000"),
    ("64330000", "Teatteritoiminta", "3 216", "", "", ""),
    ("64330000", "Nuorisotoiminta", "14 110", "18 000", "11 454", "20 000"),
    ("64330000", "Musiikkitoimi", "24 521", "30 000", "16 155", "30 000"),
    ("64330000", "Kulttuuripalvelut", "43 344", "45 000", "18 859", "40 000"),
    (
        "64330000",
        "Hyvinvoinnin, terveyden ja liikunnan edistäminen",
        "376 033",
        "330 000",
        "194 232",
        "330 000",
    ),
    ("64330000", "Asiakastyytyväisyyskysely", "7", "7", "3", "7"),
    ("64510000", "Kokoukset kpl", "12", "11", "6", "11"),
    ("64520000", "Venepaikkojen määrä (kpl)", "592", "591", "591", "591"),
    ("64520000", "Talvikunnossapito (m2)", "1 665 558", "1 665 558", "1 665 558", "1 665 558"),
    ("64520000", "Raskas kalusto (kpl)", "16", "18", "18", "18"),
    ("64520000", "Raskas kalusto käyttötunnit (h)", "8 557", "9 300", "4 764", "9 300"),
    ("64520000", "Puistot (m2)", "800 000", "800 000", "800 000", "800 000"),
    ("64520000", "Leikkipaikat (m2)", "61 000", "57 000", "57 000", "57 000"),
    ("64530000", "Kerrosala k-m2", "87 759", "88 076", "84 641", "84 641"),
    ("64530000", "Siivousala sm2", "78 364", "66 083", "65 116", "64 760"),
    ("64540000", "Lupapäätökset", "200", "200", "77", "120"),
    ("64540000", "Vuokra-asuntojen määrä", "32", "32", "30", "30"),
]
ROWS = {"64100000": 1, "64210000": 5, "64220000": 4, "64230000": 2, "64310000": 1, "64320000": 6}
ROWS |= {"64330000": 8, "64510000": 1, "64520000": 6, "64530000": 2, "64540000": 2}
LINKS = [line for line in lines_of("kemi", "indicator_links") if line["to"] == "unit"]
INDICATORS = {line["code"]: line for line in lines_of("kemi", "indicators")}
VALUES = lines_of("kemi", "values")
# The numbers of the tables' head: TP 2022, TA 2023, 1-6/2023.
HEAD = {"2022", "2023", "1", "6"}


def label(link: dict[str, str]) -> str:
    return link["label"] or INDICATORS[link["indicator"]]["name_fi"]


def row_values(link: dict[str, str], column: tuple[str, str]) -> list[dict[str, str]]:
    """The values of a printed cell: of the row's indicator and of its parts without rows."""
    rows = {each["indicator"] for each in LINKS}
    inside, parts = {link["indicator"]}, {link["indicator"]}
    while parts:
        parts = {code for code, each in INDICATORS.items() if each["part_of"] in parts} - rows
        inside |= parts
    return [
        line
        for line in VALUES
        if line["indicator"] in inside
        and line["unit"] == link["code"]
        and (line["scenario"], line["period"]) == column
    ]


def test_each_unit_has_its_printed_rows_in_their_order() -> None:
    assert [(link["code"], label(link)) for link in LINKS] == [row[:2] for row in PRINTED]
    assert {unit: sum(link["code"] == unit for link in LINKS) for unit in ROWS} == ROWS
    assert len(LINKS) == 38


@pytest.mark.parametrize("place", range(38), ids=lambda place: "-".join(PRINTED[place][:2]))
def test_a_row_has_the_numbers_of_its_four_columns_and_none_beside(place: int) -> None:
    for column, cell in zip(COLUMNS, PRINTED[place][2:], strict=True):
        entered = row_values(LINKS[place], column)
        assert numbers(line["value"] for line in entered) == numbers(cell.split(" / ")), column


@pytest.mark.parametrize("place", range(38), ids=lambda place: "-".join(PRINTED[place][:2]))
def test_free_text_repeats_the_numbers_beside_it(place: int) -> None:
    for column, cell in zip(COLUMNS, PRINTED[place][2:], strict=True):
        for line in row_values(LINKS[place], column):
            if line["text"]:
                assert numbers(cell.split(" / ")) <= numbers([line["text"]])


def test_a_bonus_is_told_beside_the_kemi_supplement_and_is_no_supplement() -> None:
    now = [v for v in VALUES if (v["scenario"], v["period"]) == ("actual", "2023-06")]
    told = {v["indicator"]: (v["value"], v["text"]) for v in now}
    assert told["kemi_lisa"] == ("", "2 työllistämisbonusta")
    assert told["tyollistamisbonukset"] == ("2", "")


def test_sub_rows_stand_under_their_heading() -> None:
    groups = {(link["group"], link["code"]) for link in LINKS if link["group"]}
    assert groups == {(PUPILS, "64320000"), (VISITORS, "64330000")}
    assert sum(link["group"] == VISITORS for link in LINKS) == 7


def test_pupils_are_counted_on_20_september_and_are_the_sum_of_their_parts() -> None:
    parts = [code for code, each in INDICATORS.items() if each["part_of"] == "lapset_ja_oppilaat"]
    for scenario, period in COLUMNS:
        by_code = {
            line["indicator"]: line
            for line in VALUES
            if (line["scenario"], line["period"]) == (scenario, period)
        }
        whole = by_code["lapset_ja_oppilaat"]
        assert int(whole["value"]) == sum(int(by_code[part]["value"]) for part in parts)
        assert whole["on"] == ("" if period == "2023-06" else f"{period}-09-20")


@pytest.mark.skipif(not SEED.exists(), reason="the report's text is not here")
def test_every_number_of_the_reports_performance_tables_is_in_the_example() -> None:
    text = SEED.read_text(encoding="utf-8")
    end = r"Tulosalue|ELINVOIMATOIMIALA|HYVINVOINTITOIMIALA|YMPÄRISTÖTOIMIALA|Tavoite Toimen"
    tables = re.findall(rf"Suorite TP 2022(.*?)(?={end})", text, re.DOTALL)
    assert len(tables) == len(ROWS)
    for unit, table in zip(ROWS, tables, strict=True):
        ours = [
            *(cell for row in PRINTED if row[0] == unit for cell in row[1:]),
            *(line["text"] for line in VALUES if line["unit"] == unit),
        ]
        kept = set(re.findall(r"\d+", " ".join(ours))) | HEAD
        kept |= set(re.findall(r"\d+", joined(" ".join(ours))))
        assert set(re.findall(r"\d+", table)) - kept == set(), unit
        bare = re.sub(r"\s", "", table)
        cells = [cell for row in PRINTED if row[0] == unit for cell in row[2:] if cell]
        assert [
            c for c in cells for part in c.split(" / ") if part.replace(" ", "") not in bare
        ] == []
