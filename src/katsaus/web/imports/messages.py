"""Faults in a person's file as sentences: where, what is wrong, what to do."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from katsaus.core.figures import euros
from katsaus.core.formats import DASH, DisplayUnit, NumberFormat
from katsaus.core.indicator_texts import day_text
from katsaus.core.statements import ROW_ACCOUNT
from katsaus.definitions import load
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.languages import language

FIELDS = {
    "account": _("account"),
    "amount": _("amount"),
    "code": _("code"),
    "credit": _("credit"),
    "date": _("date"),
    "debit": _("debit"),
    "decided_on": _("decision date"),
    "decision_body": _("governing body"),
    "decision_section": _("section"),
    "given_by": _("given by"),
    "given_on": _("forecast date"),
    "governing_body": _("governing body"),
    "hierarchy": _("hierarchy"),
    "hierarchy_from": _("hierarchy in force from"),
    "is_internal": _("internal"),
    "level": _("level"),
    "month": _("month"),
    "month_1": _("January"),
    "month_2": _("February"),
    "month_3": _("March"),
    "month_4": _("April"),
    "month_5": _("May"),
    "month_6": _("June"),
    "month_7": _("July"),
    "month_8": _("August"),
    "month_9": _("September"),
    "month_10": _("October"),
    "month_11": _("November"),
    "month_12": _("December"),
    "name_fi": _("Finnish name"),
    "name_sv": _("Swedish name"),
    "name_en": _("English name"),
    "number": _("account number"),
    "official": _("official account"),
    "parent": _("unit above"),
    "reason": _("reason"),
    "responsible": _("responsible person"),
    "row": _("statement row"),
    "short_name": _("short name"),
    "successor": _("successor"),
    "text": _("text"),
    "total": _("total of the months"),
    "unit": _("unit"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "voucher": _("voucher"),
    "year": _("year"),
}

_C = ProblemCode
SENTENCES = {
    _C.EMPTY_FILE: _("The file is empty. Export it again from the system it comes from."),
    _C.NO_ROWS: _("The file has headers but no rows. Check the choices made when exporting it."),
    _C.NOT_A_TABLE: _("The file is not a table. Give a CSV file or an Excel workbook (.xlsx)."),
    _C.UNREADABLE_ENCODING: _(
        "A character cannot be read. Save the file as UTF-8, or name its encoding in the mapping "
        "(%(hint)s)."
    ),
    _C.UNSUPPORTED_FORMAT: _(
        "Files of the type %(value)s are not read. Save the file as CSV or as an Excel workbook "
        "(.xlsx)."
    ),
    _C.LINE_TOO_LONG: _("A line is too long to be a row. Check the delimiter and the quotes."),
    _C.CUT_FILE: _("The file ends in the middle of a row. Export or transfer it again."),
    _C.NO_HEADER: _(
        "No row of headers was found. Add one, or name the columns in the mapping (%(hint)s)."
    ),
    _C.MISSING_COLUMN: _(
        "The column “%(field)s” is missing; the file has: %(value)s. Rename a header, or name the "
        "column in the mapping (%(hint)s)."
    ),
    _C.DUPLICATE_COLUMN: _(
        "Several columns could be “%(field)s”: %(value)s. Name the right one in the mapping "
        "(%(hint)s)."
    ),
    _C.UNKNOWN_HEADER: _(
        "The mapping names the header %(value)s, which the file does not have. Mend the mapping."
    ),
    _C.AMBIGUOUS_NUMBERS: _(
        "An amount such as %(value)s can be read in two ways. Say in the mapping which mark is "
        "the decimal mark (%(hint)s)."
    ),
    _C.AMBIGUOUS_DATES: _(
        "A date such as %(value)s can be read in two ways. Say the order of day and month in the "
        "mapping (%(hint)s)."
    ),
    _C.MAYBE_THOUSANDS: _(
        "“%(value)s” says that amounts are thousands of euros, but they were read as euros. Say in "
        "the mapping which they are, euro or thousand (%(hint)s)."
    ),
    _C.CONTROL_TOTAL_DIFFERS: _(
        "The total row says %(amount)s, but the rows add up to %(other_amount)s. A row is missing "
        "or wrong: check the export."
    ),
    _C.MONTHS_DIFFER: _(
        "The total of the row is %(amount)s, but its months add up to %(other_amount)s. Mend the "
        "row."
    ),
    _C.TOTAL_ROW_SKIPPED: _("The total row, %(amount)s, was left out."),
    _C.MORE_PROBLEMS: _("More faults of the same kinds: %(count)s. Mend those above first."),
    _C.RAGGED_ROW: _(
        "The row has more cells than there are headers. A text with a delimiter in it must be in "
        "quotes."
    ),
    _C.QUOTE_OVER_ROWS: _(
        "A quote opens on this row and closes only on a later one, with other rows between. Remove "
        "the stray quote, or write it twice."
    ),
    _C.MISSING_VALUE: _("“%(field)s” is empty. Fill it in."),
    _C.BAD_AMOUNT: _("“%(value)s” is not an amount. Write it like 1234,56."),
    _C.TOO_PRECISE_AMOUNT: _("%(value)s has parts of a cent. Round it to whole cents."),
    _C.BAD_DATE: _("“%(value)s” is not a date. Write it like 30.6.2023 or 2023-06-30."),
    _C.BAD_YEAR: _("“%(value)s” is not a year. Write it like 2023."),
    _C.BAD_MONTH: _("“%(value)s” is not a month. Write a number from 1 to 12."),
    _C.BAD_BOOLEAN: _("“%(value)s” is neither yes nor no. Write yes or no."),
    _C.BAD_LEVEL: _(
        "“%(value)s” is not a level of the organisation. Write for example division, service "
        "area or cost centre."
    ),
    _C.TEXT_TOO_LONG: _("The text is too long (characters: %(value)s). Shorten it."),
    _C.YEARS_REVERSED: _("The validity ends before it begins (%(value)s). Mend the years."),
    _C.ACCOUNT_AND_ROW: _(
        "The row has both an account and a statement row. Keep only one of them."
    ),
    _C.ACCOUNT_OR_ROW_MISSING: _(
        "The row has neither an account nor a statement row. Fill in one of them."
    ),
    _C.NAME_LEFT_OUT: _(
        "The cells hold a name after the code, such as %(value)s: the code was read (rows: "
        "%(count)s)."
    ),
    _C.UNKNOWN_UNIT: _(
        "The unit %(value)s is not in the organisation (rows: %(count)s, sum: %(amount)s). Bring "
        "in an organisation file that has it, or mend the code."
    ),
    _C.UNKNOWN_ACCOUNT: _(
        "The account %(value)s is in neither the official chart nor the municipality's own (rows: "
        "%(count)s, sum: %(amount)s). Bring in an account file that has it, or mend the number."
    ),
    _C.UNKNOWN_ROW: _(
        "“%(value)s” is not a row of the statements (rows: %(count)s, sum: %(amount)s). Write for "
        "example Operating expenses."
    ),
    _C.UNKNOWN_BODY: _(
        "“%(value)s” is not a governing body of the municipality (rows: %(count)s). The known ones "
        "are: %(names)s. If it is one of them, mend the name; otherwise add it under "
        "Administration."
    ),
    _C.UNKNOWN_OFFICIAL: _(
        "%(value)s is not an account of the official chart, so the account would be on no row. "
        "Mend the official account."
    ),
    _C.UNKNOWN_PARENT: _(
        "The unit above, %(value)s, is in neither the file nor the organisation. Add it to the "
        "file, or mend the code."
    ),
    _C.UNKNOWN_SUCCESSOR: _(
        "The successor %(value)s is in neither the file nor the organisation. Add it to the file, "
        "or mend the code."
    ),
    _C.DUPLICATE_CODE: _("%(value)s is in the file more than once. Keep only one row of it."),
    _C.BAD_ACCOUNT_NUMBER: _(
        "“%(value)s” is not the number of an account. Write it with digits, letters and dots only; "
        "a group or a range of accounts is no account."
    ),
    _C.UNUSUAL_ACCOUNTS: _(
        "Own accounts usually have four digits or more. Check that the ledger has these so: "
        "%(value)s (rows: %(count)s)."
    ),
    _C.UNIT_TOLD_TWICE: _(
        "The rows of %(value)s for different hierarchies do not say the same of the unit. Only the "
        "unit above may differ."
    ),
    _C.UNIT_CYCLE: _("The units go in a circle: %(value)s. Mend the units above."),
    _C.NOT_ONE_TREE: _(
        "The units must make one tree with those that are there already, but these are apart from "
        "it: %(value)s. Mend the units above."
    ),
    _C.UNPLACED_ACCOUNTS: _(
        "These accounts are on no row of the income statement: %(value)s. Give their official "
        "accounts."
    ),
    _C.GIVEN_ELSEWHERE: _(
        "The source “%(value)s” has given the same postings already (rows: %(count)s, file: "
        "%(names)s): they would count twice. If the file is of that source, choose the source anew."
    ),
    _C.KEPT_MEANWHILE: _(
        "This file was not kept yet: the same source has figures of the same time, kept meanwhile "
        "from %(value)s. Choose below whether it replaces them or is added."
    ),
    _C.OUTSIDE_PERIOD: _(
        "These cannot be dates of postings: %(value)s (rows: %(count)s, sum: %(amount)s). They are "
        "to be within %(possible)s: mend the dates."
    ),
    _C.ROW_AND_PART: _(
        "The unit %(unit)s has “%(account)s” and also parts of it (rows: %(count)s, the first on "
        "row %(other_row)s): the same euros would count twice. Take out either this row or its "
        "parts."
    ),
    _C.YEAR_AND_MONTH: _(
        "The unit %(unit)s has “%(account)s” for the whole year and also for months (rows: "
        "%(count)s, the first on row %(other_row)s): the same euros would count twice. Take out "
        "either this row or the months."
    ),
    _C.UNIT_AND_UNDER: _(
        "The unit %(value)s has %(amount)s, which is the sum of the units under it (rows: "
        "%(count)s, the first on row %(other_row)s): the same euros would count twice. Take out "
        "either its rows or theirs."
    ),
    _C.REPEATED_POSTING: _(
        "The same posting, alike in all that it holds, is also on row %(other_row)s. Postings that "
        "repeat an earlier one: %(count)s, together %(amount)s. They are added up: take out those "
        "that came twice by mistake."
    ),
    _C.REPEATED_FIGURE: _(
        "The unit %(unit)s has “%(account)s” of the same time also on row %(other_row)s. Figures "
        "that repeat the unit, the account or row, and the time of an earlier one: %(count)s, "
        "together %(amount)s. They are added up: take out those that came twice by mistake."
    ),
    _C.EXPENSES_POSITIVE: _(
        "The operating expenses add up to %(amount)s, but expenses are to be negative. Check the "
        "signs: if plus is an expense in the file, say so in the mapping (%(hint)s)."
    ),
    _C.REVENUE_NEGATIVE: _(
        "Revenue adds up to %(amount)s, but revenue is to be positive. Check the signs, also what "
        "the mapping says of them (%(hint)s)."
    ),
    _C.SAID_YEAR_UNLIKE_HEADER: _(
        "The header of the amounts says %(possible)s, but the mapping gives all rows the year "
        "%(value)s (%(hint)s). Mend the one that is wrong."
    ),
    _C.YEAR_UNLIKE_HEADER: _(
        "The header of the amounts says %(possible)s, but the year of these rows is %(value)s "
        "(rows: %(count)s). Mend the one that is wrong, or say in the mapping where the year is "
        "(%(hint)s)."
    ),
    _C.YEAR_OF_OTHER_ROUND: _(
        "The forecasts are of a round of %(possible)s, but these rows are of %(value)s (rows: "
        "%(count)s, sum: %(amount)s). Mend the year or the round."
    ),
    _C.TOO_LARGE_SPREADSHEET: _(
        "The workbook is too large to open safely (%(value)s). Save the sheet as CSV."
    ),
    _C.BROKEN_SPREADSHEET: _(
        "The workbook cannot be opened. Open it in a spreadsheet program and save it anew."
    ),
    _C.TOO_LARGE_ARCHIVE: _(
        "The ZIP file is too large to open safely (%(value)s). Give its CSV files one by one."
    ),
    _C.BROKEN_ARCHIVE: _("The ZIP file cannot be opened. Pack the CSV files anew."),
    _C.TOO_MANY_ROWS: _("The table has more than %(value)s rows. Give it in parts."),
    _C.AMBIGUOUS_SHEET: _(
        "The workbook has several sheets: %(value)s. Name the right one in the mapping (%(hint)s)."
    ),
    _C.UNKNOWN_SHEET: _(
        "The workbook has no sheet of the name that the mapping gives (%(hint)s). It has: "
        "%(value)s."
    ),
    _C.FORMULA_WITHOUT_VALUE: _(
        "The formula in the cell %(value)s has no saved value. Open the workbook in a spreadsheet "
        "program and save it."
    ),
    _C.ERROR_CELL: _("The cell %(value)s shows an error. Mend the cell."),
}

# A total row that was held against the rows, which is not done while some amount cannot be read.
_AGREEING_TOTAL = _("The total row, %(amount)s, agrees with the sum of the rows and was left out.")

_OWN_BESIDE_OTHERS = _(
    "The unit %(value)s has %(amount)s of its own beside the %(other_amount)s of the units under "
    "it (rows: %(count)s, the first on row %(other_row)s): they are added up. If the former is "
    "meant to be a sum of the latter, take it out."
)
_DECIDED_TWICE = _(
    "The same decision changes “%(account)s” of the unit %(unit)s and also its parts (rows: "
    "%(count)s, the first on row %(other_row)s): they are added up. If the former is meant to be a "
    "sum of the latter, take it out."
)
_ROUNDED = _(
    "The months of some rows add up to slightly more or less than their totals (rows: "
    "%(count)s), as rounded amounts do: the months count, together %(other_amount)s, and not the "
    "totals, together %(amount)s."
)
# What is told though it prevents nothing, where it may be a fault as well.
_REMARKS = {
    _C.UNIT_AND_UNDER: _OWN_BESIDE_OTHERS,
    _C.ROW_AND_PART: _DECIDED_TWICE,
    _C.YEAR_AND_MONTH: _DECIDED_TWICE,
    _C.MONTHS_DIFFER: _ROUNDED,
}

# Where the person has a form beside the faults, and no mapping. The page names the form's field.
FORM_SENTENCES = {
    _C.UNREADABLE_ENCODING: _(
        "A character cannot be read. Save the file as UTF-8, or choose its encoding."
    ),
    _C.NO_HEADER: _(
        "No row of headers was found. Add one and give the file again, or say on which row it is."
    ),
    _C.MISSING_COLUMN: _(
        "The column “%(field)s” is missing; the file has: %(value)s. Choose which column it is, "
        "or rename a header and give the file again."
    ),
    _C.DUPLICATE_COLUMN: _(
        "Several columns could be “%(field)s”: %(value)s. Choose the right one."
    ),
    _C.UNKNOWN_HEADER: _(
        "The file does not have the column %(value)s that was chosen for “%(field)s”. Choose anew."
    ),
    _C.AMBIGUOUS_NUMBERS: _(
        "An amount such as %(value)s can be read in two ways. Choose which mark is the decimal "
        "mark."
    ),
    _C.AMBIGUOUS_DATES: _(
        "A date such as %(value)s can be read in two ways. Choose the order of day and month."
    ),
    _C.MAYBE_THOUSANDS: _(
        "“%(value)s” says that amounts are thousands of euros, but they were read as euros. Say "
        "which they are."
    ),
    _C.AMBIGUOUS_SHEET: _("The workbook has several sheets: %(value)s. Choose the right one."),
    _C.EXPENSES_POSITIVE: _(
        "The operating expenses add up to %(amount)s, but expenses are to be negative. Check the "
        "signs, also how the file is read: which of revenue and expenses is plus in it."
    ),
    _C.SAID_YEAR_UNLIKE_HEADER: _(
        "The header of the amounts says %(possible)s, but %(value)s was given as the year of all "
        "rows. Mend or empty it, or mend the header and give the file again."
    ),
    _C.YEAR_UNLIKE_HEADER: _(
        "The header of the amounts says %(possible)s, but the year of these rows is %(value)s "
        "(rows: %(count)s). Mend the one that is wrong, or choose where the year is."
    ),
    _C.REVENUE_NEGATIVE: _(
        "Revenue adds up to %(amount)s, but revenue is to be positive. Check the signs, also how "
        "the file is read: which of revenue and expenses is plus in it."
    ),
    _C.UNKNOWN_SHEET: _(
        "The workbook has no sheet of the name that was chosen. It has: %(value)s. Choose anew."
    ),
}


def sentence(problem: Problem, *, in_form: bool = False) -> str:
    """Return what is wrong and what to do, in the language that is active.

    `in_form` is for a person who has the form of the file before them, and no mapping.
    """
    words = FORM_SENTENCES.get(problem.code) if in_form else None
    if problem.code is _C.TOTAL_ROW_SKIPPED and problem.other_cents is not None:
        words = _AGREEING_TOTAL
    if not problem.is_blocking:
        words = words or _REMARKS.get(problem.code)
    unit, _space, account = (problem.value or "").rpartition(" ")
    return str(words or SENTENCES[problem.code]) % {
        "field": FIELDS.get(problem.field or "", problem.field or ""),
        "value": _days(problem) or problem.value or "",
        "unit": unit,
        "account": account_name(account),
        "possible": _from_to(problem.possible),
        "names": ", ".join(problem.possible),
        "hint": problem.hint or "",
        "count": problem.count,
        "other_row": problem.other_row,
        "amount": money(problem.cents),
        "other_amount": money(problem.other_cents),
    }


def _days(problem: Problem) -> str:
    """Return the first and the last of some days that cannot be of postings."""
    if problem.code is not _C.OUTSIDE_PERIOD or problem.value is None:
        return ""
    return _from_to(tuple(problem.value.split("/")))


def _from_to(ends: Sequence[str]) -> str:
    """Return the days or years from the first to the last, as days are written."""
    return DASH.join(day_text(date.fromisoformat(each)) if "-" in each else each for each in ends)


def account_name(text: str) -> str:
    """Return the name of a row of the statements, or the number of an account as it is."""
    if not text.startswith(ROW_ACCOUNT):
        return text
    rows = (row for scheme in load.schemes().values() for row in scheme.rows)
    names = {row.id: row.names for row in rows}
    return names[text.removeprefix(ROW_ACCOUNT)].text(language())


def place(problem: Problem, *, with_file: bool = True) -> str:
    """Return where the fault is: the file, and the row and the field where there are such."""
    parts = [problem.file] if with_file else []
    if problem.row is not None:
        parts.append(gettext("row %(row)s") % {"row": problem.row})
    if problem.field:
        parts.append(str(FIELDS.get(problem.field, problem.field)))
    return ", ".join(parts)


def count(number: int) -> str:
    """Return a number of rows, its thousands apart as in the language that is active."""
    return NumberFormat.of(language()).number(Decimal(number))


def size(number: int) -> str:
    """Return a number of bytes, to a decimal of a thousand or a million of them."""
    formats, thousands = NumberFormat.of(language()), Decimal(number).scaleb(-3)
    if number < 1000:
        return ngettext("%(number)s byte", "%(number)s bytes", number) % {"number": number}
    if round(thousands, 1) < 1000:
        return gettext("%(number)s kB") % {"number": formats.number(thousands, 1)}
    return gettext("%(number)s MB") % {"number": formats.number(thousands.scaleb(-3), 1)}


def money(cents: int | None) -> str:
    """Return an amount of cents with its unit, in the language that is active."""
    if cents is None:
        return "\N{EN DASH}"
    formats = NumberFormat.of(language())
    return formats.euros(formats.amount(euros(cents), DisplayUnit.CENT))
