"""Looks at single postings: those of the roles that are watched stand in the audit log.

Figures and searches call these where they hand postings out, so no page can show them unwritten.
"""

from katsaus.web.access.viewers import Viewer
from katsaus.web.audit.use_cases import Json, Touch, record


def viewed(viewer: Viewer, figure: str, search: str) -> None:
    """Write down that a page of the postings of a figure was shown; `search` chose them."""
    _record(viewer, "postings.viewed", figure, _chosen(search))


def downloaded(viewer: Viewer, figure: str, search: str) -> None:
    """Write down that the postings of a figure were taken as a file; `search` chose them."""
    _record(viewer, "postings.downloaded", figure, _chosen(search))


def searched(viewer: Viewer, text: str, count: int) -> None:
    """Write down that a search over everything showed postings."""
    _record(viewer, "postings.searched", text, {"postings": count})


def _chosen(search: str) -> Json:
    return {"search": search} if search else None


def _record(viewer: Viewer, action: str, subject: str, after: Json) -> None:
    if viewer.is_watched:
        record(
            person=viewer.user,
            municipality=viewer.municipality.slug,
            action=action,
            subject=subject,
            after=after,
            touches=Touch.NOTHING,
        )
