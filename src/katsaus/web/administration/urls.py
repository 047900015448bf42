"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import account_views, setup_views, views

urlpatterns = [
    path("kayttoonotto/", setup_views.setup, name="setup"),
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
    path("<slug:slug>/hallinta/tilit/", account_views.accounts, name="accounts"),
    path("<slug:slug>/hallinta/tilit.csv", account_views.accounts_csv, name="accounts_csv"),
    path("<slug:slug>/hallinta/tilit/uusi/", account_views.account_new, name="account_new"),
    path(
        "<slug:slug>/hallinta/tilit/viralliset/",
        account_views.official_accounts,
        name="official_accounts",
    ),
    path("<slug:slug>/hallinta/tilit/<int:pk>/", account_views.account, name="account"),
]
