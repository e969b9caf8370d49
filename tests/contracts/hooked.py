"""A site with an endpoint that a real receiver answers: fixtures and short words of the tests of webhooks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from jieqing.claims.receivables import services as ledger
from jieqing.estate.webhooks import services
from jieqing.estate.webhooks.models import Delivery, Endpoint
from jieqing.estate.webhooks.tests.receiver import Receiver, receiver
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.webhooks import client
from tests.cast import Cast

LEDGER = "客户名称,单据号,开票日期,到期日,金额,币种\n无锡市明达机械有限公司,FP-001,2026-01-10,2026-02-10,1000.00,CNY\n"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("JIEQING_WEBHOOKS_LOCAL", "1")
    monkeypatch.setattr(client, "SECONDS_MAX", 1.0)
    with receiver() as found:
        yield found


@pytest.fixture
def hooked(cast: Cast, told: Receiver) -> tuple[Endpoint, str]:
    return unwrap(
        services.add_endpoint(
            actor=cast.actor("owner"), url=told.url, events=["ledger.imported", "ledger.undone"]
        )
    )


def do_import(cast: Cast, text: str = LEDGER) -> Any:
    found = ledger.import_file(actor=cast.actor("owner"), name="应收.csv", source=text.encode())
    assert not is_problem(found), found
    return found


def waiting(cast: Cast) -> list[Delivery]:
    with site_scope(cast.site.id):
        return list(Delivery.objects.filter(state="waiting").order_by("id"))


def deliver(cast: Cast, delivery: Delivery) -> Any:
    return services.deliver(site_id=cast.site.id, delivery_id=delivery.id)


def fresh(cast: Cast, delivery: Delivery) -> Delivery:
    with site_scope(cast.site.id):
        return Delivery.objects.get(pk=delivery.pk)


def jobs() -> list[tuple[str, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'delivery_id', scheduled_at FROM procrastinate_jobs WHERE queue_name = 'webhooks' ORDER BY id"
        )
        return cursor.fetchall()
