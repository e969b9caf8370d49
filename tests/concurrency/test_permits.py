"""Thirty-two workers and one debtor, some killed at every moment: no cap is ever exceeded, and no slot is lost for good.

The workers are processes that speak to the database as the application's role does, so a kill is a kill: in the middle of a count,
of a hold, between hold and use, after use.
"""

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from jieqing.kernel.ids import new_id
from jieqing.trust.compliance.engine.slots import ROBOT_CAP, Subject, used_by, wanted_slots
from jieqing.trust.compliance.services.slot_table import slots_secret
from jieqing.trust.compliance.tests.contacts import contact
from jieqing.trust.compliance.tests.slots import hold, taken

WORKERS = 32
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

WORKER = """
import json, os, random, signal, sys, uuid, psycopg
url, wanted, cap, seed = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(seed)
deadly = seed % 4 == 0
def perhaps_die(where):
    if deadly and chance.random() < 0.4:
        os.kill(os.getpid(), signal.SIGKILL)
with psycopg.connect(url) as db:
    for turn in range(6):
        permit = uuid.UUID(int=chance.getrandbits(128))
        with db.transaction():
            counts = db.execute("SELECT compliance_slots('look', %s, %s, 0)", [permit, json.dumps(wanted)]).fetchone()[0]["counts"]
            perhaps_die("counted")
            if max(counts.values()) >= cap:
                continue
            slots = [slot | {"expected": counts[slot["slot"]]} for slot in wanted]
            done = db.execute("SELECT compliance_slots('hold', %s, %s, 1)", [permit, json.dumps(slots)]).fetchone()[0]["done"]
            assert done is True
            perhaps_die("held")
        perhaps_die("permitted")
        if chance.random() < 0.3:
            continue  # the permit is forgotten
        with db.transaction():
            used = db.execute("SELECT compliance_slots('redeem', %s, '[]', 0)", [permit]).fetchone()[0]["done"]
        if used:
            print("used", flush=True)
        perhaps_die("used")
"""


@pytest.fixture
def subject(transactional_db: None) -> Subject:
    # Nobody else's keys: the table is not emptied between tests that run side by side.
    return Subject(person=str(new_id()), creditor="creditor", debt="debt", number="number")


def test_no_cap_is_exceeded_whoever_is_killed(subject: Subject) -> None:
    wanted = [
        one for one in used_by(wanted_slots(subject, contact(channel="voice_ai"), slots_secret()), "voice_ai")
        if one.slot.name == "robot_calls_7d"
    ]  # fmt: skip
    slots = json.dumps(
        [
            {"slot": one.slot.name, "key": one.key.hex(), "at": one.at.isoformat(), "day": one.day.isoformat(), "by_day": False}
            for one in wanted
        ]
    )  # fmt: skip
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, _url(), slots, str(ROBOT_CAP), str(number)], stdout=subprocess.PIPE
        )
        for number in range(WORKERS)
    ]
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    assert any(worker.returncode < 0 for worker in workers), "nobody was killed"
    assert all(worker.returncode <= 0 for worker in workers), "a worker failed"
    used = b"".join(said).count(b"used")
    # A worker killed between its commit and its word has used a slot without saying so.
    assert used <= ROBOT_CAP
    assert taken(wanted)["robot_calls_7d"] <= ROBOT_CAP
    # And what was only held comes back: one second later nothing but use counts.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1.1)")
    assert used <= taken(wanted)["robot_calls_7d"] <= ROBOT_CAP


def test_a_permit_is_redeemed_by_one_of_many(subject: Subject) -> None:
    from tests.concurrency.test_imports import in_threads

    wanted = used_by(wanted_slots(subject, contact(), slots_secret()), "voice_human")
    permit = UUID(int=new_id().int)
    assert hold(permit, wanted)

    def work(_number: int) -> bool:
        from jieqing.trust.compliance.services.slot_table import redeem_hold

        return redeem_hold(permit)

    assert sorted(in_threads(work, 4)) == [False, False, False, True]


def test_a_page_of_many_people_takes_its_locks_in_the_order_of_all(subject: Subject) -> None:
    """Somebody holds the first lock of all and then wants the last: a page that had begun with the last would stop both."""
    from jieqing.kernel import clock
    from jieqing.trust.compliance.services.slot_table import look
    from tests.concurrency.test_imports import in_threads

    people = [
        wanted_slots(replace(subject, person=str(new_id())), contact(), slots_secret()) for _one in "abcdef"
    ]
    names = [f"{one.slot.name} {one.key.hex()}" for wanted in people for one in wanted]
    began = threading.Barrier(2)
    with psycopg.connect(_url(), autocommit=True) as db:
        rows = db.execute(
            "SELECT DISTINCT hashtextextended(name, 0) FROM unnest(%s::text[]) AS name ORDER BY 1", [names]
        ).fetchall()
    first, last = rows[0][0], rows[-1][0]

    def work(number: int) -> bool:
        if number == 0:
            with psycopg.connect(_url()) as db:
                db.execute("SELECT pg_advisory_xact_lock(%s)", [first])
                began.wait()
                time.sleep(1.0)  # the page waits by now, and must hold nothing
                got = db.execute("SELECT pg_try_advisory_xact_lock(%s)", [last]).fetchone()
                return bool(got and got[0])
        began.wait()
        with transaction.atomic():
            counts, _packs = look(people, UUID(int=0), clock.now())
        return len(counts) == len(people)

    assert in_threads(work, 2) == [True, True]


def _url() -> str:
    params = connection.get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname")
    return " ".join(f"{name}='{params[name]}'" for name in wanted if params.get(name))
