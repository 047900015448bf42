"""The addresses at which the strategy's tables are edited."""

from django.urls import path

from katsaus.web.strategy import editing

_AT = "<slug:slug>/strategia/"
urlpatterns = [
    path(f"{_AT}taulukot/", editing.tables, name="tables"),
    path(f"{_AT}taulukot/<slug:table>/", editing.table, name="table"),
    path(f"{_AT}lisaa/<slug:table>/", editing.row_new, name="row_new"),
    path(f"{_AT}muuta/<slug:table>/<str:key>/", editing.row, name="row"),
    path(f"{_AT}poista/<slug:table>/<str:key>/", editing.row_remove, name="row_remove"),
]
