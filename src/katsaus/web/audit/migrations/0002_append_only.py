from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    (
        "CREATE TRIGGER audit_event_not_changed BEFORE UPDATE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "DROP TRIGGER audit_event_not_changed",
    ),
    (
        "CREATE TRIGGER audit_event_not_removed BEFORE DELETE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
        "DROP TRIGGER audit_event_not_removed",
    ),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$",
        "DROP FUNCTION audit_event_refuse()",
    ),
    (
        "CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
        "DROP TRIGGER audit_event_append_only ON audit_event",
    ),
    (
        "CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
        "DROP TRIGGER audit_event_not_emptied ON audit_event",
    ),
)
BY_VENDOR = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def make_append_only(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for make, _remove in BY_VENDOR[schema_editor.connection.vendor]:
        schema_editor.execute(make)


def make_changeable(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for _make, remove in reversed(BY_VENDOR[schema_editor.connection.vendor]):
        schema_editor.execute(remove)


class Migration(migrations.Migration):
    """The database itself refuses to change or remove what is in the audit trail."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(make_append_only, make_changeable)]
