"""A file that somebody sent: on disk when it is large, in memory when it is small."""

from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile


def source_of(upload: UploadedFile) -> Path | bytes:
    """Where the bytes are: a path to read from, or the bytes themselves; a large file is never read whole."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    data: bytes = upload.read()
    return data
