"""Health, the operator's page and metrics: what each says, to whom, and when something is down."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.estate.sites.services import appoint_operator
from jieqing.kernel.actor import system_actor
from jieqing.web.operations import health, numbers
from jieqing.web.operations.health import State


@pytest.fixture
def found(transactional_db: None) -> numbers.Numbers:
    return numbers.ask()


def states(monkeypatch: pytest.MonkeyPatch, found: numbers.Numbers) -> dict[str, State]:
    monkeypatch.setattr(numbers, "ask", lambda: found)
    return {check.name: check.state for check in health.look()}


@pytest.mark.django_db
def test_a_machine_gets_names_and_states_only() -> None:
    told = Client().get("/health")
    assert told.status_code == 200
    assert told["Cache-Control"] == "no-store"
    content = told.json()
    assert (content["state"], content["live"], content["ready"]) == ("ok", True, True)
    assert set(content["checks"].values()) <= {"good", "warn", "bad"}
    assert {"database", "queue", "workers", "sequencer", "mail", "backup", "drill", "clock"} <= set(
        content["checks"]
    )


def test_without_its_database_it_lives_and_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> numbers.Numbers:
        raise psycopg.OperationalError("password=secret host=db.internal")

    monkeypatch.setattr(numbers, "ask", down)
    monkeypatch.setattr(health, "_pending", lambda: 0)
    told = Client().get("/health")
    assert told.status_code == 503
    assert told.json()["ready"] is False
    assert b"secret" not in told.content
    assert Client().get("/health/live").status_code == 200


def test_an_old_schema_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_pending", lambda: 2)
    checks = health.look()
    assert not health.is_ready(checks)
    assert "2" in str(checks[0].value)


def test_each_check_turns_with_its_number(monkeypatch: pytest.MonkeyPatch, found: numbers.Numbers) -> None:
    at = found.now
    good = replace(
        found,
        jobs_oldest_at=None,
        workers_alive=1,
        worker_beat_at=at,
        evidence_waiting=0,
        signed_at=at,
        backup_at=at,
        drill_at=at,
        is_last_check_good=True,
        is_last_drill_good=True,
    )
    told = states(monkeypatch, good)
    assert {told[name] for name in ("database", "queue", "workers", "sequencer", "backup", "drill")} == {
        State.GOOD
    }
    cases = {
        "queue": ({"jobs_oldest_at": at - timedelta(minutes=3)}, State.WARN),
        "workers": ({"workers_alive": 0}, State.BAD),
        "sequencer": ({"evidence_waiting": 3, "signed_at": at - timedelta(minutes=9)}, State.BAD),
        "backup": ({"backup_at": at - timedelta(days=4)}, State.BAD),
        "drill": ({"is_last_drill_good": False}, State.BAD),
        "clock": ({"now": at - timedelta(seconds=60)}, State.BAD),
    }
    for name, (changed, state) in cases.items():
        assert states(monkeypatch, replace(good, **changed))[name] is state, name
    assert states(monkeypatch, replace(good, backup_at=None))["backup"] is State.WARN


def test_the_operator_sees_what_to_do_and_nobody_else_the_page(cast: Cast) -> None:
    appoint_operator(actor=system_actor(None, "test"), user_id=cast.users["debtor"].id, reason="test")
    page = cast.clients["debtor"].get("/operations/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "jieqing backup DIR" in page.content.decode()
    assert "Last restore drill" in page.content.decode()
    assert "/operations/" in cast.clients["debtor"].get("/").content.decode()
    assert cast.clients["owner"].get("/operations/").status_code == 404


@pytest.mark.django_db
def test_metrics_are_for_the_monitoring_system(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.delenv("JIEQING_METRICS_TOKEN", raising=False)
    assert Client().get(f"/s/{cast.site.slug}/desk/").status_code == 302
    text = Client().get("/metrics").content.decode()
    assert (
        'jieqing_request_seconds_count{method="GET",route="/s/<slug:site_slug>/desk/",status="302"}' in text
    )
    assert "jieqing_up 1.0" in text
    assert "jieqing_evidence_waiting" in text
    assert cast.site.slug not in text
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404
    monkeypatch.setenv("JIEQING_METRICS_TOKEN", "a-long-token")
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"authorization": "Bearer other"}).status_code == 404
    remote = Client(REMOTE_ADDR="192.0.2.7")
    assert remote.get("/metrics", headers={"authorization": "Bearer a-long-token"}).status_code == 200
