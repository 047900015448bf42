from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organization", "0003_places")]
    operations = [migrations.RemoveField(model_name="unit", name="parent")]
