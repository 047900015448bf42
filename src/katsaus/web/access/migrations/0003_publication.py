import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Take over the model of published reports; reports.0003 brings its table with the rows."""

    dependencies = [
        ("access", "0002_initial"),
        ("organization", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("period", models.CharField(max_length=7)),
                        ("published_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="organization.municipality",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("municipality", "period"), name="report_published_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
