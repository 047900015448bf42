from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_mark_of_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="strategy",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL("UPDATE audit_version SET strategy = mark", migrations.RunSQL.noop),
    ]
