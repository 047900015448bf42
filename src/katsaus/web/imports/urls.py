"""The addresses of imports."""

from django.urls import path

from katsaus.web.imports import batch_views, views

urlpatterns = [
    path("<slug:slug>/tuonnit/", views.imports, name="imports"),
    path("<slug:slug>/tuonnit/malli/<str:kind>.csv", views.template_file, name="template_file"),
    path("<slug:slug>/tuonnit/<int:pk>/", views.upload, name="upload"),
    path("<slug:slug>/tuonnit/<int:pk>/viat.csv", views.upload_faults, name="upload_faults"),
    path("<slug:slug>/tuonnit/era/<int:pk>/", batch_views.batch, name="batch"),
    path("<slug:slug>/tuonnit/era/<int:pk>/peru/", batch_views.batch_undo, name="batch_undo"),
]
