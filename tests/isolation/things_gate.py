"""A verdict of the site with its permit, used and settled; an overlay that hits nothing the cast does; an approval, used."""

from datetime import timedelta

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.sealing import seal
from jieqing.recovery.assurance.models import ChangeReview, ReviewChange, ReviewDecision
from jieqing.recovery.cases.models import Case
from jieqing.recovery.channels.models import Message, MessageStep, Received
from jieqing.recovery.outreach.models import ApprovalAnswer, ApprovalRequest, ApprovalUse
from jieqing.recovery.outreach.services import set_retry_rule
from jieqing.trust.compliance import services
from jieqing.trust.compliance.engine.overlays import Barred, overlay_document
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.slots import Outcome, Subject
from jieqing.trust.compliance.tests.contacts import contact
from jieqing.trust.evidence.testing.guard import rows_by_hand


def fill_gate(actor: Actor) -> None:
    subject = Subject(person=f"person of {actor.own_site}", creditor="creditor", debt="debt")
    with site_scope(actor.own_site):
        permit = services.mint(actor=actor, subject=subject, contact="point:1", facts=contact(channel="sms"))
        assert isinstance(permit, Permit), permit
        assert services.redeem(actor=actor, permit=permit, channel="sms", contact="point:1") is None
        assert services.settle(actor=actor, permit_id=permit.id, outcome=Outcome.CONVERSATION) is None
        document = overlay_document(
            "cast", {"zh": "本站附加规则", "en": "Of this site"}, [Barred({"debt_kind": ("judgment",)})]
        )
        overlay = services.propose_overlay(actor=actor, overlay=document, why="试用")
        assert not isinstance(overlay, Problem), overlay
        other = Actor(new_id(), ActorKind.PERSON, actor.own_site)
        found = services.adopt_overlay(actor=other, overlay_id=overlay.pk, why="试用")
        assert not isinstance(found, Problem), found


GATE_TABLES = {
    "check_id": "intake_check",
    "overlay_id": "compliance_overlay",
    "approval_id": "outreach_approval",
    "permit_id": "compliance_permit",
    "review_id": "assurance_review",
    "message_id": "channels_message",
}


def fill_recovered(actor: Actor) -> None:
    """What stands on cases: an approval, a letter and a review; and when to try again."""
    rule = set_retry_rule(actor=actor, waits=[(Channel.SMS, (3, 7))], reason="测试")
    assert not isinstance(rule, Problem), rule
    fill_approvals(actor)
    fill_messages(actor)
    fill_reviews(actor)


def fill_approvals(actor: Actor) -> None:
    """A request of the actor that was answered and used; made by hand, because no point of the cast's may be reached."""
    now, site = clock.now(), {"site_id": actor.own_site}
    with rows_by_hand("no case of the cast's may be contacted"), site_scope(actor.own_site):
        row = ApprovalRequest.objects.create(
            **site, case=Case.objects.order_by("id")[0], point_id=new_id(), channel="sms", purpose="collect",
            content={"scan_verdict": "needs_approval"}, rules=["GATE-14"], why="测试", asked_by=actor.id,
            asked_at=now, expires_at=now + timedelta(hours=72), entry_id=new_id(),
        )  # fmt: skip
        ApprovalAnswer.objects.create(
            **site, request=row, is_approved=True, reason="测试", by=new_id(), at=now,
            valid_until=now + timedelta(hours=24), entry_id=new_id(),
        )  # fmt: skip
        ApprovalUse.objects.create(**site, request=row, permit_id=new_id(), decision_id=new_id(), at=now)


def fill_messages(actor: Actor) -> None:
    """A letter with its step and an answer; by hand, because no point of the cast's may be reached."""
    now, site = clock.now(), {"site_id": actor.own_site}
    with rows_by_hand("no case of the cast's may be contacted"), site_scope(actor.own_site):
        message = Message.objects.create(
            **site, case=Case.objects.order_by("id")[0], point_id=new_id(), key="1", permit_id=new_id(), permit_until=now,
            purpose="collect", script_version_id=new_id(), subject_sealed=seal("channels", "信".encode()),
            body_sealed=seal("channels", "信".encode()), body_digest=bytes(32), tells_debt=False, remaining_minor=1,
            original_minor=2, currency="CNY", as_of=clock.today(), by=actor.id, at=now, entry_id=new_id(),
        )  # fmt: skip
        MessageStep.objects.create(
            **site, message=message, step="asked", by=actor.id, at=now, entry_id=new_id()
        )
        Received.objects.create(
            **site, message=message, kind="reply", text_sealed=seal("channels", "信".encode()), digest=bytes(32), at=now,
            entry_id=new_id(),
        )  # fmt: skip


def fill_reviews(actor: Actor) -> None:
    """A review of a change that was adopted, with one thing it found; by hand, because none of the cast's may be contacted."""
    now, site = clock.now(), {"site_id": actor.own_site}
    with rows_by_hand("no case of the cast's may be contacted"), site_scope(actor.own_site):
        review = ChangeReview.objects.create(
            **site, kind="pack", title="cn-base", effective_on=clock.today(), document={}, old_digest="0" * 64,
            new_digest="1" * 64, cases_open=1, cases=1, contacts=1, judged=192, changed=1, why="测试", by=new_id(),
            at=now, entry_id=new_id(),
        )  # fmt: skip
        ReviewChange.objects.create(
            **site, review=review, source="points", subject="point:1", case_id=None, owner_id=actor.id, channel="sms",
            before={"allow": "08:00–22:00"}, after={"allow": ""}, is_stricter=True, rules=["GBT-05"],
        )  # fmt: skip
        ReviewDecision.objects.create(
            **site, review=review, is_adopted=True, reason="测试", by=actor.id, at=now, entry_id=new_id()
        )
