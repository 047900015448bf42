"""Stray quotes: a file is read row by row as it was written, or refused; rows never merge."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from katsaus.ledger.problems import ProblemCode as Code
from ledger.importers.desk import Desk, codes

CORE = "6400;3000;1.6.2023;{amount},00"
HEADERS = ("Yksikkö;Tili;Pvm;Summa;Tosite;Selite", "Selite;Yksikkö;Tili;Pvm;Summa;Tosite")
# Some are whole, some are not; the last goes over a line end, as a text in quotes may.
PIECES = ["a", '"', '3" putki', '"auki', 'kiinni"', '"ehjä"', 'x "y" z', '""', '"a""b"', ' "a"']
PIECES += ['"a" ', '"a"b', 'a;b"', '"a;b"', "ei", '\\"', '"kaksi\nriviä"']
cell = st.one_of(st.just("a"), st.sampled_from(PIECES))


@given(
    cells=st.lists(st.tuples(cell, cell), min_size=1, max_size=6),
    header=st.sampled_from(HEADERS),
    line_end=st.sampled_from(["\n", "\r\n"]),
    last_end=st.booleans(),
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rows_never_merge(
    desk: Desk, cells: list[tuple[str, str]], header: str, line_end: str, last_end: bool
) -> None:
    lines = [header]
    for number, (voucher, text) in enumerate(cells, 1):
        core = CORE.format(amount=number)
        is_first = header.startswith("Selite")
        lines.append(f"{text};{core};{voucher}" if is_first else f"{core};{voucher};{text}")
    content = "\n".join(lines) + ("\n" if last_end else "")
    reading = desk.text(content.replace("\n", line_end))
    if not reading.is_blocked:
        assert desk.column("cents") == [100 * number for number in range(1, len(cells) + 1)]


def test_a_quote_that_swallows_rows_is_named_with_its_row(desk: Desk) -> None:
    rows = (
        '6400;3000;1.6.2023;1,00;A1;"auki\n6400;3000;1.6.2023;2,00;A2;\n'
        '6400;3000;1.6.2023;3,00;A3;kiinni"\n6400;3000;1.6.2023;4,00;A4;\n'
    )
    assert codes(desk.text(f"{HEADERS[0]}\n{rows}")) == [(Code.QUOTE_OVER_ROWS, 2)]


def test_a_quote_that_takes_some_cells_of_the_next_row_is_named(desk: Desk) -> None:
    rows = '6400;3000;1.6.2023;1,00;a;"\n6400;3000;1.6.2023;2,00;";""'
    assert (Code.QUOTE_OVER_ROWS, 2) in codes(desk.text(f"{HEADERS[0]}\n{rows}"))


def test_a_text_of_several_lines_with_delimiters_is_one_cell(desk: Desk) -> None:
    rows = '6400;3000;1.6.2023;1,00;A1;"eka; toka\nkolmas; neljäs;\nviides"\n'
    assert not desk.text(f"{HEADERS[0]}\n{rows}{rows}").is_blocked
    assert desk.column("source_row") == [2, 5]
