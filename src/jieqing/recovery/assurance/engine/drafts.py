"""A site's own rule put together from two times, as the text that a review reads. The name carries its day, so that two never meet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time

from jieqing.trust.compliance.engine.overlays import Closed, overlay_document


def closing_hours(start: time, end: time, channels: Sequence[str], day: date | None) -> str:
    """Return an overlay that closes hours on some channels, or on all."""
    name = f"hours-{day:%Y%m%d}-{start:%H%M}-{end:%H%M}" if day else f"hours-{start:%H%M}-{end:%H%M}"
    if channels:
        name += "-" + "-".join(sorted(channel.replace("_", "-") for channel in channels))
    title = {
        "zh": f"本站不联系时段 {start:%H:%M}–{end:%H:%M}",
        "en": f"Closed hours {start:%H:%M}–{end:%H:%M}",
    }
    form = Closed(f"{start:%H:%M}", f"{end:%H:%M}", tuple(channels))
    # JSON is YAML: read as any other pack's text.
    return json.dumps(overlay_document(name, title, [form]), ensure_ascii=False)
