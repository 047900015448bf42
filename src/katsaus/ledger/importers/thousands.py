"""The texts that say that the amounts beside or below them are in thousands of euros."""

import re
import unicodedata

_EURO = r"(?:€|eur(?:o(?:a|s|ja|ina)?)?|e)"
_WORD = r"(?:tuhat(?:ta)?|tuhansia|tuhansina|tusen(?:tals?)?|thousands?(?: of)?)"
# "t€", "k€", "teur", "1000 €", "1 000 euroa", "tuhatta euroa", "€ 1 000"; "te" only by itself, in
# brackets or after a comma, for it could be a word of another kind.
_THOUSANDS = re.compile(
    rf"(?<![^\W_])(?:x ?)?(?:1[ .']?000 ?{_EURO}|[tk] ?(?:€|eur)|{_WORD} {_EURO}"
    rf"|(?:€|eur) ?(?:1[ .']?000|thousand)|(?<=[(\[,])te(?=[)\]]|$)|(?<=, )te$)(?![^\W_])"
)


def says_thousands(text: str) -> bool:
    """Tell whether a header or a title says for certain that amounts are thousands of euros."""
    return bool(_THOUSANDS.search(_folded(text)))


def without_thousands(text: str) -> str:
    """Return a header in lower case, its thousands of euros as bare euros: "ta 2026 (€)"."""
    return _THOUSANDS.sub("€", _folded(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
