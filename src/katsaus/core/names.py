"""A name in the three languages of a Finnish municipality's reports."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Names:
    """Finnish is always there; Swedish and English may be missing."""

    fi: str
    sv: str = ""
    en: str = ""

    def text(self, language: Language) -> str:
        """Return the name in `language`, or the Finnish one where that is missing."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language] or self.fi
