"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import setup_views, views

urlpatterns = [
    path("kayttoonotto/", setup_views.setup, name="setup"),
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
]
