"""Addresses of sign-in where allauth's own view does not do."""

import requests
from allauth.socialaccount.providers.openid_connect.views import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


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
