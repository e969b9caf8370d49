from django.urls import path

from jieqing.estate.webhooks.pages import webhooks

_BASE = "s/<slug:site_slug>/developer/webhooks/"

urlpatterns = [
    path(_BASE, webhooks.webhooks, name="webhooks"),
    path(f"{_BASE}new/", webhooks.add, name="webhook-new"),
    path(f"{_BASE}<uuid:endpoint_id>/", webhooks.webhook, name="webhook"),
    path(f"{_BASE}<uuid:endpoint_id>/rotate/", webhooks.rotate, name="webhook-rotate"),
    path(f"{_BASE}<uuid:endpoint_id>/pause/", webhooks.pause, name="webhook-pause"),
    path(f"{_BASE}<uuid:endpoint_id>/resume/", webhooks.resume, name="webhook-resume"),
    path(f"{_BASE}<uuid:endpoint_id>/ping/", webhooks.ping, name="webhook-ping"),
    path(f"{_BASE}<uuid:endpoint_id>/replay/", webhooks.replay, name="webhook-replay"),
    path(f"{_BASE}<uuid:endpoint_id>/remove/", webhooks.remove, name="webhook-remove"),
    path(f"{_BASE}deliveries/<uuid:delivery_id>/replay/", webhooks.replay_one, name="delivery-replay"),
]
