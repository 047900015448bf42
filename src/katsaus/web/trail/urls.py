"""The addresses of the audit trail of a municipality."""

from django.urls import path

from katsaus.web.trail import views

urlpatterns = [
    path("<slug:slug>/hallinta/loki/", views.audit, name="audit"),
    path("<slug:slug>/hallinta/loki.csv", views.audit_csv, name="audit_csv"),
]
