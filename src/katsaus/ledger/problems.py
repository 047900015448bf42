"""Faults in what a person brings in, as values: a code and the facts that its sentence needs."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """What is wrong. The web has a sentence per code and language, built from `Problem`'s facts."""

    # The file as a whole. `value` says what was seen, `hint` the mapping key that settles it.
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"  # a header and nothing under it
    NOT_A_TABLE = "not_a_table"  # binary, or a text without columns
    UNREADABLE_ENCODING = "unreadable_encoding"  # row and value: where the broken byte stands
    UNSUPPORTED_FORMAT = "unsupported_format"  # value: the file's ending
    LINE_TOO_LONG = "line_too_long"
    TOO_MANY_ROWS = "too_many_rows"  # value: how many there may be
    CUT_FILE = "cut_file"  # an open quote, or a last line that stops half-way
    NO_HEADER = "no_header"  # hint: "columns"
    MISSING_COLUMN = "missing_column"  # field, value: the headers that were seen
    DUPLICATE_COLUMN = "duplicate_column"  # field, value: the headers that could be it
    UNKNOWN_HEADER = "unknown_header"  # a mapping names a header that the file has not
    AMBIGUOUS_NUMBERS = "ambiguous_numbers"  # value: an example; hint: "decimal"
    AMBIGUOUS_DATES = "ambiguous_dates"  # value: an example; hint: "date_format"
    MAYBE_THOUSANDS = "maybe_thousands"  # a remark; value: the title that says so; hint: amounts_in
    CONTROL_TOTAL_DIFFERS = "control_total_differs"  # cents: printed; other_cents: sum of the rows
    MONTHS_DIFFER = "months_differ"  # of a row; cents: its total; other_cents: sum of its months
    TOTAL_ROW_SKIPPED = "total_row_skipped"  # information; other_cents: sum of the rows
    MORE_PROBLEMS = "more_problems"  # count: how many were left out of the list

    # One row.
    RAGGED_ROW = "ragged_row"  # more fields than the header has, or text after a closing quote
    QUOTE_OVER_ROWS = "quote_over_rows"  # value: the text in the quotes, with other rows in it
    MISSING_VALUE = "missing_value"
    BAD_AMOUNT = "bad_amount"
    TOO_PRECISE_AMOUNT = "too_precise_amount"  # more decimals than a cent has, not zeros
    BAD_DATE = "bad_date"
    BAD_YEAR = "bad_year"
    BAD_MONTH = "bad_month"
    BAD_BOOLEAN = "bad_boolean"
    BAD_LEVEL = "bad_level"
    TEXT_TOO_LONG = "text_too_long"  # value: how many characters there are, and how many may be
    YEARS_REVERSED = "years_reversed"  # valid to before valid from
    ACCOUNT_AND_ROW = "account_and_row"
    ACCOUNT_OR_ROW_MISSING = "account_or_row_missing"

    NAME_LEFT_OUT = "name_left_out"  # information; value: a cell with code and name; count: rows

    # Against what is known. Listed once each: `count` rows, `cents` their sum, `row` the first.
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_ROW = "unknown_row"
    UNKNOWN_BODY = "unknown_body"  # a remark; possible: the names of the known bodies
    UNKNOWN_OFFICIAL = "unknown_official"
    UNKNOWN_PARENT = "unknown_parent"
    UNKNOWN_SUCCESSOR = "unknown_successor"
    BAD_ACCOUNT_NUMBER = "bad_account_number"
    UNUSUAL_ACCOUNTS = "unusual_accounts"  # value: own accounts with hardly any digits
    DUPLICATE_CODE = "duplicate_code"
    UNIT_TOLD_TWICE = "unit_told_twice"  # the rows of its hierarchies differ; value: its code
    UNIT_CYCLE = "unit_cycle"  # value: "A -> B -> A"
    OUTSIDE_PERIOD = "outside_period"
    NOT_ONE_TREE = "not_one_tree"  # value: the units that are not below the top of the others
    UNPLACED_ACCOUNTS = "unplaced_accounts"  # value: own accounts that are on no row

    # Amounts that are not what they seem. `other_row` is the first of the rows counted besides.
    ROW_AND_PART = "row_and_part"  # value: unit and statement row ("row:<id>"); count: its parts
    YEAR_AND_MONTH = "year_and_month"  # value: unit and account or row; count: its months
    UNIT_AND_UNDER = "unit_and_under"  # value: unit; cents and other_cents: its own, those under it
    REPEATED_POSTING = "repeated_posting"  # value: unit and account; count, cents: all repeats
    REPEATED_FIGURE = "repeated_figure"  # likewise, of a plan
    EXPENSES_POSITIVE = "expenses_positive"  # cents: what the expenses add up to; hint: "sign"
    SAID_YEAR_UNLIKE_HEADER = "said_year_unlike_header"  # value: the mapping's; possible: header's
    YEAR_UNLIKE_HEADER = "year_unlike_header"  # value: the rows' years; possible: the header's
    REVENUE_NEGATIVE = "revenue_negative"  # cents: what the revenue adds up to; hint: "sign"
    YEAR_OF_OTHER_ROUND = "year_of_other_round"  # value: the years; possible: that of the round

    GIVEN_ELSEWHERE = "given_elsewhere"  # value: another source; possible: its file
    KEPT_MEANWHILE = "kept_meanwhile"  # the file was not kept; value: those kept of its source

    # Spreadsheets. `value` names the cell: "Taul1!B7".
    TOO_LARGE_SPREADSHEET = "too_large_spreadsheet"
    BROKEN_SPREADSHEET = "broken_spreadsheet"
    TOO_LARGE_ARCHIVE = "too_large_archive"  # value: its size unpacked, or the number of files
    BROKEN_ARCHIVE = "broken_archive"
    AMBIGUOUS_SHEET = "ambiguous_sheet"  # value: the sheets that hold something; hint: "sheet"
    UNKNOWN_SHEET = "unknown_sheet"  # value: the sheets that there are; hint: "sheet"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    ERROR_CELL = "error_cell"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is and what was seen.

    `row` counts from 1 as the person's editor or spreadsheet does, header rows included. `value` is
    the file's own text, cut to 200 characters. `field` is our name for a column ("unit", "amount").
    `count` is the number of rows it stands for; `cents` their sum, or a printed total, in cents.
    `hint` is the key of a saved mapping that settles the matter ("decimal", "columns"). `possible`
    is what may stand there, from the first to the last.
    """

    code: ProblemCode
    file: str
    row: int | None = None
    field: str | None = None
    value: str | None = None
    is_blocking: bool = True
    count: int = 1
    cents: int | None = None
    other_cents: int | None = None
    hint: str | None = None
    other_row: int | None = None
    possible: tuple[str, ...] = ()
