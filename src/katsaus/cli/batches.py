"""`katsaus batches` and `undo`."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from rich.table import Table

from katsaus.cli.console import complain, out, prepare_database
from katsaus.cli.municipalities import find_municipality
from katsaus.web.imports import use_cases
from katsaus.web.imports.followers import published_after, spans_of
from katsaus.web.imports.lines import hindrance, kind_word, status_word
from katsaus.web.imports.messages import count, money
from katsaus.web.imports.models import Batch


def show_batches(slug: str) -> None:
    """Print the history of a municipality's batches."""
    table = Table(box=None, pad_edge=False)
    for heading in (_("batch"), _("brought in"), _("kind"), _("source"), _("file"), _("status")):
        table.add_column(heading)
    table.add_column(_("rows"), justify="right")
    table.add_column(_("sum"), justify="right")
    for batch in Batch.objects.filter(municipality=find_municipality(slug)):
        table.add_row(
            str(batch.pk),
            date_format(localtime(batch.imported_at), "SHORT_DATETIME_FORMAT"),
            kind_word(batch.kind),
            batch.source,
            batch.file_name,
            status_word(batch),
            count(batch.rows),
            money(batch.cents),
        )
    out.print(table)


def take_back(number: int) -> None:
    """Undo a batch and say what counts again."""
    prepare_database()
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        complain(_("There is no batch %s. The command batches lists them.") % number)
    try:
        restored = use_cases.undo(batch=batch)
    except use_cases.CannotUndoError as error:
        complain(hindrance(error))
    out.print(_("Batch %s counts no more.") % number)
    for old in restored:
        out.print(
            _("Batch %(batch)s (%(file)s) counts again.") % {"batch": old.pk, "file": old.file_name}
        )
    if told := published_after(batch.municipality, spans_of([batch, *restored])):
        out.print(told)
