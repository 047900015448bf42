from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="figures",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL("UPDATE audit_version SET figures = mark", migrations.RunSQL.noop),
    ]
