"""Who did something: the names of the trail, and the user names that tell namesakes apart."""

from dataclasses import dataclass

from katsaus.web.audit import queries
from katsaus.web.users.models import User


@dataclass(frozen=True, slots=True)
class Doer:
    """A person of the trail; `username` is empty where there is no such account."""

    number: int
    name: str
    username: str

    @property
    def label(self) -> str:
        """The name, and the user name where it is another."""
        return (
            f"{self.name} ({self.username})" if self.username not in ("", self.name) else self.name
        )


def doers(municipality: str) -> list[Doer]:
    """Return those who did something in a municipality, by name; `municipality` is its slug.

    User names are those of today: they do not change. Two queries.
    """
    people = queries.people(municipality)
    found = User.objects.filter(pk__in=[number for number, _name in people])
    usernames = dict(found.values_list("pk", "username"))
    return [Doer(number, name, usernames.get(number, "")) for number, name in people]
