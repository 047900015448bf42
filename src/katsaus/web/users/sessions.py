"""The sessions of a person, the half-way ones too that wait for a code."""

from collections.abc import Mapping

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from katsaus.web.users.models import User


def end_sessions(person: User) -> None:
    """Sign the person out everywhere, at once."""
    theirs = [each.pk for each in Session.objects.iterator() if _is_of(each.get_decoded(), person)]
    Session.objects.filter(pk__in=theirs).delete()


def _is_of(data: Mapping[str, object], person: User) -> bool:
    waiting = data.get("account_login")  # allauth's, between the password and the code
    half_way = waiting.get("user_pk") if isinstance(waiting, dict) else None
    return data.get(SESSION_KEY) == str(person.pk) or half_way == user_pk_to_url_str(person)
