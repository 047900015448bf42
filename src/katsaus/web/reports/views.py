"""Pages of reports: the published ones for all, every period's for the municipality's people."""

from itertools import groupby

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from katsaus.core.names import LANGUAGES, Language
from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.web.access import publications, viewers
from katsaus.web.access.doors import door, public
from katsaus.web.access.pages import bar, first_page, page
from katsaus.web.access.rules import Right
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.queries import kept_periods
from katsaus.web.organization.queries import UnknownMunicipalityError, municipality
from katsaus.web.reports import writing
from katsaus.web.reports.compose import compose
from katsaus.web.users import setup_code


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead a person to their municipality, anyone to what is published, the first one to begin."""
    own = viewers.municipalities(request.user)
    if len(own) == 1 and (found := viewers.viewer(request.user, own[0].slug)):
        return redirect(first_page(found), own[0].slug)
    published = publications.latest()
    if len(published) == 1 and not own:
        return redirect("report", published[0].municipality.slug, published[0].period.code)
    if not published and setup_code.is_needed():
        return redirect("setup")
    template = "reports/list.html" if own or published else "reports/empty.html"
    return render(request, template, {"found": published, "own": own})


@door(Right.FIGURES)
@require_safe
def reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the reports that anyone may read with their files, and the previews of each year."""
    public_periods = publications.published_periods(viewer.municipality)
    found = kept_periods(viewer.municipality, viewer.shelf)
    published = [each for each in found if each in public_periods]
    previews = groupby((each for each in found if each not in published), lambda each: each.year)
    context = {
        "published": published,
        "previews": [(year, list(periods)) for year, periods in previews],
        "formats": [*writing.Format],
        "section": "reports",
    }
    return page(request, viewer, "reports/reports.html", context)


@public
@require_safe
def report(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """Show a period's report."""
    reader = _reader(request, slug)
    found = _report(request, reader, slug, period)
    if found is None:
        return redirect_to_login(request.get_full_path())
    headers = {"Content-Language": found.language}  # the report's, whatever the browser asks for
    top = bar(reader, "reports") if reader else {}
    return HttpResponse(writing.page(found, request, top), headers=headers)


@public
@require_safe
def download(request: HttpRequest, slug: str, period: str, file_format: str) -> HttpResponse:
    """Send a period's report as a file."""
    if file_format not in [*writing.Format]:
        raise Http404
    chosen = writing.Format(file_format)
    found = _report(request, _reader(request, slug), slug, period)
    if found is None:
        return redirect_to_login(request.get_full_path())
    content = writing.write(found, chosen)
    tongue = f"-{found.language}" if _language(request) else ""
    name = f"{found.municipality}-{found.period.code}{tongue}.{chosen}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": found.language,
    }
    return HttpResponse(content, content_type=writing.MEDIA_TYPES[chosen], headers=headers)


def _report(request: HttpRequest, reader: Viewer | None, slug: str, period: str) -> Report | None:
    """Return a report that the person may read; None where they must sign in first."""
    try:
        owner = reader.municipality if reader else municipality(slug)
        asked = Period.parse(period)
    except (UnknownMunicipalityError, ValueError):
        raise Http404 from None
    if reader is None and not publications.is_published(owner, asked):
        if not request.user.is_authenticated:
            return None
        raise Http404
    if reader is None:
        return compose(owner, asked, _language(request))
    if asked not in kept_periods(owner, reader.shelf):
        raise Http404
    return compose(owner, asked, _language(request), at=reader.shelf)


def _language(request: HttpRequest) -> Language | None:
    """Return the language that the address asks for; the municipality's own unless it does."""
    return next((each for each in LANGUAGES if each == request.GET.get("language")), None)


def _reader(request: HttpRequest, slug: str) -> Viewer | None:
    """Return the person where they read more of the municipality than what is published."""
    found = viewers.viewer(request.user, slug)
    return found if found is not None and found.may(Right.FIGURES) else None
