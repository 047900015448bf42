"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import (
    account_views,
    limit_views,
    people,
    people_transfer,
    removals,
    setup_views,
    structure,
    unit_views,
    views,
)

urlpatterns = [
    path("kayttoonotto/", setup_views.setup, name="setup"),
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
    path("<slug:slug>/hallinta/yksikot/", unit_views.units, name="units"),
    path("<slug:slug>/hallinta/yksikot.csv", unit_views.units_csv, name="units_csv"),
    path("<slug:slug>/hallinta/yksikot/uusi/", unit_views.unit_new, name="unit_new"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/", unit_views.unit, name="unit"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/siirto/", unit_views.unit_move, name="unit_move"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/lopetus/", unit_views.unit_end, name="unit_end"),
    path(
        "<slug:slug>/hallinta/yksikot/<int:pk>/poisto/", unit_views.unit_remove, name="unit_remove"
    ),
    path(
        "<slug:slug>/hallinta/yksikot/<int:pk>/yhdistys/", unit_views.unit_merge, name="unit_merge"
    ),
    path("<slug:slug>/hallinta/hierarkiat/", structure.hierarchies, name="hierarchies"),
    path("<slug:slug>/hallinta/hierarkiat/<int:pk>/", structure.hierarchy, name="hierarchy"),
    path(
        "<slug:slug>/hallinta/hierarkiat/<int:pk>/poisto/",
        removals.hierarchy_remove,
        name="hierarchy_remove",
    ),
    path("<slug:slug>/hallinta/toimielimet/", structure.bodies, name="bodies"),
    path("<slug:slug>/hallinta/toimielimet/<int:pk>/", structure.body, name="body"),
    path(
        "<slug:slug>/hallinta/toimielimet/<int:pk>/poisto/",
        removals.body_remove,
        name="body_remove",
    ),
    path("<slug:slug>/hallinta/tilit/", account_views.accounts, name="accounts"),
    path("<slug:slug>/hallinta/tilit.csv", account_views.accounts_csv, name="accounts_csv"),
    path("<slug:slug>/hallinta/tilit/uusi/", account_views.account_new, name="account_new"),
    path(
        "<slug:slug>/hallinta/tilit/viralliset/",
        account_views.official_accounts,
        name="official_accounts",
    ),
    path("<slug:slug>/hallinta/tilit/<int:pk>/", account_views.account, name="account"),
    path(
        "<slug:slug>/hallinta/tilit/<int:pk>/poisto/",
        removals.account_remove,
        name="account_remove",
    ),
    path("<slug:slug>/hallinta/rajat/", limit_views.limits, name="limits"),
    path("<slug:slug>/hallinta/henkilot/", people.people, name="people"),
    path("<slug:slug>/hallinta/henkilot/uusi/", people.person_new, name="person_new"),
    path(
        "<slug:slug>/hallinta/henkilot/tuonti/", people_transfer.people_import, name="people_import"
    ),
    path("<slug:slug>/hallinta/henkilot/<int:pk>/", people.person, name="person"),
    path("<slug:slug>/hallinta/henkilot.csv", people_transfer.people_csv, name="people_csv"),
]
