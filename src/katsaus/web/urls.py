"""The addresses of the web application."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("katsaus.web.users.urls")),
    path("", include("katsaus.web.reports.urls")),
]
