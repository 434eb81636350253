"""Files on their way in: whoever sends too much loses that file alone, never the words beside it."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class BoundedUploadHandler(FileUploadHandler):
    """Lets a file through up to `UPLOAD_MAX_SIZE` bytes; the rest of a larger one is read and thrown away.

    A page that `UPLOAD_MAX_SIZES` names takes more, but only from somebody who comes with a session.

    The names of the fields that were too large stand in `request.too_large`; all other fields are read as ever.
    """

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0
        known = settings.SESSION_COOKIE_NAME in self.request.COOKIES
        more = settings.UPLOAD_MAX_SIZES.get(self.request.path) if known else None
        self.most = more or settings.UPLOAD_MAX_SIZE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.most:
            self.request.too_large = {*getattr(self.request, "too_large", ()), self.field_name}
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
