"""What serves one Sustainable Development Goal, and the municipality's own targets of it."""

from dataclasses import dataclass

from katsaus.core.names import Names
from katsaus.web.organization.models import Municipality
from katsaus.web.planning import models
from katsaus.web.planning.queries.sdgs import SERVING


@dataclass(frozen=True, slots=True)
class Serving:
    """That a thing serves a goal ("13") or its target ("13.2"), by the thing's kind and code."""

    sdg: str
    kind: str
    code: str
    local_target: Names | None
    is_example: bool


_CODES = tuple(f"{kind}__code" for kind in SERVING)
_OWN = tuple(f"local_target__name_{language}" for language in ("fi", "sv", "en"))


def serving(municipality: Municipality, sdg: int) -> tuple[Serving, ...]:
    """Return all that serves a goal or its targets, kind by kind in their order. One query."""
    links = models.SdgLink.objects.filter(municipality=municipality)
    found = links.filter(sdg=str(sdg)) | links.filter(sdg__startswith=f"{sdg}.")
    rows = []
    for code, is_example, fi, sv, en, *codes in found.values_list(
        "sdg", "is_example", *_OWN, *_CODES
    ):
        kind, of = next(each for each in zip(SERVING, codes, strict=True) if each[1])
        rows.append(Serving(code, kind, of, None if fi is None else Names(fi, sv, en), is_example))
    return tuple(sorted(rows, key=lambda row: SERVING.index(row.kind)))
