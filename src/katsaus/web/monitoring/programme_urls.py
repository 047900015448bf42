"""The addresses of programmes, measures, SDGs, projects, decisions and the budget's goals."""

from django.urls import path

from katsaus.web.monitoring import (
    budget_goals,
    decisions,
    measures,
    programmes,
    projects,
    sdg,
    sdgs,
)

_AT = "<slug:slug>/strategia/"
urlpatterns = [
    path(f"{_AT}ohjelmat/", programmes.programmes, name="programmes"),
    path(f"{_AT}ohjelmat/<str:code>/", programmes.programme, name="programme"),
    path(f"{_AT}sopeuttamistoimet/<str:code>/", measures.measure, name="measure"),
    path(f"{_AT}sdg/", sdgs.sdgs, name="sdgs"),
    path(f"{_AT}sdg/<int:number>/", sdg.sdg, name="sdg"),
    path(f"{_AT}hankkeet/", projects.projects, name="projects"),
    path(f"{_AT}paatokset/", decisions.decisions, name="decisions"),
    path(f"{_AT}talousarviotavoitteet/", budget_goals.budget_goals, name="budget_goals"),
]
