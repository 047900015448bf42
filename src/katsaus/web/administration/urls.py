"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import views

urlpatterns = [
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
]
