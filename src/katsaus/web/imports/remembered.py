"""How files are read, remembered from one to the next of the same kind and source."""

from collections.abc import Mapping

from katsaus.web.imports.models import State, Upload
from katsaus.web.organization.models import Municipality


def usual(municipality: Municipality, kind: str, source: str) -> dict[str, object]:
    """Return the mapping by which the source's newest file of a kind was kept, empty of none.

    In another file the rows have other numbers, and they may be of another year.
    """
    found = Upload.objects.filter(
        municipality=municipality, kind=kind, source=source, state=State.KEPT
    ).first()
    return _without(found.mapping, "skip_rows", "year") if found and kind else {}


def of_file(mapping: Mapping[str, object]) -> dict[str, object]:
    """Return what of a mapping goes for a mended file: in it the rows have other numbers."""
    return _without(mapping, "skip_rows")


def _without(mapping: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in mapping.items() if key not in keys}
