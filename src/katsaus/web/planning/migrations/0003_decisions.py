from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify


def give_codes(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give each decision the code that one without a code gets."""
    for decision in apps.get_model("planning", "Decision").objects.all():
        day = decision.decided_on.isoformat()
        code = slugify(f"{day} {decision.section} {decision.body}")[:80]
        others = type(decision).objects.filter(municipality=decision.municipality, code=code)
        decision.code = f"{code[:70]}-{decision.pk}" if others.exists() else code
        decision.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_figure_notes")]

    operations = [
        migrations.AlterModelOptions(name="decision", options={"ordering": ["position", "pk"]}),
        migrations.AddField(
            "decision", "code", models.CharField(max_length=80, default=""), preserve_default=False
        ),
        migrations.AddField("decision", "title", models.CharField(max_length=500, blank=True)),
        migrations.AddField("decision", "link", models.URLField(max_length=500, blank=True)),
        migrations.AddField("decision", "undone", models.TextField(blank=True)),
        migrations.AddField("decision", "is_example", models.BooleanField(default=False)),
        migrations.AddField("decision", "position", models.IntegerField(default=0)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
