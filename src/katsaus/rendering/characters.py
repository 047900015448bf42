"""Which characters a text of a report may hold once it is drawn."""

import unicodedata

# Control, surrogate, private and unassigned characters: no text, and no XML (1.0, section 2.2).
_UNWANTED = ("Cc", "Cs", "Co", "Cn")


def plain(text: str) -> str:
    """Compose letters with their accents, and drop what is no character of a text.

    Line feeds stay; a tab becomes a space.
    """
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(
        letter
        for letter in composed
        if letter == "\n" or unicodedata.category(letter) not in _UNWANTED
    )
