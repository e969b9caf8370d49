"""The file of a batch as it came, to download."""

from django.http import FileResponse

from jieqing.claims.receivables.models import ImportBatch
from jieqing.plumbing.storage import stored_path

UPLOAD_MB_MAX = 500


def original_response(batch: ImportBatch) -> FileResponse:
    """The file byte for byte, always as a download: what it holds is never shown as a page of ours."""
    stream = stored_path(batch.site_id, batch.file_key).open("rb")
    response = FileResponse(
        stream, as_attachment=True, filename=batch.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
