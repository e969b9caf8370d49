"""The addresses of evidence below ``/s/<site>/``."""

from django.urls import path

from jieqing.trust.evidence.pages import entries, entry

urlpatterns = [
    path("evidence/", entries.entries, name="evidence"),
    path("evidence/log.policy", entry.policy, name="evidence-policy"),
    path("evidence/<uuid:entry_id>/", entry.entry, name="evidence-entry"),
    path("evidence/<uuid:entry_id>/bundle/", entry.bundle, name="evidence-bundle"),
]
