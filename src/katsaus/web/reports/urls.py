"""The addresses of reports."""

from django.urls import path, re_path

from katsaus.web.reports import views

# As in 2023-06; whether there is such a month is asked where the report is made.
REPORT = r"^(?P<slug>[-\w]+)/(?P<period>\d{4}-\d{2})/"
urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:slug>/katsaukset/", views.reports, name="reports"),
    re_path(REPORT + "$", views.report, name="report"),
    re_path(REPORT + r"katsaus\.(?P<file_format>\w+)$", views.download, name="download"),
]
