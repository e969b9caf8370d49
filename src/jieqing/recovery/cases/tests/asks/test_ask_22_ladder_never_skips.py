"""Ask 22: a simulated clock over random partial payments: no stage is skipped, same inputs give the same states."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jieqing.recovery.cases.engine.counted_days import Span, counted_days
from jieqing.recovery.cases.engine.ladder import (
    DEFAULT_LADDER,
    Ladder,
    Move,
    Position,
    re_anchor,
    start,
    walk,
)

OPENED = date(2026, 3, 1)
DAYS = 400


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[date], dict[int, int], list[Span]]:
    """Due days of documents, on which day how many of the oldest are paid, and holds."""
    dues = sorted(
        OPENED + timedelta(days=offset)
        for offset in draw(st.lists(st.integers(-200, 200), min_size=1, max_size=8))
    )
    paid = draw(st.dictionaries(st.integers(1, DAYS), st.integers(1, 3), max_size=5))
    holds = [
        Span(OPENED + timedelta(days=first), OPENED + timedelta(days=first + length))
        for first, length in draw(st.lists(st.tuples(st.integers(-50, DAYS), st.integers(0, 60)), max_size=3))
    ]
    return dues, paid, holds


def play(
    ladder: Ladder, story: tuple[list[date], dict[int, int], list[Span]], looks: set[int]
) -> tuple[Position, list[Move], list[tuple[date, date | None]]]:
    """Live through a story, looking at the case on some days; a payment is always looked at."""
    dues, paid, holds = story
    left = list(dues)
    position = start(ladder, OPENED, left[0])
    moves: list[Move] = []
    anchors: list[tuple[date, date | None]] = [(OPENED, left[0])]
    for number in range(1, DAYS + 1):
        day = OPENED + timedelta(days=number)
        if number not in looks and number not in paid and number != DAYS:
            continue
        position, up = walk(ladder, position, day - timedelta(days=1), holds)
        left = left[paid.get(number, 0) :]
        anchor = left[0] if left else None
        position, down = re_anchor(ladder, position, anchor, day, holds)
        position, more = walk(ladder, position, day, holds)
        moves += [*up, *down, *more]
        anchors.append((day, anchor))
    return position, moves, anchors


@given(stories())
def test_no_stage_is_skipped_upwards_and_moves_are_in_the_order_of_days(story) -> None:
    _position, moves, _anchors = play(DEFAULT_LADDER, story, set(range(1, DAYS)))
    for move in moves:
        step = DEFAULT_LADDER.place(move.to_code) - DEFAULT_LADDER.place(move.from_code)
        assert step == 1 if move.reason == "days" else step < 0
    assert [move.on for move in moves] == sorted(move.on for move in moves)
    for before, after in pairwise(moves):
        assert before.to_code == after.from_code


@given(stories(), st.sets(st.integers(1, DAYS - 1), max_size=20))
def test_looking_seldom_gives_the_same_states_on_the_same_days(story, looks: set[int]) -> None:
    assert play(DEFAULT_LADDER, story, looks)[:2] == play(DEFAULT_LADDER, story, set(range(1, DAYS)))[:2]


@given(stories())
def test_a_case_never_stands_higher_than_its_age_allows(story) -> None:
    position, _moves, _anchors = play(DEFAULT_LADDER, story, set(range(1, DAYS)))
    end = OPENED + timedelta(days=DAYS)
    age = 0 if position.anchor_on is None else counted_days(position.anchor_on, end, story[2])
    assert DEFAULT_LADDER.place(position.code) <= DEFAULT_LADDER.due_place(age)


@given(stories())
def test_a_payment_anchors_the_case_on_the_earliest_document_still_unpaid(story) -> None:
    """Down at once to the step of the younger document's age, on the day of the payment and on no other."""
    position, moves, anchors = play(DEFAULT_LADDER, story, set(range(1, DAYS)))
    anchor_of = dict(anchors)
    assert position.anchor_on == anchor_of[OPENED + timedelta(days=DAYS)]
    for move in moves:
        if move.reason == "days":
            continue
        assert (move.on - OPENED).days in story[1]
        anchor = anchor_of[move.on]
        age = 0 if anchor is None else counted_days(anchor, move.on, story[2])
        assert DEFAULT_LADDER.place(move.to_code) == DEFAULT_LADDER.due_place(age)


@given(stories())
def test_the_same_story_told_twice_gives_the_same_states(story) -> None:
    days = set(range(1, DAYS))
    assert play(DEFAULT_LADDER, story, days) == play(DEFAULT_LADDER, story, days)


def test_a_policy_that_skips_goes_straight_to_the_step_of_the_age() -> None:
    ladder = Ladder(1, DEFAULT_LADDER.steps, may_skip=True)
    assert start(ladder, OPENED, OPENED - timedelta(days=70)).code == "letter"
    assert start(DEFAULT_LADDER, OPENED, OPENED - timedelta(days=70)).code == "remind"
