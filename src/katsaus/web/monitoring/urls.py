"""The addresses of the strategy's pages."""

from django.urls import include, path

from katsaus.web.monitoring import strategies

urlpatterns = [
    path("<slug:slug>/strategia/", strategies.strategy, name="strategy"),
    path("", include("katsaus.web.monitoring.programme_urls")),
]
