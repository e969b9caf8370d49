"""``permit_end_to_end``: from facts to a permit that is on disk, sixteen workers at once.

Each worker is a process with its own connection that asks again and again: count under lock, judge by all shipped packs, hold the
slots, sign, keep verdict and permit, leave evidence, commit. Debtors differ, but one in eight contacts is of a debtor whom another worker may
be asking for too. Beside it the same sixteen processes commit one row each, through the same ORM, site scope and role. What counts is the 99th
percentile of what one worker waits. Afterwards every verdict must be there, and a permit for each that allows.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from benchmarks.database import start
from benchmarks.frame import Goal, Result, expect, load_average
from benchmarks.gate_contacts import draw_contacts

WORKERS = 16
ASKED = 40
ROUNDS = 5
SHARED_DEBTORS = 20
MET = 3000


def run(seed: int) -> Result:
    database = start()
    _meet_contacts(seed)
    permits: list[float] = []
    rows: list[float] = []
    for turn in range(ROUNDS):
        works = [(ask_permits, permits), (commit_rows, rows)]
        for work, found in works if turn % 2 else works[::-1]:
            found.append(_p99(_in_processes(work, database.site_id, seed + turn)))
    checked = _check(database.site_id)
    ours, bare = statistics.median(permits), statistics.median(rows)
    return Result(
        name="permit_end_to_end",
        work=f"{WORKERS} workers, {ASKED} permits each a round: facts, verdict, reservation, signature, evidence, commit",
        ours=ours * 1000,
        unit="ms, 99th percentile",
        peers={},
        limit=(f"{WORKERS} workers committing one row each", bare * 1000),
        ratios={"one row": ours / bare},
        goals=(Goal("times the p99 of committing one row", "<=", 4, ours / bare),),
        notes={"seed": seed, "rounds": ROUNDS, **checked, "load average": load_average()},
    )


def _meet_contacts(seed: int) -> None:
    """What a worker that runs has met: the tables of kinds of contact, filled once and inherited by the workers' processes."""
    from jieqing.trust.compliance.library import shipped
    from jieqing.trust.compliance.services.minting import compiled

    decide = compiled(shipped())
    for facts in draw_contacts(seed - 1, MET):
        decide(facts)


def ask_permits(site_id: UUID, seed: int, number: int) -> list[float]:
    """One worker's waits for a verdict that is on disk."""
    from jieqing.kernel.actor import Actor, ActorKind
    from jieqing.kernel.ids import new_id
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.compliance import services
    from jieqing.trust.compliance.engine.slots import Subject

    actor = Actor(new_id(), ActorKind.PERSON, site_id)
    chance = random.Random(seed * 100 + number)

    def one(facts: dict[str, Any]) -> None:
        who = str(chance.randrange(SHARED_DEBTORS)) if chance.random() < 0.125 else str(new_id())
        subject = Subject(person=who, creditor="creditor", debt=who, number=who)
        with site_scope(site_id):
            services.mint(actor=actor, subject=subject, contact="point:bench", facts=facts)

    return _timed(one, draw_contacts(seed * 100 + number, ASKED + 1))


def commit_rows(site_id: UUID, seed: int, number: int) -> list[float]:
    """One worker's waits for one row that is on disk."""
    from jieqing.claims.receivables.models import MappingProfile
    from jieqing.kernel import clock
    from jieqing.kernel.ids import new_id
    from jieqing.plumbing.db.scopes import site_scope

    def one(_facts: dict[str, Any]) -> None:
        with site_scope(site_id):
            MappingProfile.objects.create(
                site_id=site_id,
                fingerprint=new_id().hex,
                name="bench",
                mapping={"a": 1},
                used_at=clock.now(),
            )

    return _timed(one, draw_contacts(seed, ASKED + 1))


def _timed(one: Callable[[dict[str, Any]], None], given: list[dict[str, Any]]) -> list[float]:
    one(given[0])  # connection, plans and compiled packs are there in a worker that runs
    waits = []
    for facts in given[1:]:
        started = time.perf_counter()
        one(facts)
        waits.append(time.perf_counter() - started)
    return waits


def _in_processes(work: Callable[[UUID, int, int], list[float]], site_id: UUID, seed: int) -> list[float]:
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    together = context.Barrier(WORKERS)
    pipes, workers = [], []
    for number in range(WORKERS):
        here, there = context.Pipe(duplex=False)
        worker = context.Process(target=_worker, args=(work, site_id, seed, number, together, there))
        worker.start()
        there.close()
        pipes.append(here)
        workers.append(worker)
    waits = [wait for pipe in pipes for wait in pipe.recv()]
    for worker in workers:
        worker.join()
    return waits


def _worker(work: Any, site_id: UUID, seed: int, number: int, together: Any, answer: Connection) -> None:
    together.wait()
    answer.send(work(site_id, seed, number))


def _p99(waits: list[float]) -> float:
    expect(len(waits), WORKERS * ASKED, "waits")
    return statistics.quantiles(waits, n=100)[98]


def _check(site_id: UUID) -> dict[str, int]:
    """Every permit is signed, every verdict kept, and no shared debtor got more than the caps allow."""
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.compliance.models import Decision, Permit

    with site_scope(site_id):
        decisions, permits = Decision.objects.count(), Permit.objects.count()
        expect(decisions, WORKERS * (ASKED + 1) * ROUNDS, "verdicts kept")
        allowed = Decision.objects.filter(verdict="allow").count()
        expect(permits, allowed, "a permit for each verdict that allows")
    return {"verdicts": decisions, "permits": permits}
