"""When to try again on a channel that did not reach anybody: the site's rule as data, one line of waits for each channel.

``waits`` are days after the first, second ... failed try in a row; after as many failed tries as there are waits, and one
more, nobody is tried again by rule: a person decides. A day that is no workday moves to the next. What never left the house
was no try and may be sent at once. The day is a plan, never leave: every contact asks the gate again, which may say later
or no.

Refuses: a wait under one day (nobody is tried twice a day by rule) or over 90; more than ten waits; a channel twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel.dates import roll_forward
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.recovery.cases.engine.codes import ContactResult

WAITS_MAX, WAIT_DAYS_MAX = 10, 90
Waits = tuple[int, ...]
DEFAULTS: Mapping[Channel, Waits] = {
    Channel.VOICE_HUMAN: (1, 2, 4, 7),
    Channel.VOICE_AI: (2, 5),
    Channel.VOICE_NOTICE: (3, 7),
    Channel.SMS: (3, 7),
    Channel.EMAIL: (3, 7, 14),
    Channel.LETTER: (15,),
    Channel.IM: (2, 5),
    Channel.VISIT: (7, 14),
    Channel.PORTAL: (),
}
"""A house habit, no law: well under every cap of the packs."""


@dataclass(frozen=True, slots=True)
class RetryRule:
    """``version`` 0 is the platform's own, before a site has set one."""

    version: int
    waits: Mapping[Channel, Waits]

    def again_on(self, channel: Channel, result: ContactResult, number: int, on: date) -> date | None:
        """The day of the next try after the ``number``-th failed one in a row; None where a person decides.

        Example:
            >>> rule = RetryRule(0, {Channel.SMS: (3,)})
            >>> rule.again_on(Channel.SMS, ContactResult.NOT_CONNECTED, 1, date(2026, 11, 18)).isoformat()
            '2026-11-23'
            >>> rule.again_on(Channel.SMS, ContactResult.NOT_CONNECTED, 2, date(2026, 11, 23)) is None
            True
        """
        if result is ContactResult.NOT_SENT:
            return on
        waits = self.waits.get(channel, ())
        if not 1 <= number <= len(waits):
            return None
        return roll_forward(on + timedelta(days=waits[number - 1])).day


PLATFORM_RULE = RetryRule(0, DEFAULTS)


def checked_waits(told: Iterable[tuple[Channel, Sequence[int]]]) -> dict[Channel, Waits] | Problem:
    """The waits of every channel: those told, the platform's own for the others."""
    found: dict[Channel, Waits] = {}
    for channel, waits in told:
        if channel in found:
            return Problem.of(CHANNEL_TWICE, channel=channel.value)
        if len(waits) > WAITS_MAX or any(not 1 <= days <= WAIT_DAYS_MAX for days in waits):
            return Problem.of(WAITS_WRONG, channel=channel.value, most=WAITS_MAX, days=WAIT_DAYS_MAX)
        found[channel] = tuple(waits)
    return {channel: found.get(channel, DEFAULTS[channel]) for channel in Channel}


CHANNEL_TWICE = ProblemKind(
    "outreach.channel_twice",
    "渠道“{channel}”写了两次。",
    "The channel “{channel}” stands there twice.",
    "每个渠道只写一行。",
    "Write each channel once.",
)
WAITS_WRONG = ProblemKind(
    "outreach.waits_wrong",
    "渠道“{channel}”的间隔天数不对：最多 {most} 个，每个 1 到 {days} 天。",
    "The waits of “{channel}” do not fit: at most {most} of them, each from 1 to {days} days.",
    "请用逗号分开整天数，例如 1,2,4；不再试就留空。",
    "Write whole days with commas, such as 1,2,4; leave it empty for no further try.",
)
