"""Settings of the Django project; an installation changes them by environment variables.

KATSAUS_DATA is the folder of the database and the ledger (default: var), KATSAUS_DATABASE_URL
another database, KATSAUS_HOSTS the host names served, separated by commas. KATSAUS_HTTPS=1 is for
an installation behind one proxy that serves https and sets X-Forwarded-Proto and -For itself.
KATSAUS_OIDC_ISSUER, KATSAUS_OIDC_CLIENT_ID and KATSAUS_OIDC_CLIENT_SECRET name the municipality's
own identity provider (OpenID Connect), KATSAUS_OIDC_NAME what its link on the sign-in page says,
and KATSAUS_OIDC_CLAIM the claim that equals a person's user name here (default: people are known
by their verified e-mail address).
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import dj_database_url

from katsaus.rendering import fonts

DATA = Path(os.environ.get("KATSAUS_DATA", "var")).absolute()
LEDGER = DATA / "ledger"
COMPUTED = DATA / "computed"  # of the ledger; whatever is missing is computed anew


def _make_private(folder: Path) -> None:
    """Make the folder of the data, or take an empty one: figures and texts may be private."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        with suppress(PermissionError):  # another's folder, whose owner has opened it to us
            folder.chmod(0o700)


_make_private(DATA)


def _secret_key() -> str:
    """Return the installation's own key, made at its first start."""
    file = DATA / "secret-key"
    if not file.exists():
        # Renamed when it is whole: two commands may start at once, or one be cut short.
        draft = file.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.replace(file)
    return file.read_text()


SECRET_KEY = os.environ.get("KATSAUS_SECRET_KEY") or _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("KATSAUS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

HTTPS = os.environ.get("KATSAUS_HTTPS") == "1"
CSRF_FAILURE_VIEW = "katsaus.web.access.not_sent.not_sent"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "katsaus.web.audit",
    "katsaus.web.users",
    "katsaus.web.organization",
    "katsaus.web.access",
    "katsaus.web.planning",
    "katsaus.web.imports",
    "katsaus.web.finance",
    "katsaus.web.monitoring",
    "katsaus.web.reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "katsaus.web.users.middleware.OwnPasswordFirst",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "katsaus.web.urls"
WSGI_APPLICATION = "katsaus.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("KATSAUS_DATABASE_URL") or f"sqlite:///{DATA / 'katsaus.sqlite3'}",
        # Each thread of the server keeps its connection: a new one costs more than a query.
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Two people importing at once wait for each other instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=normal;",
    }
# Long files are read in a process of its own (`katsaus work`), which `katsaus serve` starts.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What people bring in waits here; a body over the limit is not even written to the disk.
UPLOADS = DATA / "uploads"
UPLOADS.mkdir(mode=0o700, exist_ok=True)
UPLOAD_BYTES = 300_000_000
FILE_UPLOAD_TEMP_DIR = UPLOADS
# The page of a strategy's next term has a tick for each of some 5 000 actions.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = ["katsaus.web.imports.handlers.LimitedHandler"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "users.User"
# Knows a person by user name or e-mail address, and is Django's own backend otherwise.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "katsaus.web.users.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    # Django's own list of breached passwords: it needs no network.
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "katsaus.web.users.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "katsaus.web.users.forms.SignInForm",
    "change_password": "katsaus.web.users.forms.PasswordForm",
    "reauthenticate": "katsaus.web.users.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by the administrator
# A whole office may share an address: one person's slips do not keep the others out.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/300s/key"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # Django ends the person's other sessions

MFA_ADAPTER = "katsaus.web.users.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "katsaus.web.users.forms.CodeForm",
    "reauthenticate": "katsaus.web.users.forms.ConfirmCodeForm",
    "activate_totp": "katsaus.web.users.forms.ActivateCodesForm",
    "add_webauthn": "katsaus.web.users.forms.AddPasskeyForm",
    "edit_webauthn": "katsaus.web.users.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Katsaus"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True

SOCIALACCOUNT_ADAPTER = "katsaus.web.users.adapters.IdentityProviderAdapter"
# A link instead of a form: the policy below lets forms lead only to ourselves. Someone else's page
# can then begin a sign-in, which ends as the person's own or not at all.
SOCIALACCOUNT_LOGIN_ON_GET = True
OIDC_CLAIM = os.environ.get("KATSAUS_OIDC_CLAIM", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "municipality",
                "name": os.environ.get("KATSAUS_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("KATSAUS_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("KATSAUS_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": os.environ["KATSAUS_OIDC_ISSUER"].rstrip("/")},
            }
        ]
        if os.environ.get("KATSAUS_OIDC_ISSUER")
        else [],
    }
}

# The counts of the rate limits, which all processes share; users' migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Nothing but the application's own files, and no script or style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless the person asks to stay signed in
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
FORMAT_MODULE_PATH = "katsaus.web.locale"
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [Path(__file__).parent / "static", ("fonts", fonts.DIRECTORY)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # no page names another

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
