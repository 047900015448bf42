"""Pages of reports: the newest one, any period's, and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from katsaus.core.periods import Period
from katsaus.core.reports import Report
from katsaus.web.organization.queries import UnknownMunicipalityError, municipality
from katsaus.web.reports import queries, writing
from katsaus.web.reports.compose import compose


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the newest report, a choice of municipalities, or how to begin."""
    found = queries.latest()
    if len(found) == 1:
        return redirect("report", found[0].municipality.slug, found[0].period.code)
    template = "reports/list.html" if found else "reports/empty.html"
    return render(request, template, {"found": found})


@require_safe
def report(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """Show a period's report."""
    found = _report(slug, period)
    headers = {"Content-Language": found.language}  # the report's, whatever the browser asks for
    return HttpResponse(writing.page(found, request), headers=headers)


@require_safe
def download(request: HttpRequest, slug: str, period: str, file_format: str) -> HttpResponse:
    """Send a period's report as a file."""
    if file_format not in [*writing.Format]:
        raise Http404
    chosen = writing.Format(file_format)
    found = _report(slug, period)
    content = writing.write(found, chosen)
    name = f"{found.municipality}-{found.period.code}.{chosen}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": found.language,
    }
    return HttpResponse(content, content_type=writing.MEDIA_TYPES[chosen], headers=headers)


def _report(slug: str, period: str) -> Report:
    try:
        return compose(municipality(slug), Period.parse(period))
    except (UnknownMunicipalityError, ValueError):
        raise Http404 from None
