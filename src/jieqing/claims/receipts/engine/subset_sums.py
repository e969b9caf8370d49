"""Which few of many amounts add up to a sum: bounded, so that no debtor's book can stop the page.

Depth first over amounts in the given order (oldest first), at most ``PARTS_MAX`` parts and ``STEPS_MAX`` steps. The first
found is returned, so the same book gives the same answer; None also means "not found within the bounds".
"""

from __future__ import annotations

from collections.abc import Sequence

ITEMS_MAX = 40
PARTS_MAX = 12
STEPS_MAX = 20_000


def subset_of(amounts: Sequence[int], wanted: int) -> tuple[int, ...] | None:
    """Indexes of two or more positive amounts that add up to ``wanted``; all of them first, then a run, then any few.

    Example:
        >>> subset_of([300, 500, 700], 1200)
        (1, 2)
    """
    places = [at for at, amount in enumerate(amounts) if 0 < amount <= wanted]
    if len(places) < 2 or wanted <= 0:
        return None
    if sum(amounts[at] for at in places) == wanted:
        return tuple(places)
    run = _run(amounts, places, wanted)
    return run or _few(amounts, places[:ITEMS_MAX], wanted)


def _run(amounts: Sequence[int], places: Sequence[int], wanted: int) -> tuple[int, ...] | None:
    """Neighbours in order: payers settle what fell due together."""
    start = total = 0
    for end, place in enumerate(places):
        total += amounts[place]
        while total > wanted:
            total -= amounts[places[start]]
            start += 1
        if total == wanted and end > start:
            return tuple(places[start : end + 1])
    return None


def _few(amounts: Sequence[int], places: Sequence[int], wanted: int) -> tuple[int, ...] | None:
    rest = [0] * (len(places) + 1)
    for at in range(len(places) - 1, -1, -1):
        rest[at] = rest[at + 1] + amounts[places[at]]
    steps = 0
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, wanted, ())]
    while stack and steps < STEPS_MAX:
        steps += 1
        at, left, chosen = stack.pop()
        if left == 0 and len(chosen) >= 2:
            return chosen
        if at == len(places) or left <= 0 or rest[at] < left or len(chosen) >= PARTS_MAX:
            continue
        stack.append((at + 1, left, chosen))
        stack.append((at + 1, left - amounts[places[at]], (*chosen, places[at])))
    return None
