"""The template filter of names in three languages."""

from django import template

from katsaus.core.names import Names
from katsaus.web.languages import language

register = template.Library()


@register.filter
def spoken(names: Names) -> str:
    """Return a name in the language that is active, or in Finnish where it has no such."""
    return names.text(language())
