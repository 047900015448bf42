"""What is wrong in the tables of a strategy, as values and as sentences."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FaultCode(StrEnum):
    """What is wrong; the sentence of each is in `SENTENCES`."""

    NOT_JSON = "not_json"
    NOT_A_TEXT = "not_a_text"
    UNKNOWN_TABLE = "unknown_table"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BAD_CODE = "bad_code"
    BAD_NUMBER = "bad_number"
    TOO_PRECISE = "too_precise"
    BAD_YEAR = "bad_year"
    BAD_DATE = "bad_date"
    BAD_PERIOD = "bad_period"
    BAD_YES_NO = "bad_yes_no"
    BAD_CHOICE = "bad_choice"
    BAD_SCHEDULE = "bad_schedule"
    BAD_COMPUTED = "bad_computed"
    BAD_SDG = "bad_sdg"
    UNKNOWN_SDG_TARGET = "unknown_sdg_target"
    OWN_TARGET_ELSEWHERE = "own_target_elsewhere"
    BAD_LINK = "bad_link"
    UNKNOWN_ROW = "unknown_row"
    UNKNOWN_REFERENCE = "unknown_reference"
    TWICE = "twice"
    TARGET_WITHOUT_YEAR = "target_without_year"
    NO_VALUE = "no_value"
    NOT_A_NUMBER_HERE = "not_a_number_here"
    NOT_YES_OR_NO = "not_yes_or_no"
    NUMBER_NEEDED = "number_needed"
    RANGE_REVERSED = "range_reversed"
    COUNT_BELOW_ZERO = "count_below_zero"
    PART_ABOVE_WHOLE = "part_above_whole"
    YEARS_REVERSED = "years_reversed"
    CIRCLE = "circle"
    CONTINUES_ITSELF = "continues_itself"
    NAME_TWICE = "name_twice"
    UNIT_ENDED = "unit_ended"
    REASON_MISSING = "reason_missing"
    ACTION_OR_GOAL = "action_or_goal"
    NOT_OF_BRIDGE = "not_of_bridge"
    NOTHING_EXPLAINED = "nothing_explained"
    ALREADY_THERE = "already_there"


_C = FaultCode
SENTENCES = {
    _C.NOT_JSON: gettext_lazy(
        "The file cannot be read as JSON (line and column %(value)s). Mend it, or export it again."
    ),
    _C.NOT_A_TEXT: gettext_lazy("Only texts, numbers and lists of texts can be here. Mend it."),
    _C.UNKNOWN_TABLE: gettext_lazy(
        "%(value)s is not a table of a strategy. Rename or remove it; the tables are: %(hint)s."
    ),
    _C.UNKNOWN_COLUMN: gettext_lazy(
        "The column “%(value)s” is not known. Rename or remove it; the columns are: %(hint)s."
    ),
    _C.MISSING_COLUMN: gettext_lazy("The column is missing. Add it."),
    _C.TOO_MANY_ROWS: gettext_lazy("The list has more than %(hint)s rows. Give it in parts."),
    _C.TOO_MANY_CELLS: gettext_lazy(
        "The row has more cells than there are headers. A text with a delimiter in it must be in "
        "quotes."
    ),
    _C.EMPTY: gettext_lazy("This is empty. Fill it in."),
    _C.TOO_LONG: gettext_lazy("The text is too long. It may have %(hint)s characters at most."),
    _C.BAD_CODE: gettext_lazy(
        "“%(value)s” is not a code. Use letters, digits, hyphens and underscores, at most 80."
    ),
    _C.BAD_NUMBER: gettext_lazy(
        "“%(value)s” is not a number. Write it like 1234.5, and words into the column text."
    ),
    _C.TOO_PRECISE: gettext_lazy(
        "%(value)s has too many digits. Round it: %(hint)s decimals and 15 digits at most."
    ),
    _C.BAD_YEAR: gettext_lazy("“%(value)s” is not a year. Write it like 2023."),
    _C.BAD_DATE: gettext_lazy("“%(value)s” is not a date. Write it like 30.6.2023 or 2023-06-30."),
    _C.BAD_PERIOD: gettext_lazy(
        "“%(value)s” is not a period. Write 2023 for a year, or 2023-06 for January to June."
    ),
    _C.BAD_YES_NO: gettext_lazy("“%(value)s” is neither yes nor no. Write yes or no."),
    _C.BAD_CHOICE: gettext_lazy("“%(value)s” is not known here. Write one of: %(hint)s."),
    _C.BAD_SCHEDULE: gettext_lazy(
        "“%(value)s” is not a schedule. Write for example continuous, 2023, 2021-2025, 2023-, "
        "2023-08-31 or months:2,3."
    ),
    _C.BAD_COMPUTED: gettext_lazy(
        "“%(value)s” does not say how to compute. Write ratio:a/b with the codes of two "
        "indicators, row:operating_expenses/b, sum_of_units or sum_of_parts."
    ),
    _C.BAD_SDG: gettext_lazy(
        "“%(value)s” is not a Sustainable Development Goal. Write a number from 1 to 17, or a "
        "target such as 13.2."
    ),
    _C.UNKNOWN_SDG_TARGET: gettext_lazy(
        "“%(value)s” is not an official target. Those of its goal are %(hint)s. Mend the code, or "
        "write the goal alone and name an own target."
    ),
    _C.OWN_TARGET_ELSEWHERE: gettext_lazy(
        "The own target %(value)s is under %(hint)s. Link it to that goal or its targets, or name "
        "another own target."
    ),
    _C.BAD_LINK: gettext_lazy("“%(value)s” is not a web address. Begin it with https://."),
    _C.UNKNOWN_ROW: gettext_lazy(
        "“%(value)s” is not a row of the income statement. Write for example operating_expenses."
    ),
    _C.UNKNOWN_REFERENCE: gettext_lazy(
        "%(value)s is not in the table %(hint)s. Add it there, or mend the code."
    ),
    _C.TWICE: gettext_lazy("%(value)s is in the table more than once. Keep only one row of it."),
    _C.TARGET_WITHOUT_YEAR: gettext_lazy("A target has no year. Say when it is to be reached."),
    _C.NO_VALUE: gettext_lazy(
        "The row has neither a value nor a text. Fill in one of them, or remove the row."
    ),
    _C.NOT_A_NUMBER_HERE: gettext_lazy(
        "The indicator's values are words, not numbers. Write them into the column text."
    ),
    _C.NOT_YES_OR_NO: gettext_lazy(
        "The indicator's values are yes or no. Write 1 for yes or 0 for no."
    ),
    _C.NUMBER_NEEDED: gettext_lazy("This needs a number in the column value. Fill it in."),
    _C.RANGE_REVERSED: gettext_lazy("The smallest value is above the largest. Mend them."),
    _C.COUNT_BELOW_ZERO: gettext_lazy("A count is not below zero. Mend the value %(value)s."),
    _C.PART_ABOVE_WHOLE: gettext_lazy(
        "%(value)s is more than there are in all. Mend the value, or how many there are."
    ),
    _C.YEARS_REVERSED: gettext_lazy("The last year is before the first. Mend the years."),
    _C.CIRCLE: gettext_lazy("It would contain itself: %(value)s. Take one of the parts out."),
    _C.CONTINUES_ITSELF: gettext_lazy(
        "It would continue itself: %(value)s. Name what was before it, or leave this empty."
    ),
    _C.NAME_TWICE: gettext_lazy(
        "%(hint)s has two indicators with the name “%(value)s”. Give one of them another name."
    ),
    _C.UNIT_ENDED: gettext_lazy(
        "The unit %(value)s ended with the year %(hint)s, and the action goes on. Name its "
        "successor, or end the action."
    ),
    _C.REASON_MISSING: gettext_lazy("What is abandoned needs a reason. Fill it in."),
    _C.ACTION_OR_GOAL: gettext_lazy(
        "A state is of either an action or a goal. Fill in one of the two."
    ),
    _C.ALREADY_THERE: gettext_lazy(
        "There is already a row for %(value)s. Change that one instead."
    ),
    _C.NOT_OF_BRIDGE: gettext_lazy(
        "A deviation is explained by the rows of the operating margin. Write one of: %(hint)s."
    ),
    _C.NOTHING_EXPLAINED: gettext_lazy(
        "0 euros explain nothing. Give the euros, or remove the row."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `where` is the row of the table's file or sheet, or the place in the JSON."""

    code: FaultCode
    table: str
    where: str = ""
    field: str = ""
    value: str = ""
    hint: str = ""


def sentence(fault: Fault) -> str:
    """Return what is wrong and what to do, in the language that is active."""
    return str(SENTENCES[fault.code]) % {"value": fault.value[:200], "hint": fault.hint}


def place(fault: Fault) -> str:
    """Return where the fault is: the table, the row and the column where there are such."""
    parts = [fault.table]
    if fault.where:
        is_row = fault.where.isdigit()
        parts.append(_("row %(row)s") % {"row": fault.where} if is_row else fault.where)
    return ", ".join([*parts, *([fault.field] if fault.field else [])])
