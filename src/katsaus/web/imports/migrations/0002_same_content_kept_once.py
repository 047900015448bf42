"""The same file may hold the figures of two rounds: what it holds is part of what is unique."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        ("organization", "0001_initial"),
        ("planning", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="batch",
            name="same_file_kept_once",
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "kept")),
                fields=("municipality", "kind", "file_hash", "content_hash"),
                name="same_file_kept_once",
            ),
        ),
    ]
