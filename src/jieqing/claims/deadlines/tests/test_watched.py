"""What is watched and the days it gives: each kind once, against law.md section 3 and the timers of section 16."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.deadlines.engine.icalendar import IcalEvent, calendar_text
from jieqing.claims.deadlines.engine.watched import KINDS, ActFacts, WatchFacts, deadlines_of, limitation_of
from jieqing.claims.entitlements.engine.deadlines import count_down
from jieqing.claims.entitlements.engine.deadlines_guarantee import GuaranteeKind
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.kernel.outcomes import Problem, is_problem

START = date(2026, 3, 2)


def last_days(facts: WatchFacts) -> list[date]:
    found = deadlines_of(facts)
    assert not is_problem(found), found
    return [one.last_day for one in found]


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        (WatchFacts("pre_suit_suit", date(2026, 9, 1)), [date(2026, 10, 8)]),
        (WatchFacts("freeze_deposit", START), [date(2027, 2, 23), date(2027, 3, 2)]),
        (WatchFacts("freeze_movable", START), [date(2028, 2, 24), date(2028, 3, 2)]),
        (WatchFacts("freeze_real_estate", START), [date(2029, 2, 23), date(2029, 3, 2)]),
        (WatchFacts("construction_priority", date(2025, 4, 30)), [date(2026, 10, 30)]),
        (WatchFacts("judicial_confirmation", date(2026, 11, 5)), [date(2026, 12, 7)]),
        (WatchFacts("payment_order_objection", date(2026, 2, 1)), [date(2026, 2, 24)]),
        (WatchFacts("enforcement", date(2024, 11, 22)), [date(2026, 11, 23)]),
        (WatchFacts("guarantee", date(2026, 6, 30), GuaranteeKind.JOINT), [date(2026, 12, 30)]),
        (
            WatchFacts("guarantee", date(2026, 6, 30), GuaranteeKind.JOINT, date(2028, 6, 30)),
            [date(2028, 6, 30)],
        ),
    ],
)
def test_each_kind_gives_its_days(facts: WatchFacts, days: list[date]) -> None:
    assert last_days(facts) == days


@given(st.sampled_from(KINDS), st.dates(date(2004, 1, 1), date(2140, 1, 1)))
def test_alarms_stand_before_the_day_and_after_the_start(kind: str, start: date) -> None:
    found = deadlines_of(WatchFacts(kind, start))
    assert not is_problem(found)
    for one in found:
        for alarm in count_down(one, start).alarms:
            assert start < alarm.on < one.counted_day
        # The calendar ends: a day beyond it must say so.
        assert one.is_certain or one.warnings


def test_a_day_beyond_the_published_calendar_says_so() -> None:
    found = deadlines_of(WatchFacts("appeal_judgment", date(2027, 12, 20)))
    assert not is_problem(found) and not found[0].is_certain and "须确认" in found[0].warnings[0].zh


def test_an_unknown_kind_and_a_day_out_of_range_are_refused() -> None:
    assert isinstance(deadlines_of(WatchFacts("whatever", START)), Problem)
    assert isinstance(deadlines_of(WatchFacts("freeze_deposit", date(1900, 1, 1))), Problem)


def test_payments_and_proved_acts_restart_limitation_and_weak_ones_do_not() -> None:
    due = date(2023, 3, 14)

    def last(paid: list[date], *acts: ActFacts) -> date:
        found = limitation_of(due, paid, acts)
        assert not is_problem(found) and found.deadline
        return found.deadline.last_day

    assert last([]) == date(2026, 3, 16)
    assert last([date(2024, 5, 6)]) == date(2027, 5, 6)
    signed = ActFacts(date(2025, 2, 3), Act.RECONCILIATION, Material.SIGNED)
    assert last([date(2024, 5, 6)], signed) == date(2028, 2, 3)
    assert last([], ActFacts(date(2025, 2, 3), Act.DEMAND, Material.SENT_ONLY)) == date(2026, 3, 16)
    pending = limitation_of(
        due, [], [ActFacts(date(2025, 2, 3), Act.SUIT, Material.OFFICIAL_PAPER, is_pending=True)]
    )
    assert not is_problem(pending) and pending.deadline is None
    capped = [ActFacts(due + timedelta(days=900 * n), Act.DEMAND, Material.SIGNED) for n in range(1, 9)]
    assert last([], *capped) == date(2043, 3, 16), "twenty years, whatever happened"


def test_the_calendar_file_escapes_folds_and_rings_before() -> None:
    event = IcalEvent(
        "a@b",
        date(2026, 12, 30),
        "保证期间，张三；" * 12,
        "第一行\n第二行",
        "https://x/y",
        (date(2026, 12, 23),),
    )
    text = calendar_text([event], name="期限", made_at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "TRIGGER:-PT159H" in lines and "DTSTART;VALUE=DATE:20261230" in lines
    assert "DESCRIPTION:第一行\\n第二行" in text
