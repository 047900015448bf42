"""The addresses of sign-in: allauth's, without those that this house has no use for."""

from django.urls import include, path, re_path

from katsaus.web.users import views

# People and their e-mail addresses come from the administrator, who also gives a new password;
# who one is at the identity provider is looked up at every sign-in and never linked by hand.
CLOSED = (
    r"^(?:email|confirm-email|login/code|password/set|password/reset|social)/",
    r"^3rdparty/(?:signup/)?$",
)

urlpatterns = [
    *[re_path(pattern, views.closed) for pattern in CLOSED],
    path("language/", views.language, name="language"),
    path("2fa/taken/", views.second_factor_taken, name="second_factor_taken"),
    path("oidc/<str:provider_id>/login/", views.to_identity_provider),
    path("", include("allauth.urls")),
]
