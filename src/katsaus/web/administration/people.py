"""Pages of people: all of them, a new one, one with their roles and their way in."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.web.access import queries, use_cases
from katsaus.web.access.doors import door
from katsaus.web.access.models import Membership
from katsaus.web.access.pages import page
from katsaus.web.access.queries import Person
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.people_forms import (
    AccountForm,
    NewPersonForm,
    ReasonForm,
    RoleForm,
)
from katsaus.web.administration.refusals import Refusal, field, sentence, told_of
from katsaus.web.administration.units import unit_words
from katsaus.web.users.models import User

_UNREADABLE = 422  # a form with faults: not the answer that was asked for


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in words, and the number that it is taken by."""

    pk: int
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with their roles in words."""

    person: Person
    roles: list[RoleLine]


def _line(person: Person) -> PersonLine:
    return PersonLine(person, [_role_line(each) for each in person.memberships])


def _role_line(membership: Membership) -> RoleLine:
    unit = unit_words(membership.unit) if membership.unit else ""
    return RoleLine(membership.pk, membership.get_role_display(), unit)


@require_safe
@never_cache
@door(Right.USERS)
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List those who have a role in the municipality."""
    lines = [_line(each) for each in queries.people(viewer.municipality)]
    context = {"lines": lines, "section": "administration"}
    return page(request, viewer, "administration/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@door(Right.USERS)
def person_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add a person, or give a role to one who is known elsewhere already."""
    form = NewPersonForm(request.POST or None, viewer.municipality)
    if form.is_valid():
        try:
            return _add(request, viewer, form)
        except use_cases.KnownElsewhereError:
            username = form.cleaned_data["username"]
            _tell(viewer, [username])
            return _show_new(request, viewer, form, asks=username)
        except use_cases.AlreadyHereError as error:
            form.add_error(field(error), sentence(error))
            return _show_new(request, viewer, form, already=error.person)
        except Refusal as error:
            _tell(viewer, told_of(error, viewer.municipality))
            form.add_error(field(error), sentence(error))
    return _show_new(request, viewer, form)


def _tell(viewer: Viewer, names: list[str]) -> None:
    """Write down which accounts outside the municipality the answer tells of."""
    use_cases.record_told(by=viewer.user, municipality=viewer.municipality, names=names)


def _show_new(
    request: HttpRequest,
    viewer: Viewer,
    form: NewPersonForm,
    *,
    asks: str = "",
    already: User | None = None,
) -> HttpResponse:
    """Draw the form; `asks` is a user name of elsewhere, `already` the person of one of here."""
    context = {"form": form, "asks": asks, "already": already, "section": "administration"}
    status = _UNREADABLE if form.is_bound else 200
    return page(request, viewer, "administration/person_new.html", context, status=status)


def _add(request: HttpRequest, viewer: Viewer, form: NewPersonForm) -> HttpResponse:
    said, (role, unit) = form.cleaned_data, form.chosen()
    person, is_new = use_cases.add_person(
        by=viewer.user,
        municipality=viewer.municipality,
        username=said["username"],
        name=said["name"],
        email=said["email"],
        role=role,
        unit=unit,
        is_known=request.POST.get("known") == said["username"],
    )
    if is_new and said["with_password"]:
        return _give_password(request, viewer, person)
    if is_new:
        messages.success(request, _("The person was added."))
    else:
        words = _("The role was given to the account that there was. Its name and address stayed.")
        messages.warning(request, words)
    return redirect("person", viewer.municipality.slug, person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@door(Right.USERS)
def person(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Show a person with their roles and their way in, and change them."""
    found = queries.person(viewer.municipality, pk)
    if found is None:
        raise Http404
    faulty: forms.Form | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("action", ""))
        if act is None:
            raise Http404
        try:
            answer = act(request, viewer, found)
        except Refusal as error:
            messages.warning(request, sentence(error))
            answer = redirect("person", viewer.municipality.slug, pk)
        if isinstance(answer, HttpResponse):
            return answer
        faulty = answer
    return _show(request, viewer, found, faulty)


def _show(
    request: HttpRequest, viewer: Viewer, found: Person, faulty: forms.Form | None
) -> HttpResponse:
    """Draw a person's page; the form that has faults is kept as it was filled in."""
    user = found.user
    given = {"name": user.get_full_name(), "email": user.email}
    blank = (
        RoleForm(None, viewer.municipality),
        AccountForm(None, initial=given),
        ReasonForm(None),
    )
    kept = [faulty if type(faulty) is type(each) else each for each in blank]
    context = {
        "line": _line(found),
        "role_form": kept[0],
        "account_form": kept[1],
        "reason_form": kept[2],
        "form": faulty,
        "is_elsewhere": queries.is_elsewhere(user, viewer.municipality),
        "is_own": user == viewer.user,
        "section": "administration",
    }
    status = _UNREADABLE if faulty else 200
    return page(request, viewer, "administration/person.html", context, status=status)


_Answer = HttpResponse | forms.Form


def _back(viewer: Viewer, found: Person) -> HttpResponse:
    return redirect("person", viewer.municipality.slug, found.user.pk)


def _give_role(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
    form = RoleForm(request.POST, viewer.municipality)
    if not form.is_valid():
        return form
    role, unit = form.chosen()
    try:
        use_cases.give_role(
            by=viewer.user,
            person=found.user,
            municipality=viewer.municipality,
            role=role,
            unit=unit,
        )
    except Refusal as error:
        form.add_error(field(error), sentence(error))
        return form
    messages.success(request, _("The role was given."))
    return _back(viewer, found)


def _take_role(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
    wanted = request.POST.get("membership", "")
    membership = next((each for each in found.memberships if str(each.pk) == wanted), None)
    if membership:  # one that is gone already was taken by somebody else at the same time
        use_cases.take_role(by=viewer.user, membership=membership)
        messages.success(request, _("The role was taken."))
    if membership and not queries.roles(found.user, viewer.municipality):
        return redirect("people", viewer.municipality.slug)
    return _back(viewer, found)


def _change(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
    form = AccountForm(request.POST)
    if not form.is_valid():
        return form
    try:
        use_cases.change_person(
            by=viewer.user,
            person=found.user,
            municipality=viewer.municipality,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
        )
    except Refusal as error:
        _tell(viewer, told_of(error, viewer.municipality))
        form.add_error(field(error), sentence(error))
        return form
    messages.success(request, _("The name and the address were changed."))
    return _back(viewer, found)


def _set_password(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
    return _give_password(request, viewer, found.user)


def _give_password(request: HttpRequest, viewer: Viewer, user: User) -> HttpResponse:
    """Show a new password in the answer itself: it is kept nowhere, so nobody reads it later."""
    password = use_cases.give_password(
        by=viewer.user, person=user, municipality=viewer.municipality
    )
    context = {"person": user, "password": password, "section": "administration"}
    return page(request, viewer, "administration/password.html", context)


def _remove_factor(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return form
    use_cases.remove_second_factor(
        by=viewer.user,
        person=found.user,
        municipality=viewer.municipality,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("The second factor was removed."))
    return _back(viewer, found)


def _set_active(*, is_active: bool) -> Callable[[HttpRequest, Viewer, Person], _Answer]:
    def act(request: HttpRequest, viewer: Viewer, found: Person) -> _Answer:
        use_cases.set_active(
            by=viewer.user,
            person=found.user,
            municipality=viewer.municipality,
            is_active=is_active,
        )
        if is_active:
            messages.success(request, _("The person is in use again and can sign in."))
        else:
            messages.success(request, _("The person was taken out of use and signed out."))
        return _back(viewer, found)

    return act


ACTS: dict[str, Callable[[HttpRequest, Viewer, Person], _Answer]] = {
    "give_role": _give_role,
    "take_role": _take_role,
    "change": _change,
    "give_password": _set_password,
    "remove_second_factor": _remove_factor,
    "deactivate": _set_active(is_active=False),
    "activate": _set_active(is_active=True),
}
