"""A report published before its row moved; run by test_publications in a data folder of its own."""

import os
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from katsaus.core.periods import Period  # noqa: E402
from katsaus.web.access.models import Publication  # noqa: E402
from katsaus.web.access.publications import is_published, published_periods  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.organization.use_cases import ensure_municipality  # noqa: E402
from katsaus.web.reports.use_cases import publish, withdraw  # noqa: E402

BEFORE = [("reports", "0002_publication"), ("access", "0002_initial")]
JUNE, AUGUST = Period(2023, 6), Period(2023, 8)
PUBLISHED_AT = datetime(2023, 8, 15, 9, 30, tzinfo=UTC)


def publish_before(owner: Municipality) -> None:
    """Shape the database as it was, and publish a report in it."""
    executor = MigrationExecutor(connection)
    older = executor.migrate(BEFORE).apps.get_model("reports", "Publication")
    found = older.objects.create(municipality_id=owner.pk, period=JUNE.code)
    older.objects.filter(pk=found.pk).update(published_at=PUBLISHED_AT)


def main() -> None:
    owner = ensure_municipality(slug_or_number="kemi")
    publish_before(owner)
    call_command("migrate", verbosity=0)
    assert "reports_publication" not in connection.introspection.table_names()
    [kept] = Publication.objects.all()
    assert (kept.municipality, kept.period) == (owner, JUNE.code)
    assert kept.published_at == PUBLISHED_AT
    assert is_published(owner, JUNE)
    assert not publish(municipality=owner, period=JUNE), "published twice"
    assert publish(municipality=owner, period=AUGUST)
    assert published_periods(owner) == (JUNE, AUGUST)
    assert withdraw(municipality=owner, period=JUNE)


if __name__ == "__main__":
    main()
