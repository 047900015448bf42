"""Limits of euros to the cent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0010_limits")]

    operations = [
        migrations.AlterField(
            model_name="limit",
            name="euros",
            field=models.DecimalField(decimal_places=2, max_digits=12),
        )
    ]
