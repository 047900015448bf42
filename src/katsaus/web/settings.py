"""Settings of the Django project; an installation changes them by environment variables.

KATSAUS_DATA is the folder of the database and the ledger (default: var), KATSAUS_DATABASE_URL
another database, KATSAUS_HOSTS the host names served, separated by commas.
"""

import os
import secrets
from pathlib import Path

import dj_database_url

from katsaus.rendering import fonts

DATA = Path(os.environ.get("KATSAUS_DATA", "var")).absolute()
LEDGER = DATA / "ledger"
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)  # figures and texts may be private


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

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "katsaus.web",
    "katsaus.web.organization",
    "katsaus.web.planning",
    "katsaus.web.imports",
    "katsaus.web.finance",
    "katsaus.web.reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "katsaus.web.urls"
WSGI_APPLICATION = "katsaus.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": dj_database_url.config(
        env="KATSAUS_DATABASE_URL", default=f"sqlite:///{DATA / 'katsaus.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Two people importing at once wait for each other instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=normal;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [Path(__file__).parent / "static", ("fonts", fonts.DIRECTORY)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
