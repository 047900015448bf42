"""States as they are shown: a word and a symbol, and the name of a colour beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from katsaus.core.states import State
from katsaus.web.planning.strategy_words import state_text

_SYMBOLS = {
    State.NOT_STARTED: "○",
    State.UNDER_WAY: "◐",
    State.DONE: "✓",
    State.BEHIND: "▼",
    State.NOT_DONE: "✕",
    State.ABANDONED: "–",
    State.WAITS_FOR_DECISION: "?",
    State.CONTINUOUS: "↻",
}
UNTOLD, UNANSWERED = "untold", "unanswered"


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in a word, with its symbol; `tone` is the class that colours it."""

    tone: str
    symbol: str
    word: str

    @classmethod
    def of(cls, state: State | None) -> "Mark":
        """Return the mark of a state, or of none told."""
        if state is None:
            return cls(UNTOLD, "·", _("No state reported"))
        return cls(state.value, _SYMBOLS[state], state_text(state))


def unanswered() -> Mark:
    """Return the mark of what was asked and not answered."""
    return Mark(UNANSWERED, "!", _("Not answered"))
