"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import people, people_transfer, views

urlpatterns = [
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
    path("<slug:slug>/hallinta/henkilot/", people.people, name="people"),
    path("<slug:slug>/hallinta/henkilot/uusi/", people.person_new, name="person_new"),
    path(
        "<slug:slug>/hallinta/henkilot/tuonti/", people_transfer.people_import, name="people_import"
    ),
    path("<slug:slug>/hallinta/henkilot/<int:pk>/", people.person, name="person"),
    path("<slug:slug>/hallinta/henkilot.csv", people_transfer.people_csv, name="people_csv"),
]
