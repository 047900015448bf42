"""The words of the tables' forms: groups, choices, helps, what stands on a row."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katsaus.definitions.tables import CellKind

# The tables as people look for them. States are told on the pages of actions, each a new report.
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Strategy"), ("strategies", "themes", "goals", "actions")),
    (_("Indicators"), ("indicators", "values", "indicator_links")),
    (
        _("Programmes and adjustment"),
        (
            "programmes",
            "programme_parts",
            "programme_emphases",
            "programme_targets",
            "measures",
            "measure_effects",
        ),
    ),
    (_("Budget and finances"), ("explanations", "person_years", "projects", "decisions")),
    (_("Sustainable Development Goals"), ("sdg_links", "local_targets")),
)
EDITED = tuple(name for _title, names in GROUPS for name in names)

HELPS: Mapping[CellKind, Promise] = {
    CellKind.CODE: _("Files and addresses know the row by it. Made of the name where left empty."),
    CellKind.TEXTS: _("Each on a line of its own."),
    CellKind.YEAR: _("Such as 2025."),
    CellKind.DATE: _("Such as 30.6.2025."),
    CellKind.PERIOD: _("2023 for a year, 2023-06 for January to June."),
    CellKind.SCHEDULE: _(
        "continuous, a year (2025), years (2021-2025, or 2025- without an end), a day (2025-08-31) "
        "or months (months:2,3)."
    ),
    CellKind.COMPUTED: _(
        "Empty where values are given. Otherwise ratio:a/b with the codes of two indicators, "
        "row:operating_expenses/b, sum_of_units or sum_of_parts."
    ),
    CellKind.SDG: _("A goal from 1 to 17, or a target such as 13.2."),
    CellKind.MONEY: _("Euros. What betters the result is positive."),
}
# Helps that a column needs beside or instead of that of its kind.
OWN_HELPS: Mapping[tuple[str, str], Promise] = {
    ("goals", "year"): _("Only for a goal that is decided with the budget of one year."),
    ("goals", "units"): _("The divisions that are asked. None: the goal is of the whole."),
    ("indicators", "is_cumulative"): _("A value tells what has come since the year began."),
    ("indicators", "owner"): _("The role that gives the values."),
    ("explanations", "period"): _("The period whose deviation it explains."),
    ("explanations", "euros"): _("Euros, such as -320 000. What betters the result is positive."),
    ("explanations", "cause"): _("In a few words, as the bridge shows it."),
    ("projects", "own_share"): _("The municipality's share in euros."),
    ("projects", "total"): _("Euros in all."),
    ("programme_targets", "year"): _("Empty: the programme as a whole."),
}
# What is seldom filled in stands behind a word.
SELDOM = frozenset(
    {
        *("code", "name_sv", "name_en", "is_example", "part_of", "computed", "method", "deputy"),
        *("decimals", "place", "of", "low", "high", "on", "label", "group", "link", "undone"),
        *("cost_centers", "local_target"),
    }
)
USERS: Mapping[str, Promise] = {
    "action": _("actions"),
    "decision": _("decisions"),
    "goal": _("goals"),
    "indicator": _("indicators"),
    "indicatorlink": _("places of indicators"),
    "indicatorvalue": _("values"),
    "measure": _("adjustment measures"),
    "measureeffect": _("effects"),
    "planfigure": _("budget amendments"),
    "programmeemphasis": _("emphases"),
    "programmepart": _("parts of programmes"),
    "programmetarget": _("targets of programmes"),
    "sdglink": _("links to Sustainable Development Goals"),
    "statereport": _("reports of state"),
    "theme": _("themes"),
}
