"""What a municipality still lacks before its figures can be shown, as steps."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import RIGHTS, Right, Role
from katsaus.web.imports.messages import count
from katsaus.web.imports.queries import sums
from katsaus.web.organization.models import Municipality

# What is brought in, in this order: its heading and what it is for.
_STEPS = {
    Kind.ORGANIZATION: (
        gettext_lazy("Units"),
        gettext_lazy("The tree of units from the whole municipality down to its cost centres."),
    ),
    Kind.ACCOUNTS: (
        gettext_lazy("Accounts"),
        gettext_lazy(
            "The official chart of accounts is here already; bring your own accounts in only if "
            "the ledger uses others."
        ),
    ),
    Kind.BUDGET: (
        gettext_lazy("Budget"),
        gettext_lazy("The budget of the year by unit, on accounts or on rows of the statement."),
    ),
    Kind.POSTINGS: (
        gettext_lazy("Ledger"),
        gettext_lazy("The postings of the year so far; later files add the months that follow."),
    ),
}
_NEEDED = (Kind.ORGANIZATION, Kind.BUDGET, Kind.POSTINGS)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to bring in: the kind of its file, and the rows that are there ("" for none)."""

    kind: Kind
    name: str
    sentence: str
    rows: str
    is_next: bool

    @property
    def is_optional(self) -> bool:
        """Whether the figures can be shown without it."""
        return self.kind not in _NEEDED


def lacks_something(municipality: Municipality) -> bool:
    """Whether units, budget or ledger are missing."""
    return any(not sums(municipality, kind).rows for kind in _NEEDED)


def steps(municipality: Municipality) -> list[Step]:
    """Return the steps, of which the first that is needed and not done is the next one."""
    rows = {kind: sums(municipality, kind).rows for kind in _STEPS}
    following = next((kind for kind in _NEEDED if not rows[kind]), None)
    return [
        Step(
            kind,
            str(name),
            str(sentence),
            count(rows[kind]) if rows[kind] else "",
            kind is following,
        )
        for kind, (name, sentence) in _STEPS.items()
    ]


def following(municipality: Municipality) -> Step | None:
    """Return the step that is to be taken next; none where nothing is needed any more."""
    return next((step for step in steps(municipality) if step.is_next), None)


def people_to_ask(municipality: Municipality) -> list[str]:
    """Return the names of those who may bring files in, in the order of the alphabet."""
    roles = [role for role in Role if Right.IMPORT in RIGHTS[role]]
    found = Membership.objects.filter(
        municipality=municipality, role__in=roles, user__is_active=True
    )
    return sorted({each.user.shown_name for each in found.select_related("user")})
