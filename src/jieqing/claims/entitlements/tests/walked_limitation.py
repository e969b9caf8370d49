"""The second formulation of limitation: walk the calendar day by day and see when the claim dies.

It knows no sorted replay, no restart rule and no suspended end: only what is true on one day. Slow on purpose.
"""

from datetime import date, timedelta

from jieqing.claims.entitlements.engine.limitation_events import Act, Event, Grade, Obstacle
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind
from jieqing.kernel.dates import roll_forward

ONE_DAY = timedelta(days=1)
AGREEMENTS = (Act.PROMISE, Act.PLAN, Act.DEFERRAL, Act.SECURITY, Act.SETTLEMENT)
FAR = date(2120, 1, 1)


def later(day: date, months: int) -> date:
    """The corresponding day by walking, so that it shares no arithmetic with the engine."""
    year, month = day.year, day.month
    step = 1 if months > 0 else -1
    for _ in range(abs(months)):
        month += step
        if month in (0, 13):
            year, month = year + step, 12 if month == 0 else 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


class Walk:
    """One claim on its way through the days."""

    def __init__(
        self,
        start: date,
        kind: ClaimKind,
        events: list[Event],
        obstacles: list[Obstacle],
        harmed_on: date | None,
    ) -> None:
        self.kind, self.events, self.obstacles = kind, events, obstacles
        self.cap = roll_forward(later(harmed_on or start, 240)).day if kind is ClaimKind.CLAIM else date.max
        self.renewed = False
        self.restart(start)

    def restart(self, day: date) -> None:
        self.run_from = day
        self.ends = self.plain_end(day)

    def plain_end(self, day: date) -> date:
        if self.kind is ClaimKind.ENFORCEMENT:
            return later(day, 24)
        short = later(day, 24)
        return short if short < date(2017, 10, 1) else later(day, 36)

    def is_hindered(self, day: date) -> bool:
        return any(o.on <= day and (o.until is None or day <= o.until) for o in self.obstacles)

    def last_day(self, start: date) -> date | None:
        """Return the last day, None when the claim is held without an end; renews after an expiry when agreed."""
        day = start
        waiting: date | None = None
        while day < FAR:
            for event in (e for e in self.events if e.on == day):
                if event.is_pending:
                    return None
                target = max(x for x in (event.on, event.ended_on, event.new_due_on) if x)
                waiting = max(waiting or target, target)
            if waiting and waiting >= day:
                # While a proceeding lasts or a new date is not reached yet the clock stands at its start.
                self.restart(max(self.run_from, waiting))
            elif self.run_from < day:
                window_opens = later(self.ends, -6)
                if self.is_hindered(day) and window_opens < day <= roll_forward(self.ends).day:
                    self.ends = max(self.ends, later(day, 6))
            if day > min(roll_forward(self.ends).day, self.cap):
                died = min(roll_forward(self.ends).day, self.cap)
                if any(o.until is None and o.on <= roll_forward(self.ends).day for o in self.obstacles):
                    return None  # the obstacle still lasts, and only the twenty years are over
                again = self.agreement_after(died)
                if again is None or died >= self.cap:
                    return died
                self.renewed = True
                day, waiting = again.on, None
                self.run_from = date.min
                self.restart(max(x for x in (again.on, again.ended_on, again.new_due_on) if x))
                waiting = self.run_from
                continue
            day += ONE_DAY
        return None

    def agreement_after(self, died: date) -> Event | None:
        late = [e for e in self.events if e.on > died and e.on <= self.cap and e.act in AGREEMENTS]
        return min(
            late, key=lambda e: (e.on, max(x for x in (e.on, e.ended_on, e.new_due_on) if x)), default=None
        )


def walk(
    start: date,
    kind: ClaimKind,
    events: list[Event],
    obstacles: list[Obstacle],
    harmed_on: date | None = None,
) -> tuple[date | None, bool]:
    """Return the last day by what is proved (None: held) and whether an expiry was undone on the way."""
    counted = [event for event in events if event.grade is Grade.PROVEN]
    path = Walk(start, kind, counted, obstacles, harmed_on)
    return path.last_day(min([start, *(e.on for e in counted)])), path.renewed
