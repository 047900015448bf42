"""How the body of a request becomes a file: on the disk, and not beyond the limit."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

_OTHER_FIELDS = 100_000  # bytes of the form beside the file


class LimitedHandler(TemporaryFileUploadHandler):
    """Writes a file to the folder of uploads; one over the limit is read past and not written.

    The rest of the form arrives all the same, so the page can say what was wrong.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or leave it out of the request."""
        if self.request is not None and is_too_large(self.request):
            raise SkipFile
        super().new_file(*args, **kwargs)


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request says that it is longer than a file may be; none is read beyond that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > settings.UPLOAD_BYTES + _OTHER_FIELDS
