"""What is wrong in a saved mapping, as a sentence: where it is and what may stand there."""

from django.utils.translation import gettext_lazy as _

from katsaus.ledger.importers.mapping import MappingError, Wanted

_SENTENCES = {
    Wanted.YAML: _("The file is not YAML. Check its indents, quotes and brackets."),
    Wanted.UTF_8: _("A character cannot be read. Save the file as UTF-8."),
    Wanted.KEYS: _("Keys and values are needed here, such as decimal: ','."),
    Wanted.KNOWN: _("%(said)s cannot stand here. These can: %(possible)s."),
    Wanted.PLACE: _("Give a header, or the number of the column counted from 1."),
    Wanted.ENCODING: _("%(said)s is no encoding. Give for example utf-8 or windows-1252."),
    Wanted.CHARACTER: _("Give one character, in quotes."),
    Wanted.TEXT: _("Give a text, in quotes."),
    Wanted.NUMBER: _("Give a whole number, 0 or more."),
    Wanted.YEAR: _("Give a year, such as 2026."),
    Wanted.NUMBERS: _("Give a list of the numbers of rows, such as [4, 5]."),
}


def mapping_sentence(error: MappingError) -> str:
    """Return where a mapping is wrong and what to do, in the language that is active."""
    where = [error.file, error.key]
    if error.wanted is Wanted.YAML and error.said:
        where.append(str(_("row %(row)s")) % {"row": error.said})
    said = {"said": f"“{error.said}”", "possible": ", ".join(error.possible)}
    return ": ".join([*filter(None, where), str(_SENTENCES[error.wanted]) % said])
