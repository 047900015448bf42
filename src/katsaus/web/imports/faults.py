"""The faults of a file as a file: where each is, what it is, and what to do."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from katsaus.ledger.problems import Problem
from katsaus.rendering.cells import harmless
from katsaus.web.imports.messages import FIELDS, sentence


def blocks(problems: Sequence[Problem]) -> bool:
    """Whether some of the problems prevents keeping; without one they are mere remarks."""
    return any(problem.is_blocking for problem in problems)


def faults_csv(problems: Sequence[Problem]) -> bytes:
    """Return faults with semicolons, as Finnish spreadsheets open them, formulas made harmless."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    what = _("what is wrong") if blocks(problems) else _("remark")
    writer.writerow([_("row"), _("column"), what, _("in the file"), _("prevents")])
    for problem in problems:
        texts = (
            str(problem.row or ""),
            str(FIELDS.get(problem.field or "", problem.field or "")),
            sentence(problem, in_form=True),
            problem.value or "",
            _("yes") if problem.is_blocking else _("no"),
        )
        writer.writerow(map(harmless, texts))
    return b"\xef\xbb\xbf" + file.getvalue().encode()
