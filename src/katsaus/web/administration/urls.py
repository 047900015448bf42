"""The addresses of administration."""

from django.urls import path

from katsaus.web.administration import structure, units, views

urlpatterns = [
    path("<slug:slug>/hallinta/", views.administration, name="administration"),
    path("<slug:slug>/hallinta/yksikot/", units.units, name="units"),
    path("<slug:slug>/hallinta/yksikot.csv", units.units_csv, name="units_csv"),
    path("<slug:slug>/hallinta/yksikot/uusi/", units.unit_new, name="unit_new"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/", units.unit, name="unit"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/siirto/", units.unit_move, name="unit_move"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/lopetus/", units.unit_end, name="unit_end"),
    path("<slug:slug>/hallinta/yksikot/<int:pk>/yhdistys/", units.unit_merge, name="unit_merge"),
    path("<slug:slug>/hallinta/hierarkiat/", structure.hierarchies, name="hierarchies"),
    path("<slug:slug>/hallinta/hierarkiat/<int:pk>/", structure.hierarchy, name="hierarchy"),
    path("<slug:slug>/hallinta/toimielimet/", structure.bodies, name="bodies"),
    path("<slug:slug>/hallinta/toimielimet/<int:pk>/", structure.body, name="body"),
]
