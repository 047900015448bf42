"""Where units stand: in every hierarchy of the municipality each has a place under one root."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from katsaus.web.audit.use_cases import Json
from katsaus.web.organization import models, queries

# The name of the hierarchy of a municipality that has named none.
UNNAMED = "virallinen"
States = dict[str, dict[str, Json]]  # fields by the code of a unit or the number of an account


class NotOneTreeError(ValueError):
    """The units would not make one tree; `units` are the codes of those not below the `root`."""

    def __init__(self, root: str, units: Sequence[str]) -> None:
        super().__init__(root, units)
        self.root = root
        self.units = units


def ensure_hierarchy(
    municipality: models.Municipality, name: str, valid_from: date | None
) -> models.Hierarchy:
    """Return a hierarchy by its name, made where there is none; a date given is its date then.

    Without a name it is the one in force.
    """
    if not name and (found := queries.in_force(municipality).first()):
        return found
    hierarchy, is_new = models.Hierarchy.objects.get_or_create(
        municipality=municipality, name=name or UNNAMED, defaults={"valid_from": valid_from}
    )
    if not is_new and valid_from and hierarchy.valid_from != valid_from:
        hierarchy.valid_from = valid_from
        hierarchy.save(update_fields=["valid_from"])
    return hierarchy


def place_the_rest(municipality: models.Municipality) -> None:
    """Give each unit a place in the hierarchies that do not tell of it: that of the newest.

    A unit without a place would be missing from the sums of a report in that hierarchy. Raises
    NotOneTreeError where a hierarchy is then not one tree.
    """
    hierarchies = list(queries.hierarchies(municipality))
    codes = dict(municipality.units.values_list("id", "code"))
    places: dict[int, dict[int, int | None]] = {each.pk: {} for each in hierarchies}
    placements = models.Placement.objects.filter(hierarchy__municipality=municipality)
    for hierarchy, unit, parent in placements.values_list("hierarchy_id", "unit_id", "parent_id"):
        places[hierarchy][unit] = parent
    known: dict[int, int | None] = {}
    for each in hierarchies:
        known = places[each.pk] | known
    for each in hierarchies:
        own = places[each.pk]
        missing = {unit: parent for unit, parent in known.items() if unit not in own}
        models.Placement.objects.bulk_create(
            models.Placement(hierarchy=each, unit_id=unit, parent_id=parent)
            for unit, parent in missing.items()
        )
        told = (own | missing).items()
        check_tree({codes[unit]: codes[parent] if parent else None for unit, parent in told})


def check_tree(parents: Mapping[str, str | None]) -> None:
    """Raise NotOneTreeError unless all units are below the one that has the most below it."""
    tops = {code: _top(code, parents) for code in parents}
    root, _ = Counter(top for top in tops.values() if top).most_common(1)[0]
    astray = sorted(code for code, top in tops.items() if top != root)
    if astray:
        raise NotOneTreeError(root, astray)


def _top(code: str, parents: Mapping[str, str | None]) -> str | None:
    """Return the topmost unit above a unit; None where the units go in a circle."""
    for _step in parents:
        parent = parents[code]
        if parent is None:
            return code
        code = parent
    return None


def unit_states(municipality: models.Municipality, *codes: str) -> States:
    """Return units as the audit trail tells them, all or some: their fields and their places."""
    units = models.Unit.objects.filter(municipality=municipality)
    if codes:
        units = units.filter(code__in=codes)
    successors = queries.successors(municipality)
    states: States = {
        unit.code: {
            "name_fi": unit.name_fi,
            "name_sv": unit.name_sv,
            "name_en": unit.name_en,
            "short_name": unit.short_name,
            "level": unit.level,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "responsible": unit.responsible,
            "governing_body": unit.governing_body.name_fi if unit.governing_body else "",
            "successors": ", ".join(successors.get(unit.code, ())),
        }
        for unit in units.select_related("governing_body")
    }
    places = models.Placement.objects.filter(unit__in=units).order_by("hierarchy_id")
    for code, hierarchy, parent in places.values_list(
        "unit__code", "hierarchy__name", "parent__code"
    ):
        states[code][f"parent ({hierarchy})"] = parent
    return states


def said(state: dict[str, Json]) -> Json:
    """Return what is not empty of a state."""
    return {name: value for name, value in state.items() if value not in (None, "")}
