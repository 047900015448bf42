from django.db import migrations


class Migration(migrations.Migration):
    """Give the table of published reports, with its rows, to access.Publication."""

    dependencies = [
        ("access", "0003_publication"),
        ("reports", "0002_publication"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="Publication", table="access_publication"),
            ],
            state_operations=[
                migrations.DeleteModel(name="Publication"),
            ],
        ),
    ]
