"""`katsaus appoint` and `katsaus password`: who comes in, said on the server itself."""

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from katsaus.cli.console import complain, out, prepare_database
from katsaus.cli.municipalities import refuse_unknown
from katsaus.web.access.beginnings import begin
from katsaus.web.access.use_cases import let_in_again
from katsaus.web.users.models import User


def appoint(username: str, name: str, slug_or_number: str) -> None:
    """Make the person and the municipality where they are not there yet, and give the roles."""
    prepare_database()
    refuse_unknown(slug_or_number)
    is_new = not User.objects.filter(username=username).exists()
    password = _password(username, name) if is_new else None
    person, place = begin(
        username=username, name=name, password=password, slug_or_number=slug_or_number
    )
    words = {"person": person.shown_name, "municipality": place.name_fi}
    out.print(_("%(person)s is administrator and controller of %(municipality)s.") % words)


def give_password(username: str, *, removes_second_factor: bool) -> None:
    """Give a person a password that works once, and say it."""
    prepare_database()
    person = User.objects.filter(username=username).first()
    if person is None:
        complain(_("There is no person “%(name)s”. Check the name.") % {"name": username})
    password = let_in_again(
        person=person,
        removes_second_factor=removes_second_factor,
        reason=_("given on the server"),
    )
    words = {"person": person.shown_name, "password": password}
    out.print(_("The password of %(person)s is now %(password)s") % words, soft_wrap=True)
    out.print(_("It is asked to be changed at the first sign-in. Other sessions have ended."))


def _password(username: str, name: str) -> str:
    password: str = typer.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    try:
        validate_password(password, User(username=username, first_name=name))
    except ValidationError as faults:
        complain(" ".join(faults.messages))
    return password
