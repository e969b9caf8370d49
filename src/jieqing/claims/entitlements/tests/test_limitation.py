"""Limitation: properties over random lives of a claim, and the engine against the day-by-day walk."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.limitation import LimitationResult, limitation
from jieqing.claims.entitlements.engine.limitation_events import (
    ACTS,
    Act,
    Event,
    Grade,
    Group,
    Obstacle,
    ObstacleKind,
)
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.claims.entitlements.tests.walked_limitation import walk
from jieqing.kernel.outcomes import is_problem

DAYS = st.dates(date(2012, 1, 1), date(2032, 12, 31))
STARTS = st.dates(date(2013, 1, 1), date(2022, 12, 31))
SPANS = st.one_of(st.none(), st.integers(0, 900))


@st.composite
def events(draw: st.DrawFn) -> Event:
    on, act = draw(DAYS), draw(st.sampled_from(list(Act)))
    group = ACTS[act].group
    span = draw(SPANS)
    ended = on + timedelta(days=span) if group is Group.PROCEEDING and span is not None else None
    new_due = on + timedelta(days=span) if group is Group.CONSENT and span is not None else None
    pending = group is Group.PROCEEDING and ended is None and draw(st.integers(0, 5)) == 0
    return Event(on, act, draw(st.sampled_from(list(Grade))), ended, pending, new_due)


@st.composite
def obstacles(draw: st.DrawFn) -> Obstacle:
    on = draw(DAYS)
    lasts = draw(st.integers(0, 11)) == 0
    until = None if lasts else on + timedelta(days=draw(st.integers(0, 700)))
    return Obstacle(on, until, draw(st.sampled_from(list(ObstacleKind))))


@st.composite
def lives(draw: st.DrawFn) -> LimitationFacts:
    kind = draw(st.sampled_from(list(ClaimKind)))
    return LimitationFacts(
        kind=kind,
        due_on=draw(STARTS),
        harmed_on=draw(st.one_of(st.none(), st.dates(date(1996, 1, 1), date(2012, 12, 31)))),
        events=tuple(draw(st.lists(events(), max_size=6))),
        obstacles=tuple(draw(st.lists(obstacles(), max_size=3))),
    )


def found(facts: LimitationFacts) -> LimitationResult:
    result = limitation(facts)
    assert not is_problem(result)
    return result


def last(facts: LimitationFacts) -> date:
    """The last day; nothing running counts as the end of time."""
    deadline = found(facts).deadline
    return deadline.last_day if deadline else date.max


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=lives())
def test_the_engine_equals_the_walk_day_by_day(facts: LimitationFacts) -> None:
    assert facts.due_on is not None
    result = found(facts)
    wanted, renewed = walk(
        facts.due_on, facts.kind, list(facts.events), list(facts.obstacles), facts.harmed_on
    )
    assert (result.deadline.last_day if result.deadline else None) == wanted
    assert (result.first_expired_on is not None) == renewed


@given(facts=lives(), seed=st.integers(0, 2**32))
def test_the_order_of_events_changes_nothing(facts: LimitationFacts, seed: int) -> None:
    shuffled_events, shuffled_obstacles = list(facts.events), list(facts.obstacles)
    random.Random(seed).shuffle(shuffled_events)
    random.Random(seed + 1).shuffle(shuffled_obstacles)
    again = replace(facts, events=tuple(shuffled_events), obstacles=tuple(shuffled_obstacles))
    assert found(again) == found(facts)


@given(facts=lives(), event=events())
def test_another_event_never_shortens(facts: LimitationFacts, event: Event) -> None:
    assert last(replace(facts, events=(*facts.events, event))) >= last(facts)


@given(facts=lives(), event=events())
def test_an_event_after_the_expiry_revives_nothing_but_by_agreement(
    facts: LimitationFacts, event: Event
) -> None:
    end = last(facts)
    if end.year > 2100:
        return
    late = replace(event, on=end + timedelta(days=1), ended_on=None, new_due_on=None, grade=Grade.PROVEN)
    after = replace(facts, events=(*facts.events, late))
    is_agreement = late.act in (Act.PROMISE, Act.PLAN, Act.DEFERRAL, Act.SECURITY, Act.SETTLEMENT)
    cap = found(facts).cap_day
    if is_agreement and (cap is None or late.on <= cap):
        assert last(after) > end
        assert found(after).first_expired_on is not None
    else:
        assert last(after) == end


@given(facts=lives())
def test_the_arguable_day_is_never_before_the_safe_one(facts: LimitationFacts) -> None:
    result = found(facts)
    if result.arguable and result.deadline:
        assert result.arguable.last_day > result.deadline.last_day


@given(facts=lives())
def test_twenty_years_are_never_passed(facts: LimitationFacts) -> None:
    result = found(facts)
    if result.deadline and facts.kind is ClaimKind.CLAIM:
        assert result.cap_day is not None
        assert result.deadline.last_day <= result.cap_day


@given(facts=lives(), event=events())
def test_what_is_not_proved_does_not_move_the_safe_day(facts: LimitationFacts, event: Event) -> None:
    weak = replace(event, grade=Grade.WEAK)
    with_it = found(replace(facts, events=(*facts.events, weak)))
    assert with_it.deadline is None or with_it.deadline.last_day == last(facts)
    assert any(reason.on == weak.on for reason in with_it.missing)


@given(facts=lives())
def test_every_link_of_the_chain_has_its_article(facts: LimitationFacts) -> None:
    deadline = found(facts).deadline
    for reason in deadline.reasons if deadline else found(facts).chain:
        assert reason.citation is not None
        assert reason.zh
        assert reason.en
