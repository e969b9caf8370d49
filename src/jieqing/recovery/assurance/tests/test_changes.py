"""A change of rules is seen before it takes effect: hours, caps and bans, by contact; adopted by a second person only."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast

from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.assurance import selectors, services
from jieqing.recovery.assurance.engine.changes import changed_contacts, loads_of
from jieqing.recovery.assurance.engine.drafts import closing_hours
from jieqing.recovery.assurance.engine.lawful import lawful_facts
from jieqing.recovery.assurance.engine.proposals import read_proposal, with_pack
from jieqing.recovery.assurance.models import ChangeReview
from jieqing.recovery.outreach.tests.standing import ready_case
from jieqing.trust.compliance.engine.packs import Pack, PackSet
from jieqing.trust.compliance.selectors import packs_of, shipped

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
DAY = date(2026, 12, 1)
EVENING = closing_hours(datetime(2026, 1, 1, 20).time(), datetime(2026, 1, 1, 8).time(), [], DAY)
CAP = """
pack: cn-two-calls
title: {zh: 每日两次, en: Two a day}
source: standard
jurisdiction: CN
rules:
  - id: TWO-01
    verdict: deny
    confidence: high
    article: {zh: 某标准 1, en: Some standard 1}
    text: {zh: 每日至多两次, en: At most two a day}
    when: {all: [{fact: channel, in: [voice_human]}, {fact: counts.effective_calls_today, at_least: 2}]}
"""


def pack_of(text: str) -> Pack:
    found = read_proposal(text)
    assert not is_problem(found), found
    return found


def changed(text: str, *contacts: dict[str, Any]) -> Any:
    new = with_pack(shipped(), pack_of(text))
    assert isinstance(new, PackSet)
    return changed_contacts(contacts, shipped(), new, old_day=DAY, new_day=DAY)


def test_a_shorter_evening_shows_as_hours() -> None:
    call = lawful_facts(NOW)
    (one,) = changed(EVENING, call)
    assert (one.before.hours, one.after.hours) == ("08:00–22:00", "08:00–20:00")
    assert one.is_stricter and one.rules == tuple(rule.id for rule in pack_of(EVENING).rules)
    elsewhere = {**call, "timezone": "America/New_York"}
    assert [found.after.hours for found in changed(EVENING, call, elsewhere)] == ["08:00–20:00"] * 2, (
        "each at home"
    )


def test_a_lower_cap_shows_only_for_the_last_call_allowed() -> None:
    assert [load["counts.effective_calls_today"] for load in loads_of(shipped())][:2] == [0, 2]
    (one,) = changed(CAP, lawful_facts(NOW))
    assert one.before.hours == one.after.hours == "08:00–22:00"
    assert (one.before.busy_hours, one.after.busy_hours) == ("08:00–22:00", "")
    assert changed(CAP, {**lawful_facts(NOW), "channel": "sms"}) == []


def test_a_day_is_compared_with_the_day_before() -> None:
    dated = CAP.replace("jurisdiction: CN\n", f"jurisdiction: CN\neffective: {{from: {DAY.isoformat()}}}\n")
    packs = with_pack(shipped(), pack_of(dated))
    assert isinstance(packs, PackSet)
    days = {"old_day": DAY - timedelta(days=1), "new_day": DAY}
    assert len(changed_contacts([lawful_facts(NOW)], packs, packs, **days)) == 1
    later = {"old_day": DAY, "new_day": DAY + timedelta(days=1)}
    assert changed_contacts([lawful_facts(NOW)], packs, packs, **later) == []


@pytest.fixture
def ready(cast: Cast) -> Any:
    return ready_case(cast.actor("owner"))


def colleague(cast: Cast) -> Actor:
    user = register_user(username="lead", display_name="方主管", password="correct-horse-battery-9")
    assert not is_problem(user)
    join_site(actor=system_actor(cast.site.id, "test"), user=user, role="case_manager")
    return Actor(user.id, ActorKind.PERSON, cast.site.id, frozenset({"case_manager"}), frozenset())


def reviewed(cast: Cast, text: str = EVENING, day: date = DAY, why: str = "征求意见后缩短") -> Any:
    with clock.frozen(NOW), site_scope(cast.site.id):
        return services.review_change(actor=cast.actor("owner"), effective_on=day, why=why, text=text)


def decided(cast: Cast, review: ChangeReview, by: Actor, adopts: bool = True, at: datetime = NOW) -> Any:
    with clock.frozen(at), site_scope(cast.site.id):
        return services.decide_change(actor=by, review_id=review.pk, is_adopted=adopts, reason="同意")


def test_a_tightening_is_seen_adopted_by_another_and_holds_from_its_day(cast: Cast, ready) -> None:
    case, point = ready
    review = reviewed(cast)
    assert not is_problem(review), review
    assert (review.cases, review.cases_open, review.looked["points"]) == (1, 1, [1, 1, 2])
    with site_scope(cast.site.id):
        found = selectors.first_changes_of(review)["points"]
    assert {(one.channel, one.subject, one.case_id) for one in found} == {
        (channel, f"claims.parties.point:{point.pk}", case.id) for channel in ("sms", "voice_human")
    }
    assert {(one.before["allow"], one.after["allow"]) for one in found} == {("08:00–22:00", "08:00–20:00")}
    own = decided(cast, review, cast.actor("owner"))
    assert isinstance(own, Problem) and own.code == "assurance.second_person"
    with clock.frozen(NOW), site_scope(cast.site.id):
        assert packs_of(cast.site.id, NOW).digest == shipped().digest, "looking changes nothing"
    manager = colleague(cast)
    done = decided(cast, review, manager)
    assert not is_problem(done), done
    again = decided(cast, review, manager)
    assert isinstance(again, Problem) and again.code == "assurance.decided_already"
    starts = datetime.fromisoformat("2026-12-01T00:00:00+08:00")
    with site_scope(cast.site.id):
        assert packs_of(cast.site.id, starts - timedelta(seconds=1)).digest == shipped().digest
        assert packs_of(cast.site.id, starts).digest == review.new_digest


def test_one_turned_down_never_holds(cast: Cast, ready) -> None:
    review, manager = reviewed(cast), colleague(cast)
    assert not is_problem(decided(cast, review, manager, adopts=False))
    with site_scope(cast.site.id):
        assert packs_of(cast.site.id, NOW + timedelta(days=90)).digest == shipped().digest


def test_a_new_version_of_a_pack_is_only_looked_at(cast: Cast, ready) -> None:
    review = reviewed(cast, CAP)
    assert not is_problem(review), review
    assert review.kind == "pack" and review.looked["points"][2] == 1, "the call, not the message"
    assert not is_problem(decided(cast, review, colleague(cast)))
    with site_scope(cast.site.id):
        assert packs_of(cast.site.id, NOW + timedelta(days=90)).digest == shipped().digest


def test_what_cannot_be_reviewed_says_why(cast: Cast) -> None:
    for found, code in (
        (reviewed(cast, "pack: ["), "assurance.pack_unreadable"),
        (reviewed(cast, ""), "assurance.nothing_turns"),
        (reviewed(cast, why=" "), "assurance.reason_missing"),
        (reviewed(cast, day=date(2026, 11, 23)), "assurance.day_in_the_past"),
        (reviewed(cast, CAP.replace("TWO-01", "GBT-05")), "assurance.packs_clash"),
    ):
        assert isinstance(found, Problem) and found.code == code, found


def test_nothing_is_adopted_after_its_day(cast: Cast, ready) -> None:
    review, manager = reviewed(cast), colleague(cast)
    late = decided(cast, review, manager, at=NOW + timedelta(days=30))
    assert isinstance(late, Problem) and late.code == "assurance.too_late"


def test_another_sites_review_is_not_there(cast: Cast, ready) -> None:
    review = reviewed(cast)
    with clock.frozen(NOW), site_scope(cast.other_site.id):
        found = services.decide_change(
            actor=cast.actor("stranger"), review_id=review.pk, is_adopted=True, reason="可以"
        )
    assert isinstance(found, Problem) and found.code == "assurance.review_unknown"


def test_the_pages_lead_from_a_proposal_to_the_owners_bell(cast: Cast, ready) -> None:
    room, owner = f"/s/{cast.site.slug}/compliance/changes", cast.clients["owner"]
    manager = colleague(cast)
    with clock.frozen(NOW):
        bad = owner.post(f"{room}/new/", {"effective_on": DAY.isoformat(), "text": "pack: [", "why": "试"})
        assert bad.status_code == 422 and "pack: [" in bad.content.decode(), "what was typed is still there"
        one_time = {"effective_on": DAY.isoformat(), "closed_from": "20:00", "why": "试"}
        assert "起止时间都要填" in owner.post(f"{room}/new/", one_time).content.decode()
        file = SimpleUploadedFile("two.yaml", CAP.encode())
        sent = owner.post(f"{room}/new/", {"effective_on": DAY.isoformat(), "file": file, "why": "看新版"})
        assert sent.status_code == 302, sent.content.decode()
        page = owner.get(sent.url).content.decode()
        assert "TWO-01" in page and "须由另一人决定" in page and "宏达机械有限公司" in page
        told = cast.clients["supervisor"].get(sent.url).content.decode()
        assert "TWO-01" in told and "宏达机械有限公司" not in told, "no cases for whoever may not read them"
        hours = {"effective_on": DAY.isoformat(), "closed_from": "20:00", "closed_to": "08:00", "why": "缩短"}
        assert owner.post(f"{room}/new/", hours).status_code == 302
        assert owner.get(f"{room}/").content.decode().count("待另一人决定") >= 2
    with site_scope(cast.site.id):
        review = ChangeReview.objects.get(kind="pack")
        assert [row.pk for row in selectors.waiting_for_second(manager, 9)] == [
            row.pk for row in ChangeReview.objects.order_by("-at")
        ]
    assert "TWO-01" in owner.get(f"{room}/{review.pk}.csv").content.decode()
