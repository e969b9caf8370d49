"""A review asks about everything that stands open: points, requests, permits, filed scripts, the site's own rules, what rooms above register."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.canonical import sha256
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.assurance import selectors, services
from jieqing.recovery.assurance.engine.lawful import lawful_facts
from jieqing.recovery.assurance.models import ReviewChange
from jieqing.recovery.assurance.services import Found, ReviewSource, Subject, Told, register_source
from jieqing.recovery.assurance.services import reviewing as reviewing_room
from jieqing.recovery.assurance.services import sources as room
from jieqing.recovery.assurance.tests.test_changes import DAY, colleague, decided, reviewed
from jieqing.recovery.outreach import services as outreach
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.tests.standing import SAID, cleared, ready_case
from jieqing.recovery.scripts.engine.words import Channel as Said
from jieqing.recovery.scripts.tests.filing import filed, written
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.tightening import prove
from jieqing.trust.compliance.selectors import shipped
from jieqing.trust.evidence.models import Entry

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
NO_CALLS = """
pack: cn-no-calls
title: {zh: 不打电话, en: No calls}
source: standard
jurisdiction: CN
rules:
  - id: NOC-01
    verdict: deny
    confidence: high
    article: {zh: 某标准 1, en: Some standard 1}
    text: {zh: 不得打电话, en: No calls at all}
    when: {fact: channel, in: [voice_human]}
"""


@pytest.fixture
def standing(cast: Cast) -> Any:
    """A case whose debtor may be called: an open permit, a request that waits, and a filed script for a call and one for a letter."""
    with clock.frozen(NOW):
        case, point = ready_case(cast.actor("owner"))
        script, letter = written(cast.actor("owner")), written(
            cast.actor("owner"), code="own.letter", title="首次来信", channels=(Said.LETTER,),
            body="{debtor}：您好，{agency}想请您确认收到本信，方便时请回一个电话，办公时间都可以。",
        )  # fmt: skip
        for one in (script, letter):
            filed(cast, one)
        wish: dict[str, Any] = {"case": case.id, "point": point.pk, "channel": Channel.VOICE_HUMAN}
        with site_scope(cast.site.id):
            permit = outreach.request_permit(
                actor=cleared(cast), purpose=Purpose.COLLECT, content=SAID, **wish
            )
            assert isinstance(permit, Permit), permit
            asked = outreach.ask_approval(
                actor=cleared(cast), purpose=Purpose.IDENTITY_CHECK, why="内容待复核",
                content=replace(SAID, scan_verdict="needs_approval"), **wish,
            )  # fmt: skip
            assert not is_problem(asked), asked
    return case, point, permit, asked, script, letter


def found_in(cast: Cast, review: Any) -> dict[str, list[ReviewChange]]:
    with site_scope(cast.site.id):
        return selectors.first_changes_of(review)


def test_a_pack_that_bans_calls_flips_the_permit_the_request_and_the_script(cast: Cast, standing) -> None:
    _case, point, permit, asked, script, _letter = standing
    review = reviewed(cast, NO_CALLS)
    assert not is_problem(review), review
    found = found_in(cast, review)
    refs = {name: {(one.subject, one.channel) for one in rows} for name, rows in found.items()}
    assert refs == {
        "points": {(f"claims.parties.point:{point.pk}", "voice_human")},
        "permits": {(f"trust.compliance.permit:{permit.id}", "voice_human")},
        "approvals": {(f"recovery.outreach.approval:{asked.pk}", "voice_human")},
        "scripts": {(f"recovery.scripts.script:{script.pk}", "voice_human")},
        "site": {(f"estate.sites.site:{cast.site.id}", "voice_human")},
    }, "and not the letter"
    assert all(one.rules == ["NOC-01"] and one.is_stricter for rows in found.values() for one in rows)
    assert (
        review.changed == 5
        and review.looked["scripts"] == [2, 2, 1]
        and review.looked["permits"] == [1, 1, 1]
    )
    assert (review.cases, review.cases_open) == (1, 1), "cases are cases, whatever else was looked at"


def test_a_permit_that_ran_out_is_no_longer_open(cast: Cast, standing) -> None:
    later = NOW + timedelta(minutes=3)
    with clock.frozen(later), site_scope(cast.site.id):
        review = services.review_change(
            actor=cast.actor("owner"), effective_on=DAY, why="看新版", text=NO_CALLS
        )
    assert not is_problem(review) and review.looked["permits"] == [0, 0, 0]


def test_the_lists_digest_is_in_evidence_and_is_that_of_the_rows(cast: Cast, standing) -> None:
    review = reviewed(cast, NO_CALLS)
    with site_scope(cast.site.id):
        entry = Entry.objects.get(pk=review.entry_id)
        kept = {reviewing_room._digest(row) for row in ReviewChange.objects.filter(review=review)}
    told = json.loads(bytes(entry.body))
    assert review.list_digest in json.dumps(told)
    in_order = [reviewing_room._digest(row) for row in sorted(_rows(cast, review), key=lambda row: row.pk)]
    assert set(in_order) == kept and sha256(b"".join(in_order)).hex() == review.list_digest


def _rows(cast: Cast, review: Any) -> list[ReviewChange]:
    with site_scope(cast.site.id):
        return list(ReviewChange.objects.filter(review=review))


def test_the_page_counts_and_links_each_kind(cast: Cast, standing) -> None:
    _case, _point, _permit, asked, script, _letter = standing
    review = reviewed(cast, NO_CALLS)
    address = f"/s/{cast.site.slug}/compliance/changes/{review.pk}/"
    with clock.frozen(NOW):
        page = cast.clients["owner"].get(address).content.decode()
        told = cast.clients["supervisor"].get(address).content.decode()
    for words in ("已备案话术 · 1", "未使用的触达许可 · 1", "审批申请 · 1", "首次来电", review.list_digest):
        assert words in page, words
    assert f"/scripts/{script.pk}/" in page and f"/approvals/{asked.pk}/" in page
    assert "首次来电" in told and "宏达机械有限公司" not in told


def test_a_sites_own_rules_are_asked_at_their_edges(cast: Cast, standing) -> None:
    review, manager = reviewed(cast), colleague(cast)
    assert not is_problem(decided(cast, review, manager))
    again = reviewed(cast, NO_CALLS, why="看新版")
    assert not is_problem(again), again
    assert again.looked["overlays"][:2] == [1, 1]
    pack = next(one.pack for one in overlays(cast))
    assert not is_problem(prove(shipped(), pack))
    assert {one.channel for one in found_in(cast, again)["overlays"]} == {"voice_human"}


def overlays(cast: Cast) -> Any:
    from jieqing.trust.compliance.selectors import every_overlay

    with site_scope(cast.site.id):
        return every_overlay(cast.site.id)


def test_a_room_above_registers_what_it_holds(cast: Cast, standing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seam for sequences: once registered, they are asked about with every review and named on its page."""
    monkeypatch.setattr(room, "_sources", dict(room._sources))
    step = Subject("recovery.robots.step:1", "voice_human", lawful_facts(NOW))
    register_source(
        ReviewSource(
            "steps", ("序列步骤", "Steps of sequences"), lambda actor, at: Found([step, step], 1, 1),
            lambda actor, refs: {ref: Told("第一步") for ref in refs},
        )
    )  # fmt: skip
    review = reviewed(cast, NO_CALLS)
    assert review.looked["steps"] == [1, 1, 1], "a thing asked about twice is one row"
    with clock.frozen(NOW):
        page = cast.clients["owner"].get(f"/s/{cast.site.slug}/compliance/changes/{review.pk}/")
    assert "序列步骤 · 1" in page.content.decode() and "第一步" in page.content.decode()


def test_a_change_that_touches_nothing_says_so(cast: Cast, standing) -> None:
    nothing = NO_CALLS.replace("{fact: channel, in: [voice_human]}", "{fact: purpose, in: [legal_notice]}")
    review = reviewed(cast, nothing.replace("jurisdiction: CN", "jurisdiction: UK"), day=date(2026, 12, 2))
    assert not is_problem(review) and review.changed == 0
    with clock.frozen(NOW):
        page = cast.clients["owner"].get(f"/s/{cast.site.slug}/compliance/changes/{review.pk}/")
    assert "没有裁决会改变" in page.content.decode() and "审查范围" in page.content.decode()
