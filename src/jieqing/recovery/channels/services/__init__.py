"""Verbs of channels: put an e-mail together, send it under a permit, take in what comes back, settle what is uncertain."""

from jieqing.recovery.channels.services.delivering import deliver, find_stuck
from jieqing.recovery.channels.services.drafting import Draft, draft_email
from jieqing.recovery.channels.services.receiving import receive
from jieqing.recovery.channels.services.resolving import resolve
from jieqing.recovery.channels.services.sending import send_email

__all__ = ["Draft", "deliver", "draft_email", "find_stuck", "receive", "resolve", "send_email"]
