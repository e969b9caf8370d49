"""The gate's facts: what was recorded, at the moment asked about; a third person's refusal stands for ever."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast

from jieqing.claims.parties import services
from jieqing.claims.parties.engine.choices import Channel, ChoiceSource, Hours, read_hours
from jieqing.claims.parties.engine.contact_points import BelongsTo, PointKind
from jieqing.claims.parties.engine.standing import EventKind, GuaranteeKind
from jieqing.claims.parties.models import ContactChoice
from jieqing.claims.parties.selectors import contact_facts, debtor_events_of, guarantees_of
from jieqing.claims.parties.tests.test_contact_points import add, debtor
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing.guard import rows_by_hand

SAID = {"source": ChoiceSource.CALL, "reason": "来电说明"}


def test_a_fresh_point_tells_what_is_known_and_no_more(cast: Cast) -> None:
    with site_scope(cast.site.id):
        facts = contact_facts(add(cast, debtor(cast)).pk, clock.now())
        assert facts is not None
        assert (facts.role, facts.timezone, facts.number_valid, facts.debtor_reachable) == (
            "debtor",
            "Asia/Shanghai",
            True,
            True,
        )
        assert (facts.refused, facts.opted_out, facts.consented, facts.agreed_hours) == (False, (), (), None)
        assert not (facts.represented or facts.minor or facts.deceased or facts.incapacitated)
        mail = add(cast, debtor(cast, "王芳"), "wang@example.com", kind=PointKind.EMAIL)
        unknown = contact_facts(mail.pk, clock.now())
        assert unknown is not None
        assert unknown.timezone is None, "an address tells no zone: it stays missing"


def test_a_point_of_another_site_or_of_nobody_has_no_facts(cast: Cast) -> None:
    with site_scope(cast.site.id):
        point = add(cast, debtor(cast))
    with site_scope(cast.other_site.id):
        assert contact_facts(point.pk, clock.now()) is None


def test_facts_are_those_of_the_moment(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        before = clock.now()
        with clock.frozen(before + timedelta(hours=1)):
            services.mark_invalid(actor=cast.actor("owner"), point=point, reason="空号")
            out = services.record_opt_out(actor=cast.actor("owner"), party=party, channel=Channel.SMS, **SAID)
            assert not is_problem(out)
        with clock.frozen(before + timedelta(hours=2)):
            services.withdraw_choice(actor=cast.actor("owner"), choice=out, reason="本人来信")
        seen = [contact_facts(point.pk, before + timedelta(minutes=minutes)) for minutes in (0, 61, 121)]
        assert [(facts.number_valid, facts.debtor_reachable, facts.opted_out) for facts in seen if facts] == [
            (True, True, ()),
            (False, False, ("sms",)),
            (False, False, ()),
        ]


def test_an_opt_out_of_everything_says_so(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        services.record_opt_out(actor=cast.actor("owner"), party=party, **SAID)
        facts = contact_facts(point.pk, clock.now())
        assert facts is not None
        assert facts.opted_out == ("*",)


def test_hours_are_the_persons_own(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        window = read_hours("22:00-23:30")
        assert isinstance(window, Hours)
        agreed = services.agree_hours(actor=cast.actor("owner"), party=party, hours=window, **SAID)
        assert not is_problem(agreed)
        facts = contact_facts(point.pk, clock.now())
        assert facts is not None
        assert facts.agreed_hours == ("22:00-23:30",)
        services.end_hours(actor=cast.actor("owner"), hours=agreed, reason="本人取消")
        assert is_problem(services.end_hours(actor=cast.actor("owner"), hours=agreed, reason="再一次"))
        facts = contact_facts(point.pk, clock.now())
        assert facts is not None
        assert facts.agreed_hours is None


def test_a_third_persons_refusal_is_for_ever_and_for_the_number(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party, belongs_to=BelongsTo.CONTACT_PERSON)
        refusal = services.record_refusal(actor=cast.actor("owner"), point=point, **SAID)
        assert not is_problem(refusal)
        back = services.withdraw_choice(actor=cast.actor("owner"), choice=refusal, reason="他改主意了")
        assert isinstance(back, Problem)
        assert back.code == "parties.refusal_stands"
        with (
            pytest.raises(IntegrityError, match="parties_choice_refusal_stands"),
            transaction.atomic(),
            rows_by_hand("what the database holds"),
        ):
            ContactChoice.objects.filter(pk=refusal.pk).update(ended_at=clock.now())
        services.erase_point(actor=cast.actor("owner"), point=point, reason="对方要求删除")
        again = add(cast, party, "+86 138 1234 5678", belongs_to=BelongsTo.FAMILY)
        facts = contact_facts(again.pk, clock.now())
        assert facts is not None
        assert facts.refused, "the number is closed however it comes in again"
        elsewhere = contact_facts(add(cast, debtor(cast, "王芳")).pk, clock.now())
        assert elsewhere is not None
        assert not elsewhere.refused


def test_who_owes_opts_out_instead_of_refusing(cast: Cast) -> None:
    with site_scope(cast.site.id):
        refused = services.record_refusal(actor=cast.actor("owner"), point=add(cast, debtor(cast)), **SAID)
        assert isinstance(refused, Problem)
        assert refused.code == "parties.owes_cannot_refuse"


def test_what_the_debtor_chose_for_all_says_nothing_of_a_third_persons_number(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        theirs = add(cast, party, "13900001111", belongs_to=BelongsTo.FAMILY)
        services.record_consent(actor=cast.actor("owner"), party=party, **SAID)
        facts = contact_facts(theirs.pk, clock.now())
        assert facts is not None
        assert facts.consented == ()


def test_events_hold_from_a_day_until_a_day(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party, today = debtor(cast), clock.today()
        point = add(cast, party)
        event = services.record_debtor_event(
            actor=cast.actor("owner"),
            party=party,
            kind=EventKind.REPRESENTED,
            from_on=today - timedelta(days=9),
            reason="收到委托书",
            source="cases",
            source_id=point.pk,
        )
        assert not is_problem(event)
        same = services.record_debtor_event(
            actor=cast.actor("owner"),
            party=party,
            kind=EventKind.REPRESENTED,
            from_on=today,
            reason="再说一次",
            source="cases",
            source_id=point.pk,
        )
        assert not is_problem(same)
        assert same.pk == event.pk
        facts = contact_facts(point.pk, clock.now())
        assert facts is not None
        assert facts.represented
        assert [row.kind for row in debtor_events_of([party.pk], on=today)[party.pk]] == ["represented"]
        backwards = services.end_debtor_event(
            actor=cast.actor("owner"), event=event, to_on=date(2020, 1, 1), reason="解除委托"
        )
        assert is_problem(backwards)
        services.end_debtor_event(actor=cast.actor("owner"), event=event, to_on=today, reason="解除委托")
        facts = contact_facts(point.pk, clock.now())
        assert facts is not None
        assert not facts.represented


def test_a_guarantor_is_linked_once_and_released(cast: Cast) -> None:
    with site_scope(cast.site.id):
        owes, answers = debtor(cast), debtor(cast, "宏达担保有限公司")
        values = {"kind": GuaranteeKind.JOINT, "reason": "保证合同 2026-03", "until_on": date(2027, 3, 1)}
        linked = services.link_guarantor(actor=cast.actor("owner"), guarantor=answers, debtor=owes, **values)
        assert not is_problem(linked)
        twice = services.link_guarantor(actor=cast.actor("owner"), guarantor=answers, debtor=owes, **values)
        own = services.link_guarantor(actor=cast.actor("owner"), guarantor=owes, debtor=owes, **values)
        assert [one.code for one in (twice, own) if isinstance(one, Problem)] == [
            "parties.guarantee_known",
            "parties.own_guarantor",
        ]
        services.end_guarantee(actor=cast.actor("owner"), guarantee=linked, reason="期间届满")
        assert [row.ended_at is None for row in guarantees_of(owes.pk)] == [False]
