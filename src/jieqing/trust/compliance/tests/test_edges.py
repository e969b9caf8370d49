"""Each rule at its edges, every reason expected by name."""

import pytest

from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.contacts import contact, without
from jieqing.trust.compliance.tests.edges import EDGES, Edge


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.title)
def test_edge(edge: Edge) -> None:
    found = judge(shipped(), edge.facts)
    assert sorted(reason.rule.id for reason in found.reasons) == sorted(edge.rules)
    assert found.verdict == edge.verdict
    assert (found.not_before.isoformat() if found.not_before else None) == edge.not_before


def test_a_missing_fact_is_named() -> None:
    found = judge(shipped(), without("counts.effective_calls_today"))
    (reason,) = found.reasons
    assert reason.missing == ("counts.effective_calls_today",)
    assert "counts.effective_calls_today" in reason.text("zh") and reason.text("en").startswith("Missing")


def test_a_fact_that_cannot_change_the_answer_is_not_needed() -> None:
    assert judge(shipped(), without("counts.effective_calls_today", channel="sms")).verdict == "allow"


@pytest.mark.parametrize(
    ("fact", "value"),
    [("at", "2026-11-22T10:00:00"), ("at", "soon"), ("timezone", "Mars/Base"), ("timezone", "../etc/passwd")],
)
def test_a_time_that_cannot_be_read_denies_and_is_named(fact: str, value: str) -> None:
    found = judge(shipped(), without(fact) | {fact: value})
    assert found.verdict == "deny"
    assert all(fact in reason.missing for reason in found.reasons)


def test_every_rule_of_low_confidence_says_policy() -> None:
    low = [rule for rule in shipped().rules if rule.confidence == "low"]
    assert low and all(rule.is_policy for rule in low)


def test_a_jurisdiction_without_a_pack_of_its_own_is_denied() -> None:
    covered = {pack.jurisdiction for pack in shipped().packs} - {"any"}
    for jurisdiction in ("CN", "US", "UK"):
        reasons = judge(shipped(), contact(jurisdiction=jurisdiction)).reasons
        assert ("GATE-01" in [reason.rule.id for reason in reasons]) == (jurisdiction not in covered), (
            "GATE-01 lists the jurisdictions that packs are shipped for"
        )
