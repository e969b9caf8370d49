"""A file that somebody sent: on disk when it is large, in memory when it is small."""

from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile


def source_of(upload: UploadedFile) -> Path | bytes:
    """Where the bytes are: a path to read from, or the bytes themselves; a large file is never read whole."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    data: bytes = upload.read()
    return data


def read_within(upload: UploadedFile, bytes_max: int) -> bytes:
    """The bytes, at most one more than allowed: enough to say that it is too large without reading it whole."""
    data: bytes = upload.read(bytes_max + 1)
    return data
