"""More risk never loosens a verdict, more packs never do, and no reason is ever lost."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.packs import PackSet, pack_set
from jieqing.trust.compliance.engine.verdicts import RANK, Verdict
from jieqing.trust.compliance.engine.vocabulary import FACTS, GRANTS, VALUES, Kind
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.random_contacts import random_contact, random_pack

SEEDS = st.integers(0, 2**32)
# More of these is never safer. (Failed contacts in a row is not among them: three open the way to a contact person.)
COUNTS = (
    "effective_calls_today", "notice_connected_today", "dials_same_number_today", "robot_calls_7d", "calls_7d_debt",
    "contacts_7d",
)  # fmt: skip
# These being so is never safer than their not being so …
RISKS = (
    "delivery_uncertain", "plan_active", "discloses_debt", "refused", "dispute_open", "complaint_open", "represented",
    "minor", "time_barred", "threatens_suit",
)  # fmt: skip
# … and these never less safe.
SAFEGUARDS = (
    "identity_verified", "ai_label", "recording_notice", "script_filed", "site.live", "site.filing_valid",
    "placement_active",
)  # fmt: skip

DECIDE: Decide = compile_packs(shipped())


def drawn(seed: int) -> tuple[random.Random, dict[str, Any]]:
    chance = random.Random(seed)
    return chance, random_contact(chance)


def put(facts: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    found = copy.deepcopy(facts)
    holder, _, inner = name.rpartition(".")
    if holder:
        found[holder] = {**(found.get(holder) or {}), inner: value}
    else:
        found[name] = value
    return found


def drop(facts: dict[str, Any], name: str) -> dict[str, Any]:
    found = put(facts, name, None)
    holder, _, inner = name.rpartition(".")
    del (found[holder] if holder else found)[inner]
    return found


def is_as_strict(after: Verdict, before: Verdict) -> bool:
    return RANK[after.verdict] >= RANK[before.verdict]


@given(SEEDS, st.sampled_from(COUNTS), st.integers(0, 9), st.integers(1, 9))
def test_one_contact_more_never_loosens(seed: int, name: str, count: int, more: int) -> None:
    _, facts = drawn(seed)
    before = DECIDE(put(facts, f"counts.{name}", count))
    assert is_as_strict(DECIDE(put(facts, f"counts.{name}", count + more)), before)


@given(SEEDS, st.sampled_from(RISKS + SAFEGUARDS))
def test_a_risk_never_loosens(seed: int, name: str) -> None:
    _, facts = drawn(seed)
    risky = name in RISKS
    assert is_as_strict(DECIDE(put(facts, name, risky)), DECIDE(put(facts, name, not risky)))


@given(SEEDS, st.sampled_from(("holds", "opted_out")), st.data())
def test_a_hold_or_an_opt_out_more_never_loosens(seed: int, name: str, data: st.DataObject) -> None:
    _, facts = drawn(seed)
    before = put(facts, name, facts.get(name) or [])
    more = [*before[name], data.draw(st.sampled_from(sorted(VALUES[name])))]
    assert is_as_strict(DECIDE(put(facts, name, more)), DECIDE(before))


@given(SEEDS, st.integers(0, 4))
def test_a_clearance_less_never_loosens(seed: int, place: int) -> None:
    _, facts = drawn(seed)
    full = ["pledge", "background", "exam", "level_basic", "annual_training"]
    fewer = [one for number, one in enumerate(full) if number != place]
    assert is_as_strict(
        DECIDE(put(facts, "staff.clearances", fewer)), DECIDE(put(facts, "staff.clearances", full))
    )


@given(SEEDS, st.sampled_from(sorted(set(FACTS) - GRANTS)))
def test_knowing_less_never_allows_what_knowing_denied_to_none(seed: int, name: str) -> None:
    """An absent fact gives at least the strictness of its mildest value: what is allowed without it is allowed with any."""
    _, facts = drawn(seed)
    without = DECIDE(drop(facts, name))
    if without.verdict == "allow":
        for value in _some_values(name):
            assert DECIDE(put(facts, name, value)).verdict == "allow"


def _some_values(name: str) -> list[Any]:
    match FACTS[name]:
        case Kind.BOOL:
            return [True, False]
        case Kind.COUNT:
            return [0, 3, 7, 100]
        case Kind.TEXTS:
            return [[], sorted(VALUES[name])]
        case Kind.INSTANT:
            return ["2026-11-22T22:30:00+08:00", "2026-11-22T10:00:00+08:00"]
        case _:
            return sorted(VALUES.get(name, {"Asia/Shanghai", "America/New_York"}))


@given(SEEDS, st.sampled_from(sorted(GRANTS)))
def test_a_permission_that_is_absent_is_not_given(seed: int, name: str) -> None:
    _, facts = drawn(seed)
    assert DECIDE(drop(facts, name)).verdict == DECIDE(put(facts, name, False)).verdict


@given(SEEDS)
def test_an_overlay_can_only_tighten(seed: int) -> None:
    chance, facts = drawn(seed)
    overlay = random_pack(chance, "SITE") | {"overlay": True}
    raised = [rule.id for rule in shipped().rules if rule.verdict == "needs_approval"]
    overlay["tighten"] = chance.sample(raised, chance.randrange(len(raised) + 1))
    with_overlay: PackSet = pack_set((*shipped().packs, pack_from(overlay)))
    before, after = DECIDE(facts), judge(with_overlay, facts)
    assert is_as_strict(after, before)
    assert {reason.rule.id for reason in before.reasons} <= {reason.rule.id for reason in after.reasons}


@given(SEEDS)
def test_every_pack_alone_denies_only_what_all_together_deny(seed: int) -> None:
    _, facts = drawn(seed)
    whole = DECIDE(facts)
    parts = [judge(pack_set([pack]), facts) for pack in shipped().packs]
    assert whole.verdict == max((part.verdict for part in parts), key=RANK.__getitem__)
    assert sorted(reason.rule.id for part in parts for reason in part.reasons) == sorted(
        reason.rule.id for reason in whole.reasons
    )


@given(SEEDS)
def test_it_has_lifted_when_it_says(seed: int) -> None:
    """At `not_before`, with the day's counts at zero and the week's gone, none of the denials by time stands."""
    _, facts = drawn(seed)
    before = DECIDE(facts)
    if before.not_before is None:
        return
    assert before.verdict == "deny"
    later = put(facts, "at", before.not_before.isoformat())
    for name in COUNTS:
        later = put(later, f"counts.{name}", 0)
    lifted = {reason.rule.id for reason in before.reasons if reason.verdict == "deny"}
    assert not lifted & {reason.rule.id for reason in DECIDE(later).reasons}
    assert before.not_before > judge_at(facts)


def judge_at(facts: dict[str, Any]) -> Any:
    from jieqing.trust.compliance.engine.facts import View

    return View(facts).at
