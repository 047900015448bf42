"""Batches: which file was brought in when, what it held, and whether it still counts."""

from django.db import models
from django.db.models import Q

from katsaus.ledger.importers import Kind
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
