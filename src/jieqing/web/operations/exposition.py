"""``/metrics``: what all processes counted, and what the database knows now, as Prometheus text.

For the monitoring system alone: with the bearer token of ``JIEQING_METRICS_TOKEN`` from anywhere, without one from loopback only,
and then not through a proxy, whose requests also come from loopback. Whoever is refused gets the 404 of an address that is
not there.
"""

import hmac
import os
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

import psycopg
from django.http import HttpRequest, HttpResponse
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from jieqing.plumbing import metrics
from jieqing.plumbing.versions import release
from jieqing.web.operations import numbers

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def may_read(request: HttpRequest) -> bool:
    token = os.environ.get("JIEQING_METRICS_TOKEN", "")
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    try:
        is_loopback = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return is_loopback and not any(name in request.META for name in _FORWARDED)


def metrics_page(request: HttpRequest) -> HttpResponse:
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    if request.method not in ("GET", "HEAD") or not may_read(request):
        return HttpResponse(status=404)
    text = generate_latest(metrics.registry()) + generate_latest(_OfTheDatabase())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


class _OfTheDatabase(Collector):
    """Gauges asked when somebody looks; ``jieqing_up`` is 0 when the database does not answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        info = GaugeMetricFamily("jieqing_build", "The release", labels=["version"])
        info.add_metric([release()], 1)
        yield info
        try:
            found = numbers.ask()
        except psycopg.Error:
            yield GaugeMetricFamily("jieqing_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("jieqing_up", "Whether the database answers", 1)
        plain: dict[str, tuple[str, float]] = {
            "jieqing_queue_jobs": ("Jobs that are due", found.jobs_due),
            "jieqing_queue_failed_jobs": ("Jobs that failed for good within a day", found.jobs_failed),
            "jieqing_workers": ("Workers that beat within a minute", found.workers_alive),
            "jieqing_evidence_waiting": ("Entries that wait for a place in the log", found.evidence_waiting),
            "jieqing_evidence_entries": ("Entries under the last signed head", found.signed_entries or 0),
            "jieqing_notices_waiting": ("Notices that have not left", found.notices_waiting),
        }
        for name, (words, value) in plain.items():
            yield GaugeMetricFamily(name, words, value)
        ages: dict[str, tuple[str, datetime | None]] = {
            "jieqing_queue_oldest_seconds": ("How long the oldest due job waits", found.jobs_oldest_at),
            "jieqing_evidence_signed_age_seconds": ("Since the last signed head", found.signed_at),
            "jieqing_notices_oldest_seconds": ("How long a due notice waits", found.notices_oldest_due_at),
            "jieqing_backup_age_seconds": ("Since the last good backup", found.backup_at),
            "jieqing_drill_age_seconds": ("Since the last good rehearsal of a restore", found.drill_at),
        }
        for name, (words, at) in ages.items():
            if at is not None:
                yield GaugeMetricFamily(name, words, max(0.0, (found.now - at).total_seconds()))
