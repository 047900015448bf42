"""The page with which the first person of an installation comes in."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from katsaus.definitions import load
from katsaus.web.access.beginnings import begin
from katsaus.web.access.doors import public
from katsaus.web.administration.setup_forms import CodeForm, SetupForm
from katsaus.web.languages import language
from katsaus.web.users import setup_code

CODE = "koodi"
_UNREADABLE = 422


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Let the one who has the code begin; when somebody has begun, there is nothing here."""
    if not setup_code.is_needed():
        return redirect("front")
    if request.method == "POST":
        return _begin(request)
    if CODE not in request.GET:
        return _ask_code(request, CodeForm())
    code = CodeForm(request.GET)
    if not code.is_valid():
        return _ask_code(request, code)
    return _ask_all(request, SetupForm(initial=code.cleaned_data))


def _begin(request: HttpRequest) -> HttpResponse:
    form = SetupForm(request.POST)
    if not form.is_valid():
        if CODE in form.errors:
            return _ask_code(request, CodeForm(request.POST))
        return _ask_all(request, form)
    said = form.cleaned_data
    try:
        with setup_code.claimed(said[CODE]):
            person, municipality = begin(
                username=said["username"],
                name=said["name"],
                password=said["password1"],
                slug_or_number=said["municipality"].number,
            )
    except setup_code.WrongCodeError:  # somebody else was first
        return redirect("front")
    login(request, person)
    return redirect("home", municipality.slug)


def _ask_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    status = _UNREADABLE if form.is_bound else 200
    return render(request, "administration/setup_code.html", {"form": form}, status=status)


def _ask_all(request: HttpRequest, form: SetupForm) -> HttpResponse:
    context = {"form": form, "municipalities": _choices()}
    status = _UNREADABLE if form.is_bound else 200
    return render(request, "administration/setup.html", context, status=status)


def _choices() -> list[tuple[str, str]]:
    """Return the municipalities in the person's language, each with its name in the other."""
    names = [(each.names.fi, each.names.sv) for each in load.municipalities()]
    if language() == "sv":
        names = [(sv or fi, fi if sv else "") for fi, sv in names]
    return sorted(names, key=lambda each: each[0].casefold())
