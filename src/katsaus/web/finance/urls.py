"""The addresses of the finance pages of a municipality."""

from django.urls import path

from katsaus.web.finance import views

urlpatterns = [
    path("<slug:slug>/", views.home, name="home"),
    path("<slug:slug>/talous/", views.statement, name="statement"),
    path("<slug:slug>/talous.xlsx", views.statement_xlsx, name="statement_xlsx"),
    path("<slug:slug>/luku/", views.figure, name="figure"),
    path("<slug:slug>/luku/huomautus/", views.figure_note, name="figure_note"),
    path("<slug:slug>/luku.csv", views.figure_csv, name="figure_csv"),
    path("<slug:slug>/poikkeamat/", views.deviations, name="deviations"),
    path("<slug:slug>/haku/", views.search, name="search"),
]
