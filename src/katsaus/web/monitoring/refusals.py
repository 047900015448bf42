"""What a page of the strategy says where an address asks for what there is not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from katsaus.web.access.pages import page
from katsaus.web.access.viewers import Viewer
from katsaus.web.finance.forms import BadAddressError
from katsaus.web.organization.queries import NoUnitsError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponse]


def refusing(view: View[P]) -> View[P]:
    """Answer a bad address with words that say what is wrong, and no units with how to begin."""

    @wraps(view)
    def answer(
        request: HttpRequest, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        context: dict[str, object] = {"section": "strategy"}
        try:
            return view(request, viewer, *args, **kwargs)
        except NoUnitsError:
            return page(request, viewer, "monitoring/empty.html", context)
        except BadAddressError as fault:
            context["fault"] = str(fault)
            response = page(request, viewer, "monitoring/refused.html", context)
            response.status_code = 400
            return response

    return answer
