"""What is wrong in a report's layout, as a sentence: where it is and what may stand there."""

from django.utils.translation import gettext_lazy as _

from katsaus.definitions.places import Fault, Wrong

_SENTENCES = {
    Wrong.YAML: _("The file is not YAML. Check its indents, quotes and brackets."),
    Wrong.TWICE: _("The key %(key)s is there twice. Keep only one of them."),
    Wrong.UNKNOWN_KEY: _("The key %(key)s is not known. These are: %(known)s."),
    Wrong.MISSING: _("The key %(key)s is missing. Add it."),
    Wrong.NO_TEXT: _("%(key)s: give a text, in quotes."),
    Wrong.NOT_KNOWN: _("%(key)s: “%(said)s” cannot stand here. These can: %(known)s."),
    Wrong.NO_FLAG: _("%(key)s: give true or false."),
    Wrong.NO_NUMBER: _("%(key)s: give a whole number, 0 or more."),
    Wrong.NO_LIST: _("%(key)s: give a list, with a dash before each part."),
    Wrong.NO_MAPPING: _("Keys and values are needed here."),
    Wrong.OTHER: _("The layout cannot be followed: %(said)s."),
}


def layout_sentence(fault: Fault) -> str:
    """Return where a layout is wrong and what to do, in the language that is active."""
    where = [fault.where]
    if fault.line is not None:
        where.append(str(_("row %(row)s")) % {"row": fault.line})
    said = {"key": fault.key, "said": fault.said, "known": ", ".join(fault.known)}
    return ": ".join([*where, str(_SENTENCES[fault.wrong]) % said])
