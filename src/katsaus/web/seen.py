"""Forms that two may have open at the same time, and that lose nobody's changes."""

import json

from django import forms
from django.utils.translation import gettext as _

from katsaus.core.formats import DASH


class SeenForm(forms.Form):
    """A form of something that is there, which two may have open at the same time.

    It sends the values that it began from: a field that the person left as it was keeps what
    somebody else has given it meanwhile; one that both changed is refused.
    """

    @property
    def seen(self) -> str:
        """The values that the form begins from, as JSON."""
        return json.dumps({name: str(self._now(name) or "") for name in self.fields})

    def clean(self) -> None:
        """Keep what others have changed, and refuse to write over it unseen."""
        super().clean()
        for name, seen in self._began_from().items():
            now = self._now(name)
            if name not in self.cleaned_data or str(now or "") == seen:
                continue
            if str(self.cleaned_data[name] or "") == seen:
                self.cleaned_data[name] = now
            elif self.cleaned_data[name] != now:
                self.add_error(name, self._refusal(name, now))

    def _now(self, name: str) -> object:
        return self.get_initial_for_field(self.fields[name], name)

    def _began_from(self) -> dict[str, str]:
        try:
            found = json.loads(self.data.get("seen", "{}"))
        except ValueError:
            return {}
        known = found if isinstance(found, dict) else {}
        return {name: str(value) for name, value in known.items() if name in self.fields}

    def _refusal(self, name: str, now: object) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        shown = str(choices.get(now, now) or "").strip() or DASH
        message = _(
            "Somebody has changed this meanwhile. It is now: “%s”. Save again to replace it."
        )
        return message % shown
