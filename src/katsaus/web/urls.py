"""The addresses of the web application."""

from django.urls import include, path

handler403 = "katsaus.web.access.refused.forbidden"
handler404 = "katsaus.web.access.refused.not_found"
urlpatterns = [
    path("accounts/", include("katsaus.web.users.urls")),
    path("", include("katsaus.web.administration.urls")),
    path("", include("katsaus.web.imports.urls")),
    path("", include("katsaus.web.trail.urls")),
    path("", include("katsaus.web.strategy.urls")),
    path("", include("katsaus.web.strategy.transfer_urls")),
    path("", include("katsaus.web.monitoring.urls")),
    path("", include("katsaus.web.reports.urls")),
    path("", include("katsaus.web.finance.urls")),
]
