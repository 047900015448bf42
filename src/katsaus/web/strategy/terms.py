"""The page of a strategy's next term: what goes on is chosen, looked at, and then kept."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from katsaus.core.terms import TermError
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.planning.exchange.continuing import (
    Continuation,
    Ends,
    Outline,
    Source,
    continued,
)
from katsaus.web.planning.exchange.records import Record
from katsaus.web.planning.use_cases.strategies import NotSeenError
from katsaus.web.planning.use_cases.terms import continue_strategy, source
from katsaus.web.strategy.terms_forms import TermForm, ends_of, ends_text, proposal
from katsaus.web.strategy.terms_lines import name_of, programme_ticks, sheet, ticks

_UNREADABLE = 422  # a form with faults: not the answer that was asked for
_SIGNER = Signer(salt="katsaus.strategy.terms")


@dataclass(frozen=True)
class Desk:
    """A strategy in front of somebody who continues it."""

    request: HttpRequest
    viewer: Viewer
    outline: Outline
    old: Record

    @property
    def shown(self) -> str:
        """A hash of the parts that are shown to be ticked."""
        codes = " ".join(f"{each.part}:{each.code}" for each in self.outline.things())
        return hashlib.sha256(codes.encode()).hexdigest()

    def choose(self, form: TermForm, ends: Ends) -> HttpResponse:
        """Ask what goes on, and under which name and years."""
        there = self.outline.source
        context = {
            "section": "strategy",
            "form": form,
            "old": name_of(self.old),
            "strategies": [
                {"code": each["code"], "name": name_of(each), "is_here": each is self.old}
                for each in there.tables["strategies"]
            ],
            "themes": ticks(self.outline, ends),
            "programmes": programme_ticks(self.outline, ends),
            "shown": self.shown,
        }
        status = _UNREADABLE if form.errors else 200
        return page(self.request, self.viewer, "strategy/terms.html", context, status=status)

    def show(self, form: TermForm, ends: Ends, found: Continuation) -> HttpResponse:
        """Show what would be done, before it is kept."""
        context = {
            "section": "strategy",
            "form": form,
            "old": name_of(self.old),
            "term": form.term(),
            "sheet": sheet(self.outline, found),
            "ends": ends_text(ends),
            "shown": self.shown,
            "seen": _SIGNER.sign(found.digest),
        }
        return page(self.request, self.viewer, "strategy/terms_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.STRATEGY)
def next_term(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask what goes on in the next term of a strategy, show what that does, and keep it."""
    there = source(viewer.municipality)
    old = _old(there, request.GET.get("strategy", ""))
    if old is None:
        return page(request, viewer, "monitoring/empty.html", {"section": "strategy"})
    desk = Desk(request, viewer, Outline(there, old["code"]), old)
    if request.method != "POST":
        return desk.choose(TermForm(initial=proposal(old)), frozenset())
    ends = _ends(desk)
    form = TermForm(request.POST)
    if request.POST.get("action") == "change":
        return desk.choose(TermForm(initial=request.POST.dict()), ends)
    if request.POST.get("shown") != desk.shown:
        said = _("The strategy was changed since the page was opened. Check what goes on.")
        form.add_error(None, said)
    if not form.is_valid():
        return desk.choose(form, ends)
    return _answer(desk, form, ends)


def _old(there: Source, code: str) -> Record | None:
    """Return the strategy that is continued: the one asked for, or the newest not continued."""
    known = there.tables["strategies"]
    if code:
        for each in known:
            if each["code"] == code:
                return each
        raise Http404
    continued_ones = {each["continues"] for each in known}
    last = [each for each in known if each["code"] not in continued_ones]
    return max(last, key=lambda each: each["valid_from"], default=None)


def _ends(desk: Desk) -> Ends:
    """Return what ends: what was said when it was looked at, or what is not ticked."""
    posted = desk.request.POST
    if "ends" in posted:
        return ends_of(posted["ends"])
    goes_on = set(posted.getlist("goes_on"))
    things = ((each.part, each.code) for each in desk.outline.things())
    return frozenset((part, code) for part, code in things if f"{part}:{code}" not in goes_on)


def _answer(desk: Desk, form: TermForm, ends: Ends) -> HttpResponse:
    """Show what would be done, or keep what was seen."""
    try:
        if desk.request.POST.get("action") == "keep":
            return _keep(desk, form, ends)
        found = continued(desk.outline.source, desk.old["code"], form.term(), ends)
    except TermError as error:
        form.refuse(error)
        return desk.choose(form, ends)
    except (NotSeenError, BadSignature):
        form.add_error(None, _("Something was changed meanwhile. Look at it again before keeping."))
        return desk.choose(form, ends)
    return desk.show(form, ends, found)


def _keep(desk: Desk, form: TermForm, ends: Ends) -> HttpResponse:
    seen = _SIGNER.unsign(desk.request.POST.get("seen", ""))
    found, outcome = continue_strategy(
        municipality=desk.viewer.municipality,
        code=desk.old["code"],
        term=form.term(),
        ends=ends,
        person=desk.viewer.user,
        seen=seen,
    )
    if outcome.faults:
        form.tell(outcome.faults)
        return desk.choose(form, ends)
    messages.success(desk.request, _("%s was made.") % form.term().names.fi)
    if count := len(found.to_decide):
        said = ngettext(
            "One thing is left to be decided; the audit log tells it.",
            "%d things are left to be decided; the audit log tells them.",
            count,
        )
        messages.info(desk.request, said.replace("%d", str(count)))
    there = reverse("strategy", args=(desk.viewer.municipality.slug,))
    return redirect(f"{there}?{urlencode({'strategy': form.term().code})}")
