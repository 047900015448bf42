"""The addresses of programmes, measures, global goals, projects and decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
