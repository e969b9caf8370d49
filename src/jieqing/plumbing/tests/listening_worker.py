"""A real worker for ``test_events``: it writes what it hears to a file and, when told to, hangs until it is killed.

Run as ``python -m jieqing.plumbing.tests.listening_worker FILE [hang]``; ends when the queue is empty.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from jieqing.plumbing.events import Event, subscribe


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRead(Event):
    """An event as rooms declare them."""

    items: tuple[UUID, ...]
    on: date
    note: str | None = None


def hear(event: LedgerRead) -> None:
    """Append what arrived, with the site the database sees."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jieqing.site_id', true)")
        site = cursor.fetchone()[0]
    heard = Path(os.environ["JIEQING_HEARD"])
    heard.write_text(heard.read_text() + f"{site} {len(event.items)} {event.on}\n")
    if os.environ.get("JIEQING_HANG"):
        time.sleep(600)


def main() -> None:
    import django

    django.setup()
    subscribe(LedgerRead, hear, when="after_commit")
    from procrastinate.contrib.django import app

    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def run() -> None:
        async with worker.open_async():
            await worker.run_worker_async(queues=["events"], wait=False, update_heartbeat_interval=0.2)

    asyncio.run(run())


if __name__ == "__main__":
    # Under its own name, so that the event's name is the same in the publisher and here.
    from jieqing.plumbing.tests import listening_worker

    sys.exit(listening_worker.main())
