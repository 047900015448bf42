"""The rule of the next term: what goes on is copied and leads back, and what ends is not."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katsaus.core.names import Names
from katsaus.core.terms import Fault, Lives, NoteKind, Part, Term, TermError
from katsaus.definitions.tables import strategy_table
from katsaus.web.planning.exchange.cells import default
from katsaus.web.planning.exchange.continuing import TABLES, Ends, Source, continued
from katsaus.web.planning.exchange.records import Record, Tables

TERM = Term("s_2024", Names("Strategia 2024-2027", "Strategi 2024-2027"), 2024, 2027)
# 10 goes on; 20 became 21; 30 was parted into 31 and 32; 40 ended with nobody after it.
LIVES = Lives(
    {"10": None, "20": 2023, "21": None, "30": 2022, "31": None, "32": None, "40": 2023},
    {"20": ["21"], "30": ["31", "32"]},
)
GOLDEN = """
strategies: code; name_fi; name_sv; valid_from; valid_to; mission; values
  s; Strategia 2021-2023; Strategi 2021-2023; 2021; 2023; Palvelemme.; Rohkeus | Ilo
  muu; Muu; ; 2015; 2020; ;
themes: code; strategy; name_fi
  t; s; Teema
  u; s; Toinen teema
  v; muu; Vanha teema
goals: code; theme; name_fi; is_binding; units; year
  g; t; Tavoite; yes; 10 | 20 | 30; 2022
  h; t; Päättyvä; no; 10;
  i; u; Toisessa; no; ; 2024
  j; v; Vanha; no; ;
actions: code; goal; unit; name; responsible; schedule; decisions
  a; g; 10; Jatkuva; johtaja | sihteeri; continuous; kv1
  b; g; 20; Siirtyvä; ; 2021-2023;
  c; g; 30; Hajonnut; ; 2023-2024;
  d; g; 40; Ilman; ; ;
  e; h; 10; Päättyvässä; ; ;
  f; i; ; Päättyvä toimi; ; ;
programmes: code; name_fi; kind
  p; Ohjelma; cross_cutting
  q; Päättyvä ohjelma; cross_cutting
  r; Muiden ohjelma; cross_cutting
programme_parts: programme; kind; code; relation
  p; goal; g; gathers
  p; goal; h; gathers
  q; action; a; is
  p; indicator; m; gathers
  r; goal; j; gathers
indicator_links: indicator; to; code; group; label
  m; goal; g; ; Nimi
  m; action; b; Ryhmä;
  m; action; e; ;
  m; unit; 10; ;
sdg_links: kind; code; sdg; local_target; is_example
  goal; g; 13.2; oma; yes
  action; f; 5; ; no
  indicator; m; 3; ; no
"""
ENDS: Ends = frozenset(
    {(Part.GOAL, "h"), (Part.ACTION, "f"), (Part.PROGRAMME, "q")}
)  # e is in h, and ends with it


def tables(text: str) -> Tables:
    found: Tables = {name: [] for name in TABLES}
    name, columns = "", [""]
    for row in text.strip().splitlines():
        cells = [cell.strip() for cell in row.split(":", 1)[-1].split(";")]
        if row.startswith(" "):
            empty = {each.name: default(each) for each in strategy_table(name).columns}
            cells = [cell.strip() for cell in row.split(";")]
            found[name].append(empty | dict(zip(columns, cells, strict=True)))
        else:
            name, columns = row.split(":")[0], cells
    return found


def source(found: Tables, projects: dict[str, list[str]] | None = None) -> Source:
    return Source(found, LIVES, projects or {}, {})


def told(rows: list[Record], *columns: str) -> list[str]:
    return [" ".join(row[column] or "-" for column in columns) for row in rows]


def test_what_goes_on_is_copied_under_new_codes_that_lead_back() -> None:
    rows = continued(source(tables(GOLDEN)), "s", TERM, ENDS).rows
    [strategy] = rows["strategies"]
    assert strategy == tables(GOLDEN)["strategies"][0] | {
        "code": "s_2024",
        "name_fi": "Strategia 2024-2027",
        "name_sv": "Strategi 2024-2027",
        "valid_from": "2024",
        "valid_to": "2027",
        "continues": "s",
    }
    assert told(rows["themes"], "code", "strategy", "name_fi", "continues") == [
        "t_2024 s_2024 Teema t",
        "u_2024 s_2024 Toinen teema u",
    ]
    assert told(rows["goals"], "code", "theme", "is_binding", "units", "year", "continues") == [
        "g_2024 t_2024 yes 10 | 21 - g",
        "i_2024 u_2024 no - 2024 i",
    ]
    columns = ("code", "goal", "unit", "responsible", "schedule", "decisions", "continues")
    assert told(rows["actions"], *columns) == [
        "a_2024 g_2024 10 johtaja | sihteeri continuous - a",
        "b_2024 g_2024 21 - - - b",
        "c_2024 g_2024 - - 2023-2024 - c",
        "d_2024 g_2024 - - - - d",
    ]
    assert told(rows["indicator_links"], "indicator", "to", "code", "group", "label") == [
        "m goal g_2024 - Nimi",
        "m action b_2024 Ryhmä -",
    ]
    assert told(rows["programme_parts"], "programme", "kind", "code", "relation") == [
        "p goal g_2024 gathers"
    ]
    assert told(rows["sdg_links"], "kind", "code", "sdg", "local_target", "is_example") == [
        "goal g_2024 13.2 oma yes"
    ]
    assert set(rows) == set(TABLES) - {"programmes"}


def test_what_ends_takes_what_is_in_it_along() -> None:
    found = continued(source(tables(GOLDEN)), "s", TERM, ENDS)
    assert [(each.part, each.code) for each in found.ends] == [
        ("goal", "h"), ("action", "e"), ("action", "f"), ("programme", "q"),
    ]  # fmt: skip
    assert [each.code for each in found.goes_on] == ["t", "u", "g", "i", "a", "b", "c", "d", "p"]
    theme = continued(source(tables(GOLDEN)), "s", TERM, frozenset({(Part.THEME, "t")}))
    assert [each.code for each in theme.ends] == ["t", "g", "h", "a", "b", "c", "d", "e"]


def test_what_was_fitted_into_the_years_is_told() -> None:
    found = continued(source(tables(GOLDEN), {"a": ["Hanke"]}), "s", TERM, ENDS)
    assert [(each.kind, each.code, each.value, each.other) for each in found.notes] == [
        (NoteKind.UNIT_GOES_ON, "g", "20", "21"),
        (NoteKind.UNIT_TO_CHOOSE, "g", "30", "31 | 32"),
        (NoteKind.YEAR_PASSED, "g", "2022", ""),
        (NoteKind.PROJECT_STAYS, "a", "Hanke", ""),
        (NoteKind.SCHEDULE_ENDED, "b", "2021-2023", ""),
        (NoteKind.UNIT_GOES_ON, "b", "20", "21"),
        (NoteKind.UNIT_TO_CHOOSE, "c", "30", "31 | 32"),
        (NoteKind.UNIT_TO_CHOOSE, "d", "40", ""),
    ]
    assert [each.code for each in found.to_decide] == ["g", "a", "c", "d"]


@pytest.mark.parametrize(
    ("code", "term", "ends", "fault", "value"),
    [
        ("x", TERM, (), Fault.NO_STRATEGY, "x"),
        ("s", Term("muu", Names("Muu"), 2024, 2027), (), Fault.CODE_TAKEN, "muu"),
        ("s", Term("n", Names("N"), 2023, 2027), (), Fault.NOT_AFTER, "2023"),
        ("s", Term("n", Names("N"), 2027, 2024), (), Fault.REVERSED, ""),
        ("s", TERM, ((Part.GOAL, "j"),), Fault.NOT_IN_STRATEGY, "goal:j"),
        ("s", TERM, ((Part.PROGRAMME, "r"),), Fault.NOT_IN_STRATEGY, "programme:r"),
    ],
)
def test_what_cannot_be_is_refused(
    code: str, term: Term, ends: tuple[tuple[Part, str], ...], fault: Fault, value: str
) -> None:
    with pytest.raises(TermError) as found:
        continued(source(tables(GOLDEN)), code, term, frozenset(ends))
    assert (found.value.fault, found.value.value) == (fault, value)


def test_a_strategy_without_a_last_year_has_no_next_term() -> None:
    whole = tables(GOLDEN)
    whole["strategies"][0]["valid_to"] = ""
    with pytest.raises(TermError) as found:
        continued(source(whole), "s", TERM, frozenset())
    assert found.value.fault is Fault.NO_LAST_YEAR


PARTS = [(part, each["code"]) for part in (Part.THEME, Part.GOAL, Part.ACTION)
         for each in tables(GOLDEN)[f"{part}s"] if each["code"] not in "jv"]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from([*PARTS, (Part.PROGRAMME, "p"), (Part.PROGRAMME, "q")])))
def test_everything_goes_on_or_ends_and_nothing_old_is_touched(ends: set[tuple[Part, str]]) -> None:
    whole = tables(GOLDEN)
    found = continued(source(whole), "s", TERM, frozenset(ends))
    assert whole == tables(GOLDEN)
    goes_on, ended = ({(each.part, each.code) for each in side}
                      for side in (found.goes_on, found.ends))  # fmt: skip
    assert goes_on | ended == {*PARTS, (Part.PROGRAMME, "p"), (Part.PROGRAMME, "q")}
    assert not goes_on & ended
    assert ends <= ended
    for part in (Part.THEME, Part.GOAL, Part.ACTION):
        rows = found.rows[f"{part}s"]
        assert [row["continues"] for row in rows] == [
            code for each, code in PARTS if each is part and (each, code) in goes_on
        ]
        old = {row["code"] for row in whole[f"{part}s"]}
        assert not old & {row["code"] for row in rows}
    around = {"goals": ("theme", "themes"), "actions": ("goal", "goals")}
    for name, (column, target) in around.items():
        known = {row["code"] for row in found.rows[target]}
        assert {row[column] for row in found.rows[name]} <= known
    again = continued(source(copy.deepcopy(whole)), "s", TERM, frozenset(ends))
    assert again.digest == found.digest
    json.dumps(found.rows)


def test_another_choice_has_another_digest() -> None:
    found = {
        continued(source(tables(GOLDEN)), "s", TERM, frozenset(ends)).digest
        for ends in ((), ENDS, {(Part.PROGRAMME, "p")}, {(Part.THEME, "t")})
    }
    assert len(found) == 4
