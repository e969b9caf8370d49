"""Files in and out of the wizard: an upload on disk, and the original as it came."""

from pathlib import Path
from typing import Any

from django.http import FileResponse

from jieqing.claims.receivables.models import ImportBatch
from jieqing.plumbing.storage import stored_path

UPLOAD_MB_MAX = 500


def path_of(upload: Any) -> Path | None:
    """Where an upload lies on disk; a small one is in memory and has no path."""
    place = getattr(upload, "temporary_file_path", None)
    return Path(place()) if place else None


def original_response(batch: ImportBatch) -> FileResponse:
    """The file byte for byte, always as a download: what it holds is never shown as a page of ours."""
    stream = stored_path(batch.site_id, batch.file_key).open("rb")
    response = FileResponse(
        stream, as_attachment=True, filename=batch.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
