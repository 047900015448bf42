"""Two workers and two people at once; run by test_at_once in a data folder of its own."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: E402 - needs the settings
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from katsaus.core.names import Names  # noqa: E402
from katsaus.core.organization import Level, OrgUnit  # noqa: E402
from katsaus.ledger.importers import Kind  # noqa: E402
from katsaus.web.imports import queries, uploads  # noqa: E402
from katsaus.web.imports.models import State, Upload  # noqa: E402
from katsaus.web.imports.tasks import work  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.organization.use_cases import (  # noqa: E402
    UnitRow,
    ensure_municipality,
    keep_organization,
)
from katsaus.web.users.models import User  # noqa: E402

HEADER = "Yksikkö;Tili;Tositepäivä;Summa\n"
FILES = [f"1;4000;{day}.1.2023;-{day},00\n" * 500 for day in (1, 2, 3, 3)]


def set_up() -> None:
    call_command("migrate", verbosity=0)
    owner = ensure_municipality(slug_or_number="kemi")
    unit = OrgUnit("1", Names("Koko kaupunki"), Level.MUNICIPALITY)
    keep_organization(municipality=owner, rows=[UnitRow(unit)])
    for number in range(len(FILES)):
        User.objects.create_user(f"p{number}")


def give(number: int) -> int:
    """Give a file, read it, keep it: each of four people in a thread of their own."""
    try:
        file = TemporaryUploadedFile(f"p{number}.csv", "text/csv", 0, None)
        file.write((HEADER + FILES[number]).encode())
        file.flush()
        person = User.objects.get(username=f"p{number}")
        upload = uploads.receive(
            person=person,
            municipality=Municipality.objects.get(),
            file=file,
            kind="postings",
            period="",
            source="koe",
        )
        work.func(upload.pk)
        uploads.ask_to_keep(upload=upload, person=person, replaces=False, adds=True)
        with ThreadPoolExecutor(2) as workers:  # two workers take the same work
            list(workers.map(_work, [upload.pk] * 2))
        return upload.pk
    finally:
        connection.close()


def _work(upload: int) -> None:
    try:
        work.func(upload)
    finally:
        connection.close()


def main() -> None:
    set_up()
    with ThreadPoolExecutor(len(FILES)) as people:
        list(people.map(give, range(len(FILES))))
    kept = Upload.objects.filter(state=State.KEPT)
    [told] = Upload.objects.filter(state=State.READ)
    assert (len(kept), told.file_name in ("p2.csv", "p3.csv")) == (3, True)
    assert told.batch in [each.batch for each in kept], "the same rows are kept as another file"
    found = queries.kept(Municipality.objects.get(), Kind.POSTINGS)
    assert sorted(batch.cents or 0 for batch in found) == [-150_000, -100_000, -50_000]
    left = (Path(os.environ["KATSAUS_DATA"]) / "uploads").iterdir()
    assert [file.name for file in left] == [told.stored_as]


if __name__ == "__main__":
    main()
