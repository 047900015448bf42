"""The addresses of reports."""

from django.urls import path

from katsaus.web.reports import views

urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:slug>/<str:period>/", views.report, name="report"),
    path("<slug:slug>/<str:period>/katsaus.<str:file_format>", views.download, name="download"),
]
