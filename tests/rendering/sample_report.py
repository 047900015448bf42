"""The sample report that the tests draw: Kemi's printed figures of January-June 2023."""

from collections.abc import Mapping
from decimal import Decimal

from katsaus.core.formats import DASH, DisplayUnit, NumberFormat
from katsaus.core.names import Language
from katsaus.core.periods import Period
from katsaus.core.reports import Prose, Report, Section
from katsaus.core.statements import Emphasis
from katsaus.core.tables import Cell, ReportTable, RowGroup, TableColumn, TableRow

COLUMNS = (
    TableColumn("actual_2022", "TP 2022", "amount"),
    TableColumn("budget_2023", "TA 2023", "amount"),
    TableColumn("amended_budget_2023", "Muutettu TA 2023", "amount"),
    TableColumn("actual_2023_06", "Toteuma 1–6/2023", "amount"),
    TableColumn("realization_rate", "Toteuma-%", "ratio"),
    TableColumn("forecast_2023", "TP-ennuste 2023", "amount"),
)
MARGIN = ("operating_revenue", "operating_expenses", "operating_margin")
LABELS = {
    "operating_revenue": "Toimintatuotot",
    "operating_expenses": "Toimintakulut",
    "operating_margin": "Toimintakate",
    "tax_revenue": "Verotulot",
    "central_government_transfers": "Valtionosuudet",
    "financial_items": "Rahoitustuotot ja -kulut",
    "annual_margin": "Vuosikate",
    "depreciation": "Poistot ja arvonalentumiset",
    "extraordinary_items": "Satunnaiset tuotot ja kulut",
    "result": "Tilikauden tulos",
    "surplus": "Ylijäämä / alijäämä",
}
SUMS = {"operating_margin": "sum", "annual_margin": "sum", "result": "sum", "surplus": "total"}
# Euros: TP 2022, TA 2023, amended, actual, forecast. The cents are the sample's own.
INCOME_STATEMENT = """
operating_revenue 37025819.12 24774399 24774399 14858634.40 24256244
operating_expenses -184982661.49 -68166824 -68910824 -37805630.55 -69945481
operating_margin -147956842.37 -43392425 -44136425 -22946996.15 -45689237
tax_revenue 91616990.10 51226000 51226000 29358712.05 52726000
central_government_transfers 55630720.00 418500 418500 209250.00 418500
financial_items 1157221.33 1678000 1678000 394020.11 678000
annual_margin 448089.06 9930075 9185075 7014986.01 8133263
depreciation -4976400.50 -5100000 -5100000 -2330100.00 -5100000
extraordinary_items 707600.00 - - - -
result -3820711.44 4830075 4085075 4684886.01 3033263
surplus -3820711.44 4830075 4085075 4684886.01 3033263
"""
DIVISIONS = """
64100000 KESKUSVIRASTO
operating_revenue 2595839.20 2259012 2259012 969741.10 2156824
operating_expenses -9953477.10 -6600761 -6644761 -3040041.30 -6186799
operating_margin -7357637.90 -4341749 -4385749 -2070300.20 -4029975
64200000 ELINVOIMATOIMIALA
operating_revenue 3501755.00 4482425 4482425 2128281.00 3901650
operating_expenses -8499821.50 -8455157 -9155157 -4840228.50 -9073008
operating_margin -4998066.50 -3972732 -4672732 -2711947.50 -5171358
64300000 HYVINVOINTITOIMIALA
operating_revenue 3655594.49 3493000 3493000 3764115.00 3657808
operating_expenses -40778743.99 -39397505 -39397505 -22609432.00 -40802272
operating_margin -37123149.50 -35904505 -35904505 -18845317.00 -37144464
64400000 PERUSTURVATOIMIALA
operating_revenue 12373484.00 - - - -
operating_expenses -111250863.00 - - - -
operating_margin -98877379.00 - - - -
64500000 YMPÄRISTÖTOIMIALA
operating_revenue 14899146.43 14539962 14539962 7996497.30 14539962
operating_expenses -14499755.90 -13713401 -13713401 -7315928.75 -13883402
operating_margin 399390.53 826561 826561 680568.55 656560
64000000 KEMIN KAUPUNKI 1.1.2022 VIRALLINEN
operating_revenue 37025819.12 24774399 24774399 14858634.40 24256244
operating_expenses -184982661.49 -68166824 -68910824 -37805630.55 -69945481
operating_margin -147956842.37 -43392425 -44136425 -22946996.15 -45689237
"""
CENTRAL_OFFICE = """
64110000 HALLINTOPALVELUT
operating_revenue 480920.40 441104 441104 106571.20 400000
operating_expenses -5966525.95 -2917576 -2961576 -1439849.10 -2900000
operating_margin -5485605.55 -2476472 -2520472 -1333277.90 -2500000
64150000 SOTEVASTUUT
operating_revenue - - - 73824.49 73824
operating_expenses - - - 119283.99 123201
operating_margin - - - 193108.48 197025
"""
DEVIATIONS = """
64100000 Keskusvirasto 355774
64200000 Elinvoimatoimiala -498626
64300000 Hyvinvointitoimiala -1239959
64500000 Ympäristötoimiala -170001
64000000 Yhteensä -1552812
"""
CHART_DESCRIPTION = (
    "Pylväskaavio tilinpäätösennusteen ja muutetun talousarvion erotuksesta toimialoittain. "
    "Keskusvirasto on 356 000 euroa parempi, muut toimialat ovat heikompia; suurin alitus on "
    "hyvinvointitoimialalla, 1 240 000 euroa."
)
NARRATIVE = """Keskusvirasto pysyy kokonaisuutena talousarviossa. *Merkittävimmät* muutokset:

- Tietohallinnon ennuste alittaa talousarvion **200 000 eurolla**.
- Taloushallinnon ylitys on noin 50 000 euroa:
  1. toimintojen siirto
  2. tilinpäätöksen ostopalvelu

Talousohjelman säästötoimet ovat edenneet [suunnitelmassa](https://kemi.example/ohjelma).
"""


def amount(text: str, unit: DisplayUnit, language: Language = "fi", missing: str = DASH) -> Cell:
    if text == "-":
        return Cell(None, missing)
    value = Decimal(text)
    return Cell(value, NumberFormat.of(language).amount(value, unit))


def statement_row(line: str, unit: str, display: DisplayUnit, language: Language) -> TableRow:
    row_id, *amounts = line.split()
    cells = [amount(text, display, language) for text in amounts]
    actual, budget = cells[3].value, cells[2].value
    rate = Cell(None, DASH)
    if isinstance(actual, Decimal) and isinstance(budget, Decimal):
        rate = Cell(actual / budget, NumberFormat.of(language).fraction(actual / budget))
    emphasis: Emphasis = "plain"
    if SUMS.get(row_id) == "sum":
        emphasis = "sum"
    elif row_id in SUMS:
        emphasis = "total"
    cells.insert(4, rate)
    return TableRow(row_id, LABELS[row_id], unit, tuple(cells), emphasis)


def groups(text: str, display: DisplayUnit, language: Language = "fi") -> tuple[RowGroup, ...]:
    found: list[tuple[str, list[TableRow]]] = []
    for line in text.strip().splitlines():
        if line[0].isdigit():
            found.append((line, []))
        else:
            unit = found[-1][0].split()[0]
            found[-1][1].append(statement_row(line, unit, display, language))
    return tuple(RowGroup(heading, tuple(rows)) for heading, rows in found)


def income_statement(language: Language = "fi") -> ReportTable:
    unit = DisplayUnit.THOUSAND_EUR
    rows = [
        statement_row(line, "64000000", unit, language)
        for line in INCOME_STATEMENT.strip().splitlines()
    ]
    return ReportTable(
        "income_statement",
        "Tuloslaskelma",
        unit,
        COLUMNS,
        (RowGroup("", tuple(rows)),),
        letter="A",
        notes=("Verotulojen ennuste perustuu Kuntaliiton ennustekehikkoon 8/2023.",),
    )


def divisions() -> ReportTable:
    shown = groups(DIVISIONS, DisplayUnit.EUR)
    return ReportTable("divisions", "Toimialat", DisplayUnit.EUR, COLUMNS, shown, letter="B")


def central_office() -> ReportTable:
    return ReportTable(
        "division:64100000",
        "Keskusviraston tulosalueet",
        DisplayUnit.EUR,
        COLUMNS,
        groups(CENTRAL_OFFICE, DisplayUnit.EUR),
        letter="C",
        notes=("Sisältää heinäkuun sisäiset vuokrat, noin 650 000 €.", "Sotevastuut ovat uusi."),
    )


def deviation_chart() -> ReportTable:
    rows = []
    for line in DEVIATIONS.strip().splitlines():
        unit, label, euros = line.split()
        cell = amount(euros, DisplayUnit.THOUSAND_EUR)
        emphasis: Emphasis = "total" if label == "Yhteensä" else "plain"
        rows.append(TableRow("operating_margin", label, unit, (cell,), emphasis))
    return ReportTable(
        "deviation_chart",
        "Ennusteen ja muutetun talousarvion erotus",
        DisplayUnit.THOUSAND_EUR,
        (TableColumn("deviation", "Poikkeama 2023", "amount"),),
        (RowGroup("", tuple(rows)),),
        chart_description=CHART_DESCRIPTION,
    )


def texts_table(
    table_id: str, title: str, columns: dict[str, str], rows: Mapping[str, tuple[str, ...]]
) -> ReportTable:
    """A table of words: its cells have no value, as performance figures and goals have none."""
    return ReportTable(
        table_id,
        title,
        DisplayUnit.EUR,
        tuple(TableColumn(name, label, "text") for name, label in columns.items()),
        (
            RowGroup(
                "",
                tuple(
                    TableRow(f"row_{place}", label, "64100000", tuple(Cell(None, t) for t in texts))
                    for place, (label, texts) in enumerate(rows.items())
                ),
            ),
        ),
        stub_label="Suorite",
    )


PERFORMANCE_COLUMNS = {
    "actual_2022": "TP 2022",
    "budget_2023": "TA 2023",
    "actual_2023_06": "Toteuma 1–6/2023",
    "forecast_2023": "TP-ennuste 2023",
}
PERFORMANCE = {
    "Vakituinen henkilökunta, hlö": ("1 052", "495", "517", "520"),
    "Toimialan htv yhteensä, kuntarahoitteinen": (
        "Yht. 27,5 Elinkeinopalv. 2 htv",
        "",
        "Elinkeinopalvelut 1 htv",
        "Elinkeinopalvelut 2 htv",
    ),
    "Teatteritoiminnan kävijät": ("3 216", "-", "-", "-"),
}
STRATEGY_COLUMNS = {
    "actions": "Toimenpiteet 2023",
    "responsible": "Vastuutaho",
    "indicators": "Arviointimittarit",
    "actual": "Toteutuma 30.6.",
    "sdg": "Kestävän kehityksen tavoitteet",
}
STRATEGY = {
    "Kaupungin talous on tasapainossa": (
        "Talousohjelman toimenpiteet viedään talousarvioon ja niiden vaikutusta seurataan.",
        "Talousjohtaja",
        "Toimenpiteiden nettovaikutus käyttötaloudessa, 1 000 €",
        "● valmis: vaikutus noin 300 000 € vuoteen 2022 verrattuna",
        "8, 16",
    ),
    "Henkilöstö voi hyvin": (
        "Työhyvinvointikysely joka toinen vuosi\nEsihenkilövalmennus keväällä ja syksyllä",
        "Henkilöstöjohtaja",
        "Kyselyn kokonaisarvosana (1–5); sairauspoissaolot, pv/htv",
        "◐ etenee: valmennuksia pidetty kolme, kysely toteutetaan marraskuussa",
        "3, 8",
    ),
}


def sample_report(language: Language = "fi", **changes: object) -> Report:
    overview: tuple[Prose | ReportTable, ...] = (deviation_chart(), income_statement(language))
    sections = (
        Section("talous", "Talouden kokonaiskuva", 1, (*overview, divisions())),
        Section("64100000", "Keskusvirasto", 1, (central_office(),)),
        Section("64100000-talous", "Talousarvion toteutuminen", 2, (Prose(NARRATIVE),)),
        Section(
            "64100000-suoritteet",
            "Suoritteet ja tunnusluvut",
            2,
            (
                texts_table(
                    "performance:64110000", "Hallintopalvelut", PERFORMANCE_COLUMNS, PERFORMANCE
                ),
            ),
        ),
        Section(
            "strategia",
            "Strategian toteutuminen",
            1,
            (texts_table("strategy:talous:64100000", "Talous", STRATEGY_COLUMNS, STRATEGY),),
        ),
    )
    fields: dict[str, object] = {
        "municipality": "kemi",
        "municipality_name": "Kemin kaupunki",
        "period": Period(2023, 6),
        "language": language,
        "title": "Osavuosikatsaus 1–6/2023",
        "period_text": "1.1.–30.6.2023",
        "finding": "Ennuste on 1,55 milj. € muutettua talousarviota heikompi",
        "lead": "Toimintakate on toteutunut 52-prosenttisesti, kun tasainen kertymä on 50 %. "
        "Suurin poikkeama on hyvinvointitoimialalla.",
        "source_line": "Luvut euroa, ellei toisin mainita. "
        "Positiivinen poikkeama parantaa tulosta.",
        "sections": sections,
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]  # the tests' own changes
