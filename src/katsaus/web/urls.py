"""The addresses of the web application."""

from django.urls import include, path

urlpatterns = [path("", include("katsaus.web.reports.urls"))]
