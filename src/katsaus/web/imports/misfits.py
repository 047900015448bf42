"""What does not fit what is there already, as faults and remarks of its file."""

from collections.abc import Sequence
from dataclasses import replace

from katsaus.ledger.importers import Reading
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.organization.use_cases import NotOneTreeError, UnplacedAccountsError

MISFITS = (NotOneTreeError, UnplacedAccountsError)
MOST_NAMED = 20


def with_misfits(reading: Reading, error: NotOneTreeError | UnplacedAccountsError) -> Reading:
    """Return a reading with the fault that was found only when it was to be kept."""
    if isinstance(error, NotOneTreeError):
        code, field, codes = ProblemCode.NOT_ONE_TREE, "parent", error.units
    else:
        code, field, codes = ProblemCode.UNPLACED_ACCOUNTS, "official", error.numbers
    problem = Problem(code, reading.file, field=field, value=_named(codes), count=len(codes))
    return replace(reading, problems=(*reading.problems, problem))


def with_kept(reading: Reading, files: Sequence[str]) -> Reading:
    """Return a reading with the remark that others of its source were kept meanwhile."""
    code = ProblemCode.KEPT_MEANWHILE
    problem = Problem(code, reading.file, value=_named(files), is_blocking=False)
    return replace(reading, problems=(*reading.problems, problem))


def _named(codes: Sequence[str]) -> str:
    left = "…" if len(codes) > MOST_NAMED else ""
    return ", ".join([*codes[:MOST_NAMED], *filter(None, [left])])
