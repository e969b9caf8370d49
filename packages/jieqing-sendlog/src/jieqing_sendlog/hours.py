"""When: quiet hours by the clock on the wall of the person reached, whatever zone the log was written in.

The instant the contact began decides. Agreed hours, once stored, are the only hours: they open the night and also
close the rest of the day (the stricter reading of GBT-05). Sending a letter or a message counts like a call.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from jieqing_sendlog.contact import Seen
from jieqing_sendlog.finding import STRICT, TEXT, Reading
from jieqing_sendlog.spans import in_window

Told = tuple[str, Reading, str]
CN_QUIET = (time(22), time(8))
OVERSEAS_FROM, OVERSEAS_TO = time(8), time(21)
# Daytime has no figure in the row: dark is 20:00 to 08:00 anywhere, and after 18:00 by the stricter reading.
DARK = (time(20), time(8))
DUSK = (time(18), time(8))


class Hours:
    """No memory: each contact by itself."""

    def look(self, seen: Seen) -> Iterator[Told]:
        if seen.law == "CN":
            yield from self._mainland(seen)
            if seen.contact.channel == "visit":
                yield from self._visit(seen)
        else:
            yield from self._overseas(seen)

    def note(self, seen: Seen) -> None:
        return

    def _mainland(self, seen: Seen) -> Iterator[Told]:
        clock = seen.local.time()
        agreed = seen.register.agreed_hours(seen.contact.person, seen.debt.creditor, seen.at)
        inside = agreed is not None and any(in_window(clock, *window) for window in agreed)
        detail = seen.local.isoformat()
        if in_window(clock, *CN_QUIET):
            if not inside:
                reading = TEXT if seen.consumer else STRICT
                yield "GBT-05", reading, detail
                yield "CBA-01", reading, detail
        elif agreed is not None and not inside:
            yield "GBT-05", STRICT, f"{detail} outside the agreed hours"

    def _visit(self, seen: Seen) -> Iterator[Told]:
        clock = seen.local.time()
        if in_window(clock, *DARK):
            yield "GBT-20", TEXT if seen.consumer else STRICT, seen.local.isoformat()
        elif in_window(clock, *DUSK):
            yield "GBT-20", STRICT, f"{seen.local.isoformat()} after 18:00"

    def _overseas(self, seen: Seen) -> Iterator[Told]:
        clock = seen.local.time()
        if OVERSEAS_FROM <= clock < OVERSEAS_TO:
            return
        if seen.law == "UK":
            yield "UK-04", STRICT, seen.local.isoformat()
            return
        agreed = seen.register.agreed_hours(seen.contact.person, seen.debt.creditor, seen.at)
        open_by_word = agreed is not None and any(in_window(clock, *window) for window in agreed)
        on_the_dot = clock == OVERSEAS_TO
        yield "US-04", STRICT if on_the_dot or open_by_word else TEXT, seen.local.isoformat()
