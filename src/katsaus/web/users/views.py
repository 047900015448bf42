"""Addresses of sign-in where allauth's own view does not do."""

import requests
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from katsaus.web.users.languages import keep_language
from katsaus.web.users.models import User
from katsaus.web.users.second_factor import take_asking


def closed(request: HttpRequest) -> HttpResponse:
    """Answer that there is no such page."""
    raise Http404


def to_identity_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to the municipality's identity provider; say so when it does not answer."""
    try:
        response: HttpResponse = login(request, provider_id)
    except requests.RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
    return response


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that the person chose, for this browser and with the account."""
    chosen = request.POST.get("language", "")
    response = redirect("mfa_index")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
        keep_language(response, chosen)
    return response


@require_safe
@login_required
def second_factor_taken(request: HttpRequest) -> HttpResponse:
    """Lead the person on to the page that asked for a second factor, or to their account."""
    return redirect(take_asking(request) or "mfa_index")
