"""Each unit's parent becomes its place in the municipality's first hierarchy."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def place(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Hierarchy: Any = apps.get_model("organization", "Hierarchy")
    Placement: Any = apps.get_model("organization", "Placement")
    Unit: Any = apps.get_model("organization", "Unit")
    for owner in Unit.objects.order_by().values_list("municipality_id", flat=True).distinct():
        hierarchy = Hierarchy.objects.create(municipality_id=owner, name="virallinen")
        units = Unit.objects.filter(municipality_id=owner).values_list("id", "parent_id")
        Placement.objects.bulk_create(
            Placement(hierarchy=hierarchy, unit_id=unit, parent_id=parent) for unit, parent in units
        )


class Migration(migrations.Migration):
    dependencies = [("organization", "0002_hierarchies")]
    operations = [migrations.RunPython(place, elidable=True)]
