"""Bringing in people from a file: all faults at once, and nothing kept while there is one."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from katsaus.web.access import queries, use_cases
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.administration.people_files import Line, in_use_of, role_of
from katsaus.web.administration.refusals import Refusal, sentence, told_of
from katsaus.web.administration.units import unit_words
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.users.models import User

_Asked = tuple[Role, Unit | None]
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line of the file."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the file does to a person, in words."""

    username: str
    text: str


@dataclass(slots=True)
class Outcome:
    """What the file does, or would do if its faults were mended."""

    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)  # of accounts outside: names, addresses


def bring_in(*, by: User, municipality: Municipality, lines: list[Line], keep: bool) -> Outcome:
    """Add the people of the file and make their roles those of the file; others stay as they are.

    Everything is done as it would be and taken back, unless `keep` and no line has a fault: so the
    check cannot promise what keeping refuses. What a check tells of accounts outside the
    municipality is written down.
    """
    bringing = _Bringing(by, municipality)
    with transaction.atomic():
        bringing.run(lines)
        bringing.outcome.faults.sort(key=attrgetter("line"))
        bringing.outcome.changes.sort(key=attrgetter("username"))
        is_kept = keep and not bringing.outcome.faults
        if not is_kept:
            transaction.set_rollback(True)
    if not is_kept:  # what is kept stands in the trail as the roles that were given
        told = bringing.outcome.elsewhere
        use_cases.record_told(by=by, municipality=municipality, names=told)
    return bringing.outcome


class _Bringing:
    def __init__(self, by: User, municipality: Municipality) -> None:
        self._by = by
        self._municipality = municipality
        self._units = {each.code: each for each in municipality.units.all()}
        self._validate_username = UnicodeUsernameValidator()
        self.outcome = Outcome()

    def run(self, lines: list[Line]) -> None:
        """Give all that is given before anything is taken: an administrator may give way."""
        done: list[tuple[Line, User, set[_Asked]]] = []
        by_person = sorted(lines, key=attrgetter("username"))
        for _username, each in groupby(by_person, key=attrgetter("username")):
            theirs = list(each)
            asked = [(line, self._asked(line)) for line in theirs]
            given = [(line, wish) for line, wish in asked if wish]
            if self._is_sound(theirs) and given:
                person = self._give(theirs[0], given)
                if person and len(given) == len(theirs):
                    self._set_use(theirs[0], person, is_active=True)
                    done.append((theirs[0], person, {wish for _line, wish in given}))
        for line, person, wanted in done:
            self._take(line, person, wanted)
            self._set_use(line, person, is_active=False)

    def _fault(self, line: Line, text: str) -> None:
        self.outcome.faults.append(Fault(line.number, text))

    def _refuse(self, line: Line, error: Exception) -> None:
        self._fault(line, sentence(error))
        self.outcome.elsewhere += told_of(error, self._municipality)

    def _change(self, line: Line, text: str) -> None:
        self.outcome.changes.append(Change(line.username, text))

    def _asked(self, line: Line) -> _Asked | None:
        role, unit = role_of(line.role), self._units.get(line.unit)
        if role is None:
            self._fault(line, _("“%s” is not a role.") % line.role)
            return None
        if line.unit and unit is None:
            self._fault(line, _("There is no unit %s.") % line.unit)
            return None
        return role, unit

    def _is_sound(self, lines: list[Line]) -> bool:
        """Whether what the lines tell of a person will do; they must tell the same."""
        before = len(self.outcome.faults)
        first = lines[0]
        try:
            self._validate_username(first.username)
        except ValidationError:
            self._fault(first, _("“%s” is not a user name.") % first.username)
        for line in lines:
            if (line.name, line.email) != (first.name, first.email):
                words = _("The name or the address of %(name)s is another than on row %(row)s.")
                self._fault(line, words % {"name": line.username, "row": first.number})
            if in_use_of(line.in_use) != in_use_of(first.in_use):
                words = _("Row %(row)s says otherwise whether %(name)s is in use.")
                self._fault(line, words % {"name": line.username, "row": first.number})
        if first.in_use and in_use_of(first.in_use) is None:
            self._fault(first, _("“%s” is neither yes nor no.") % first.in_use)
        if first.email and not _is_address(first.email):
            self._fault(first, _("“%s” is not an e-mail address.") % first.email)
        if max(len(first.username), len(first.name)) > _LONGEST:
            self._fault(first, _("The name is longer than %s characters.") % _LONGEST)
        return len(self.outcome.faults) == before

    def _give(self, first: Line, given: list[tuple[Line, _Asked]]) -> User | None:
        person = self._known(first)
        for line, (role, unit) in given:
            try:
                person = self._give_one(first, person, role, unit)
            except Refusal as error:
                self._refuse(line, error)
        return person

    def _known(self, line: Line) -> User | None:
        """Return the person of a line, with the name and the address of the file if we may."""
        found = User.objects.filter(username=User.normalize_username(line.username)).first()
        if found is None and not line.name:
            self._fault(line, _("A new person needs a name."))
        if found is None:
            return None
        if not queries.roles(found, self._municipality):
            words = _("an account outside the municipality: its name and address stay as they are")
            self._change(line, words)
            self.outcome.elsewhere.append(line.username)
            return found
        name, email = line.name or found.get_full_name(), line.email or found.email
        if (name, email) != (found.get_full_name(), found.email):
            try:
                use_cases.change_person(
                    by=self._by,
                    person=found,
                    municipality=self._municipality,
                    name=name,
                    email=email,
                )
                told = {"name": name, "email": email}
                self._change(line, _("new name or address: %(name)s %(email)s") % told)
            except Refusal as error:
                self._refuse(line, error)
        return found

    def _give_one(self, line: Line, person: User | None, role: Role, unit: Unit | None) -> User:
        if person is None:
            person, _is_new = use_cases.add_person(
                by=self._by,
                municipality=self._municipality,
                username=line.username,
                name=line.name,
                email=line.email,
                role=role,
                unit=unit,
                is_known=False,
            )
            self._change(line, _("a new person: %(role)s") % {"role": _words(role, unit)})
        elif use_cases.give_role(
            by=self._by, person=person, municipality=self._municipality, role=role, unit=unit
        ):
            self._change(line, _("is given: %(role)s") % {"role": _words(role, unit)})
        return person

    def _take(self, line: Line, person: User, wanted: set[_Asked]) -> None:
        for membership in queries.roles(person, self._municipality):
            asked = (Role(membership.role), membership.unit)
            if asked not in wanted:
                self._take_one(line, membership)

    def _take_one(self, line: Line, membership: Membership) -> None:
        try:
            use_cases.take_role(by=self._by, membership=membership)
        except Refusal as error:
            self._fault(line, sentence(error))
        else:
            words = _words(Role(membership.role), membership.unit)
            self._change(line, _("is taken: %(role)s") % {"role": words})

    def _set_use(self, line: Line, person: User, *, is_active: bool) -> None:
        """Take the person in use, or out of use, where the file says so and it is not so."""
        if in_use_of(line.in_use) is not is_active or person.is_active is is_active:
            return
        try:
            use_cases.set_active(
                by=self._by,
                person=person,
                municipality=self._municipality,
                is_active=is_active,
            )
        except Refusal as error:
            self._fault(line, sentence(error))
        else:
            words = _("is taken in use again") if is_active else _("is taken out of use")
            self._change(line, words)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _words(role: Role, unit: Unit | None) -> str:
    return f"{role.label} {unit_words(unit)}" if unit else str(role.label)
