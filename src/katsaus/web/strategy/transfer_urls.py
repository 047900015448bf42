"""The addresses of the strategy's next term, and of the strategy as files."""

from django.urls import path

from katsaus.web.strategy import files, terms

_AT = "<slug:slug>/strategia/"
urlpatterns = [
    path(f"{_AT}seuraava-kausi/", terms.next_term, name="next_term"),
    path(f"{_AT}tiedostot/", files.strategy_files, name="strategy_files"),
    path(f"{_AT}tiedostot/<int:pk>/", files.strategy_upload, name="strategy_upload"),
    path(
        f"{_AT}tiedostot/strategia.<str:file_format>",
        files.strategy_export,
        name="strategy_export_file",
    ),
]
