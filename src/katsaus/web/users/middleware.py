"""A password that the administrator gave opens one door only: that of choosing one's own."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from katsaus.web.users.models import User

FREE = ("account_change_password", "account_logout", "language")


class OwnPasswordFirst:
    """Leads a person who came in with a given password to change it, whatever they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page of the password, or go on."""
        if request.path not in {reverse(name) for name in FREE} and _came_by_given(request):
            return redirect("account_change_password")
        return self._get_response(request)


def _came_by_given(request: HttpRequest) -> bool:
    """Whether the given password opened the session; an identity provider's does not ask."""
    if not isinstance(request.user, User) or not request.user.must_change_password:
        return False
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "password" for each in records)
