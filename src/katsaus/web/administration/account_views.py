"""Pages of accounts: the municipality's own, one of them, and the official chart."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katsaus.definitions import load
from katsaus.web.access.doors import door
from katsaus.web.access.pages import page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.administration.account_files import accounts_csv as written
from katsaus.web.administration.account_forms import AccountForm, ChartForm
from katsaus.web.administration.account_lines import official_lines, own_lines
from katsaus.web.administration.effects import of_account, of_new_account
from katsaus.web.administration.figures_on_accounts import is_used
from katsaus.web.languages import language
from katsaus.web.organization.models import Account
from katsaus.web.organization.queries import official_accounts as officials
from katsaus.web.organization.use_cases import UnplacedAccountsError, keep_accounts

ON_PAGE = 100
_UNREADABLE = 422


@require_safe
@door(Right.ORGANIZATION)
def accounts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the municipality's own accounts, those that need a hand first."""
    q = request.GET.get("q", "").strip()[:100]
    lines = own_lines(Account.objects.filter(municipality=viewer.municipality), q)
    context = {
        "q": q,
        "query": urlencode({"q": q}),
        "found": Paginator(lines, ON_PAGE).get_page(request.GET.get("page")),
        "faulty": sum(bool(line.fault) for line in lines),
        "can_import": viewer.may(Right.IMPORT),
        "section": "administration",
    }
    return page(request, viewer, "administration/accounts.html", context)


@require_safe
@door(Right.ORGANIZATION)
def accounts_csv(_request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send the own accounts as a file that can be brought in again."""
    content = written(viewer.municipality.accounts.order_by("number"))
    name = f"{viewer.municipality.slug}-tilit.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def account_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add an own account."""
    form = AccountForm(request.POST or None, municipality=viewer.municipality)
    return _answer(request, viewer, form)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.ORGANIZATION)
def account(request: HttpRequest, viewer: Viewer, pk: int) -> HttpResponse:
    """Show an own account and change it."""
    saved = get_object_or_404(Account, pk=pk, municipality=viewer.municipality)
    form = AccountForm(request.POST or None, municipality=viewer.municipality, saved=saved)
    return _answer(request, viewer, form)


def _answer(request: HttpRequest, viewer: Viewer, form: AccountForm) -> HttpResponse:
    if form.is_valid() and form.is_told(_effects(viewer, form)) and _is_kept(viewer, form):
        number, name = form.account.number, form.account.names.text(language())
        messages.success(request, _("Saved: %s") % f"{number} {name}")
        return redirect("accounts", viewer.municipality.slug)
    [line] = own_lines([form.saved]) if form.saved else [None]
    context = {
        "form": form,
        "line": line,
        "can_remove": line is not None and not is_used(viewer.municipality, line.saved.number),
        "officials": sorted(officials().values(), key=lambda each: each.number),
        "section": "administration",
    }
    answer = page(request, viewer, "administration/account.html", context)
    answer.status_code = _UNREADABLE if form.errors else 200
    return answer


def _effects(viewer: Viewer, form: AccountForm) -> Iterable[str]:
    if form.saved is None:
        return of_new_account(form.account)
    return of_account(viewer.municipality, form.saved, form.account)


def _is_kept(viewer: Viewer, form: AccountForm) -> bool:
    try:
        keep_accounts(municipality=viewer.municipality, accounts=[form.account], person=viewer.user)
    except UnplacedAccountsError:
        form.refuse_unplaced()
        return False
    return True


@require_safe
@door(Right.ORGANIZATION)
def official_accounts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the official chart of a year."""
    newest = load.chart_years()[-1]
    form = ChartForm(request.GET if "year" in request.GET else {"year": newest})
    year, q = newest, ""
    if form.is_valid():
        year, q = form.cleaned_data["year"], form.cleaned_data["q"]
    context = {
        "form": form,
        "year": year,
        "lines": official_lines(year, q),
        "section": "administration",
    }
    return page(request, viewer, "administration/official_accounts.html", context)
