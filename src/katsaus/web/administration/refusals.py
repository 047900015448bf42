"""What cannot be done to a person or a role, in words that say what to do instead."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katsaus.web.access import use_cases
from katsaus.web.access.queries import has_email
from katsaus.web.organization.models import Municipality
from katsaus.web.users.use_cases import TakenEmailError, TakenUsernameError

Refusal = (use_cases.RefusedError, TakenEmailError, TakenUsernameError)
_SENTENCES: Mapping[type[Exception], Promise] = {
    use_cases.ForeignUnitError: _("There is no such unit. Choose one of the list."),
    use_cases.UnitNeededError: _("The role is over a unit: choose the unit too."),
    use_cases.NoUnitError: _("The role is over the whole municipality: leave the unit out."),
    use_cases.LastAdministratorError: _(
        "Nobody else is the administrator. Give somebody else the role first."
    ),
    use_cases.LastRoleError: _(
        "This is the person's last role. Give another one first, or take the person out of use."
    ),
    use_cases.ElsewhereError: _(
        "The person belongs to another municipality too. Only the roles in this one can be changed."
    ),
    use_cases.AlreadyHereError: _("%(username)s is already the person %(name)s."),
    use_cases.OwnAccountError: _(
        "This is your own account. Change your password and second factor on the page My account; "
        "another administrator can take you out of use."
    ),
    TakenEmailError: _("Another person has this e-mail address. Check it."),
    TakenUsernameError: _("The user name is taken, in letters of another case. Choose another."),
}


def sentence(error: Exception) -> str:
    """Return why something was refused, in the language that is active."""
    words = str(_SENTENCES[type(error)])
    if isinstance(error, use_cases.AlreadyHereError):
        return words % {"username": error.person.username, "name": error.person.shown_name}
    return words


def told_of(error: Exception, municipality: Municipality) -> list[str]:
    """Return the name or the address of the account outside that a refusal tells of, if any.

    A user name of the municipality itself is refused as AlreadyHereError.
    """
    is_outside = isinstance(error, TakenUsernameError) or (
        isinstance(error, TakenEmailError) and not has_email(municipality, str(error))
    )
    return [str(error)] if is_outside else []


def field(error: Exception) -> str | None:
    """Return the field of a form that the refusal is about; None for the whole of it."""
    if isinstance(error, TakenEmailError):
        return "email"
    if isinstance(error, (TakenUsernameError, use_cases.AlreadyHereError)):
        return "username"
    units = (use_cases.UnitNeededError, use_cases.NoUnitError, use_cases.ForeignUnitError)
    return "unit" if isinstance(error, units) else None
