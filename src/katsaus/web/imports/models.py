"""Batches that were kept, and the files that people have given and not yet settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from katsaus.ledger.importers import Kind
from katsaus.ledger.importers.values import years_of
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import PlanSet


class Status(models.TextChoices):
    """Whether a batch counts: it does while it is kept."""

    KEPT = "kept"
    SUPERSEDED = "superseded"
    UNDONE = "undone"


class Batch(models.Model):
    """One file brought in. Months are yyyymm, the sum is in cents, revenue + and expense -."""

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in Kind])
    source = models.CharField(max_length=100)
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField()
    cents = models.BigIntegerField(null=True)
    first_month = models.IntegerField(null=True)
    last_month = models.IntegerField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.KEPT)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    plan_set = models.OneToOneField(PlanSet, models.PROTECT, null=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "file_hash", "content_hash"],
                condition=Q(status=Status.KEPT),
                name="same_file_kept_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.file_name}"

    @property
    def years(self) -> range | None:
        """The years of the batch; None of units and accounts."""
        return years_of(self.first_month, self.last_month)

    @property
    def period(self) -> str:
        """The round of a forecast ("2023-06"); empty of others."""
        return self.plan_set.round if self.plan_set else ""


class State(models.TextChoices):
    """How far a file has come; `waiting` and `keeping` are work for the background."""

    WAITING = "waiting", _("waits to be read")
    READING = "reading", _("is being read")
    READ = "read", _("waits for you")
    KEEPING = "keeping", _("is being kept")
    KEPT = "kept", _("kept")
    FAILED = "failed", _("could not be read")
    DISCARDED = "discarded", _("discarded")


class Upload(models.Model):
    """A file that a person has given: how it is to be read, and what was found in it.

    `stored_as` is its name in the folder of uploads, until it is kept or discarded. `kind` empty is
    to be recognised from the headers. `mapping` holds the keys of a saved mapping, `reading` what
    readings.saved() writes. `tries` counts how often the work that a person asked for was begun.
    `batch` is what the file was kept as; of one that is not kept, the batch that was found to hold
    the same rows.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="kept_uploads"
    )
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=60)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=20, blank=True, choices=[(kind, kind) for kind in Kind])
    period = models.CharField(max_length=7, blank=True)
    source = models.CharField(max_length=100)
    mapping = models.JSONField(default=dict)
    replaces = models.BooleanField(default=False)
    adds = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reading = models.JSONField(null=True)
    tries = models.SmallIntegerField(default=0)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.id} {self.state} {self.file_name}"
