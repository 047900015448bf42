"""The addresses of the strategy's next term, and of the strategy as files."""

from django.urls import path

from katsaus.web.strategy import terms

_AT = "<slug:slug>/strategia/"
urlpatterns = [
    path(f"{_AT}seuraava-kausi/", terms.next_term, name="next_term"),
]
