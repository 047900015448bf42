"""Forms that say what will happen before it is done."""

from collections.abc import Iterable
from hashlib import sha256

from django import forms


class ToldForm(forms.Form):
    """A form whose first press tells the `effects`; the second does what was told.

    What was told is sent along: where something else would happen by then, that is told first.
    """

    effects: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The mark of what is told."""
        return sha256("\n".join(self.effects).encode()).hexdigest()[:16]

    def is_told(self, effects: Iterable[str]) -> bool:
        """Return whether there is nothing to tell, or the person has been told it."""
        self.effects = tuple(effects)
        return not self.effects or self.data.get("told") == self.told
