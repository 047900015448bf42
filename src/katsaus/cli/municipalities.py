"""The municipality that a command's option names."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from katsaus.cli.console import complain, prepare_database
from katsaus.cli.wording import meant
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.queries import (
    UnknownMunicipalityError,
    municipality,
    official_municipality,
    official_slugs,
)


def find_municipality(slug: str) -> Municipality:
    """Return the municipality of an option, or end with a message."""
    prepare_database()
    try:
        return municipality(slug)
    except UnknownMunicipalityError:
        refuse_unknown(slug)
        complain(
            _(
                "Nothing has been brought in for %(name)s. Begin with: katsaus import "
                "organization FILE --municipality %(name)s"
            )
            % {"name": slug}
        )


def refuse_unknown(slug: str) -> None:
    """End with a message where Finland has no such municipality; it names those that are here."""
    try:
        official_municipality(slug)
    except UnknownMunicipalityError:
        unknown = _("There is no municipality “%(text)s” in the official list.") % {"text": slug}
        near = get_close_matches(slug.lower(), official_slugs(), n=1)
        here = ", ".join(Municipality.objects.order_by("slug").values_list("slug", flat=True))
        known = _("Brought in here: %s.") % here if here else _("Give its short name or number.")
        complain(" ".join([unknown, *meant(near), known]))
