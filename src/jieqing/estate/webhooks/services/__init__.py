"""Verbs of webhooks: endpoints, news to tell, deliveries to try."""

from jieqing.estate.webhooks.services.announcing import announce
from jieqing.estate.webhooks.services.endpoints import (
    add_endpoint,
    forget_old,
    pause_endpoint,
    ping,
    remove_endpoint,
    replay_delivery,
    replay_since,
    resume_endpoint,
    rotate_secret,
)
from jieqing.estate.webhooks.services.sending import deliver

__all__ = [
    "add_endpoint",
    "announce",
    "deliver",
    "forget_old",
    "pause_endpoint",
    "ping",
    "remove_endpoint",
    "replay_delivery",
    "replay_since",
    "resume_endpoint",
    "rotate_secret",
]
