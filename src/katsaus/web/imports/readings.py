"""A reading as JSON beside its file, and back: a person looks at it long after it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NotRequired, TypedDict, cast

from katsaus.ledger.importers import ControlTotals, Kind, Reading, Recognition, Sample
from katsaus.ledger.importers.doubles import Double, Relation
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports.comparing import Changed, Comparison
from katsaus.web.imports.coverage import Coverage
from katsaus.web.imports.followers import Span

_NO_TABLES = (
    ProblemCode.EMPTY_FILE,
    ProblemCode.NOT_A_TABLE,
    ProblemCode.UNSUPPORTED_FORMAT,
    ProblemCode.BROKEN_SPREADSHEET,
    ProblemCode.BROKEN_ARCHIVE,
)


class Saved(TypedDict):
    """What Upload.reading holds; every part is a value of the ledger, by its field names."""

    file_hash: str
    recognition: dict[str, object] | None
    problems: list[dict[str, object]]
    totals: dict[str, object] | None
    sample: dict[str, object] | None
    kinds: list[str]
    comparison: NotRequired[dict[str, Any] | None]
    coverage: NotRequired[dict[str, Any] | None]
    spans: NotRequired[Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a file, without its rows.

    `kinds` are those that fit a file of which it is not known what it holds; `comparison` is of
    units and accounts, `coverage` of figures of a source that has given some of the same time.
    `spans` is when the periods end whose figures change.
    """

    file_hash: str
    recognition: Recognition | None
    problems: tuple[Problem, ...]
    totals: ControlTotals | None
    sample: Sample | None
    kinds: tuple[str, ...]
    comparison: Comparison | None
    coverage: Coverage | None
    spans: tuple[Span, ...]

    @property
    def is_of_unknown_kind(self) -> bool:
        """Whether the file is a table of which the person must say what it holds."""
        return self.recognition is None and not self.problems

    @property
    def is_no_table(self) -> bool:
        """Whether the file is such that no way of reading it would find rows in it."""
        return any(each.code in _NO_TABLES and not each.hint for each in self.problems)

    @property
    def faults(self) -> int:
        """How many problems forbid keeping anything, also those that were left out of the list."""
        more = ProblemCode.MORE_PROBLEMS
        found = (each for each in self.problems if each.is_blocking)
        return sum(each.count if each.code is more else 1 for each in found)

    @property
    def is_blocked(self) -> bool:
        """Whether a problem forbids keeping anything of the file."""
        return self.totals is None or any(problem.is_blocking for problem in self.problems)


def saved(
    reading: Reading,
    comparison: Comparison | None = None,
    coverage: Coverage | None = None,
    spans: tuple[Span, ...] = (),
) -> Saved:
    """Return a reading as JSON values, with what it would change or replace."""
    return Saved(
        file_hash=reading.file_sha256,
        recognition=asdict(reading.recognition) if reading.recognition else None,
        problems=[asdict(problem) for problem in reading.problems],
        totals=asdict(reading.totals) if reading.totals else None,
        sample=asdict(reading.sample) if reading.sample else None,
        kinds=[],
        comparison=asdict(comparison) if comparison else None,
        coverage=asdict(coverage) if coverage else None,
        spans=spans,
    )


def unread(problems: Sequence[Problem], kinds: Sequence[Kind]) -> Saved:
    """Return what saved() would of a file that is no table, or of which the kind is not known."""
    return Saved(
        file_hash="",
        recognition=None,
        problems=[asdict(problem) for problem in problems],
        totals=None,
        sample=None,
        kinds=[*kinds],
    )


def seen(content: Saved) -> Seen:
    """Return what saved() wrote, after its way through the database."""
    recognition, totals, sample = content["recognition"], content["totals"], content["sample"]
    return Seen(
        file_hash=content["file_hash"],
        recognition=Recognition(**_tuples(recognition)) if recognition else None,
        problems=tuple(_problem(each) for each in content["problems"]),
        totals=ControlTotals(**_tuples(totals)) if totals else None,
        sample=Sample(**_tuples(sample)) if sample else None,
        kinds=tuple(content.get("kinds", ())),
        comparison=_comparison(content.get("comparison")),
        coverage=_coverage(content.get("coverage")),
        spans=tuple((first, end) for first, end in content.get("spans", ())),
    )


def _comparison(content: Mapping[str, Any] | None) -> Comparison | None:
    if content is None:
        return None
    listed = tuple(Changed(**_tuples(each)) for each in content["listed"])
    return Comparison(**{**content, "listed": listed})


def _coverage(content: Mapping[str, Any] | None) -> Coverage | None:
    if content is None:
        return None
    doubles = tuple(map(_double, content.get("doubles", ())))
    return Coverage(**{**content, "doubles": doubles})


def _double(content: Mapping[str, Any]) -> Double:
    return Double(**{**content, "relation": Relation(content["relation"])})


def _problem(content: Mapping[str, object]) -> Problem:
    return Problem(**{**_tuples(content), "code": ProblemCode(str(content["code"]))})


# JSON knows neither tuples nor the types of fields; what saved() wrote has the right ones.
def _tuples(content: Mapping[str, object]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in content.items()}


def _tuple(value: object) -> object:
    return tuple(map(_tuple, cast(Sequence[object], value))) if isinstance(value, list) else value
