"""What is said where the data folder or the database that the environment names cannot be used."""

import errno
import os
import sqlite3
from collections.abc import Callable
from gettext import translation
from pathlib import Path

from dj_database_url import ParseError, UnknownSchemeError
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.utils import DatabaseError, OperationalError

from katsaus.core.names import Language

LOCALE = Path(__file__).parents[1] / "web" / "locale"
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
Words = Callable[[str], str]


def sentence(error: Exception, language: Language) -> str:
    """Return what cannot be used and what to do, in one line; empty for an error of another kind.

    Django's own translations are not at hand where the settings could not be read.
    """
    _ = translation("django", LOCALE, [language], fallback=True).gettext
    said = _of_folder(error, _) if isinstance(error, OSError) else _of_database(error, _)
    return _("Error: %s") % said if said else ""


def _of_folder(error: OSError, _: Words) -> str:
    data = Path(os.environ.get("KATSAUS_DATA", "var")).absolute()
    path = Path(str(error.filename)).absolute()
    if error.filename is None or not (path.is_relative_to(data) or data.is_relative_to(path)):
        return ""
    match error:
        case FileExistsError() | NotADirectoryError():
            words = _(
                "The data folder cannot be made: %(path)s, or a part of its path, is a file. Name "
                "a folder in the variable KATSAUS_DATA."
            )
        case OSError(errno=errno.EACCES | errno.EPERM | errno.EROFS):
            words = _(
                "You have no right to read and write %(path)s. Get the right, or name another data "
                "folder in the variable KATSAUS_DATA."
            )
        case _other:
            words = _(
                "%(path)s of the data folder cannot be used (%(reason)s). Mend it, or name another "
                "folder in the variable KATSAUS_DATA."
            )
    return words % {"path": path, "reason": error.strerror}


def _of_database(error: Exception, _: Words) -> str:
    match error:
        case ParseError() | UnknownSchemeError():
            return _of_address(_)
        case ImproperlyConfigured() if _is_unknown():
            return _of_address(_)
        case DatabaseError() if settings.DATABASES["default"]["ENGINE"] == SQLITE:
            return _of_file(error, _)
        case OperationalError() | MigrationSchemaMissing():
            return _of_server(error, _)
    return ""


def _is_unknown() -> bool:
    database = settings.DATABASES["default"]
    return database["ENGINE"] not in (SQLITE, POSTGRESQL) or not database["NAME"]


def _of_address(_: Words) -> str:
    return _(
        "KATSAUS_DATABASE_URL does not name a database of Katsaus. Write it like "
        "postgresql://user:password@server/database, special characters percent-encoded."
    )


def _of_file(error: DatabaseError, _: Words) -> str:
    match _sqlite_code(error):
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            words = _(
                "The database file %(file)s is damaged or no database. Stop the server and bring "
                "the data folder back from a backup."
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY:
            words = _(
                "The database file %(file)s cannot be opened for writing. Check that its folder is "
                "there and that you have the right to write in it."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            words = _(
                "The database file %(file)s is in use by another command. Wait a while and try "
                "again."
            )
        case sqlite3.SQLITE_FULL:
            words = _("There is no room on the disk of the database file %(file)s. Make room.")
        case _other:
            return ""
    return words % {"file": settings.DATABASES["default"]["NAME"]}


def _sqlite_code(error: BaseException | None) -> int:
    """Return SQLite's own code of what went wrong, without its finer distinctions."""
    while error is not None and not isinstance(error, sqlite3.Error):
        error = error.__cause__ or error.__context__
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _of_server(error: DatabaseError, _: Words) -> str:
    database = settings.DATABASES["default"]
    return _(
        "The database %(name)s on the server %(host)s cannot be used (%(reason)s). Check that the "
        "server runs, and the variable KATSAUS_DATABASE_URL."
    ) % {
        "name": database["NAME"],
        "host": database["HOST"] or "localhost",
        "reason": str(error).splitlines()[0],
    }
