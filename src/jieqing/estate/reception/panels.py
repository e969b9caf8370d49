"""What the reception shows on a desk: how many enquiries wait, and the alarm before a clock ends."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.estate.reception import selectors


def enquiries(request: HttpRequest) -> SafeString | None:
    """The panel, for whoever may read enquiries and while any are open; otherwise nothing."""
    if request.allow("enquiries.read"):  # type: ignore[attr-defined]
        return None
    waiting = selectors.waiting()
    if not waiting.open:
        return None
    return render_to_string("reception/panel.html", {"waiting": waiting}, request=request)
