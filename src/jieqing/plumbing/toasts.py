"""A short word after a deed, with the way back: written by the server, read out by screen readers, gone on its own.

It rides on Django's messages, so it survives the redirect after a post and needs no script. The undo is an ordinary
form that posts to an address of ours; a toast without one only tells.
"""

import json

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_TAG = "toast"


def toast(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say ``text`` on the next page; ``undo`` is the address that takes the deed back."""
    if undo and not undo.startswith("/"):
        raise ValueError("an undo stays on this host")
    messages.add_message(request, messages.SUCCESS, json.dumps([text, undo]), extra_tags=_TAG)


def read_toast(message: Message) -> tuple[str, str] | None:
    """The text and the undo address of a message that is a toast; None for the others."""
    if _TAG not in (message.extra_tags or ""):
        return None
    text, undo = json.loads(str(message.message))
    return text, undo
