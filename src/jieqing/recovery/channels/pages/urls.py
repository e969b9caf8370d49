"""Addresses of channels, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.channels.pages.composer import email
from jieqing.recovery.channels.pages.message import message, resolve

urlpatterns = [
    path("cases/<uuid:case_id>/email/", email, name="case-email"),
    path("messages/<uuid:message_id>/", message, name="message"),
    path("messages/<uuid:message_id>/resolve/", resolve, name="message-resolve"),
]
