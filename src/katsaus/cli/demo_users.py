"""The example's people: one for each role, with passwords made anew in every data folder."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from rich.table import Table

from katsaus.cli.console import out
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.users.demonstration import marker
from katsaus.web.users.models import User
from katsaus.web.users.use_cases import create_person


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast; without a unit the role is over the whole municipality."""

    username: str
    name: str
    role: Role
    municipality: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A line of demo-users.json."""

    name: str
    username: str
    password: str
    role: str
    municipality: str


CAST = (
    Person("aino", "Lasten ja nuorten palvelujen päällikkö", Role.UNIT_HEAD, "kemi", "64320000"),
    Person("bertta", "Talousjohtaja", Role.CONTROLLER, "kemi"),
    Person("cecilia", "Ympäristöjohtaja", Role.DIRECTOR, "kemi", "64500000"),
    Person("daavid", "Kaupunginvaltuutettu", Role.READER, "kemi"),
    Person("eeva", "Hyvinvointijohtaja", Role.DIRECTOR, "kemi", "64300000"),
    Person("sijainen", "Varhaiskasvatuksen päällikkö", Role.DEPUTY, "kemi", "64320000"),
    Person("avustaja", "Perusopetuksen suunnittelija", Role.CONTRIBUTOR, "kemi", "64322000"),
    Person("tarkastaja", "Tilintarkastaja", Role.AUDITOR, "kemi"),
    Person("hallinta", "Järjestelmän ylläpitäjä", Role.ADMINISTRATOR, "kemi"),
    Person("simo.talous", "Talouspäällikkö", Role.CONTROLLER, "simo"),
    Person("simo.valtuutettu", "Kunnanvaltuutettu", Role.READER, "simo"),
    Person("kemijarvi.talous", "Talousjohtaja", Role.CONTROLLER, "kemijarvi"),
    Person("kemijarvi.valtuutettu", "Kaupunginvaltuutettu", Role.READER, "kemijarvi"),
)


def sign_ins_file() -> Path:
    """Return the file of the sign-ins, which only its owner can read."""
    return Path(settings.DATA) / "demo-users.json"


def is_taken() -> bool:
    """Whether the data folder is somebody's own, where the example's people must not come."""
    return not marker().exists() and User.objects.exists()


def make() -> list[SignIn]:
    """Make those of the cast who are not there yet; the others keep their passwords."""
    marker().touch()
    known = {each.username: each for each in _known()}
    made = [known.get(person.username) or _sign_in(person) for person in CAST]
    # The file first: a password that was given to nobody can be given again, not one that is lost.
    _write(made)
    with transaction.atomic():
        for person, sign_in in zip(CAST, made, strict=True):
            _give_account(person, sign_in, is_new=person.username not in known)
    return made


def _known() -> list[SignIn]:
    file = sign_ins_file()
    return [SignIn(**each) for each in json.loads(file.read_text("utf-8"))] if file.exists() else []


def _sign_in(person: Person) -> SignIn:
    password = secrets.token_urlsafe(15)  # 20 characters
    return SignIn(person.name, person.username, password, person.role, person.municipality)


def _write(sign_ins: Iterable[SignIn]) -> None:
    text = json.dumps([asdict(each) for each in sign_ins], ensure_ascii=False, indent=2) + "\n"
    draft = sign_ins_file().with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    draft.replace(sign_ins_file())


def _give_account(person: Person, sign_in: SignIn, *, is_new: bool) -> None:
    user = User.objects.filter(username=person.username).first()
    if user is None:
        user = create_person(
            by=None, username=person.username, name=person.name, password=sign_in.password
        )
    elif is_new:  # the file was removed: nobody knows the old password any more
        user.set_password(sign_in.password)
        user.save(update_fields=["password"])
    if not Membership.objects.filter(user=user).exists():
        owner = ensure_municipality(slug_or_number=person.municipality)
        unit = owner.units.get(code=person.unit) if person.unit else None
        give_role(by=None, person=user, municipality=owner, role=person.role, unit=unit)


def show(sign_ins: Iterable[SignIn]) -> None:
    """Print who can sign in to the example, and how."""
    table = Table(box=None, title=_("Sign-ins of the example"), title_justify="left")
    for heading in (_("User name"), _("Password"), _("Role"), _("Person"), _("Municipality")):
        table.add_column(heading, no_wrap=True)
    for each in sign_ins:
        role = str(Role(each.role).label)
        table.add_row(each.username, each.password, role, each.name, each.municipality)
    out.print(table)
    out.print(_("They are also in %s.") % sign_ins_file())
