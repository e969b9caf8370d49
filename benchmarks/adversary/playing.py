"""Plays worlds: proposal, facts, the gate's verdict, and, if it is let through, the contact itself into the log.

Nothing here helps the gate: what it allows is sent as proposed. Every proposal is also shown to a second checker that
only remembers what was sent, so that a refusal of something lawful is counted, too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TextIO

from benchmarks.adversary.facts import Book, facts_of
from benchmarks.adversary.proposing import VOICES, Proposal, Proposer
from benchmarks.adversary.troubles import bend
from benchmarks.adversary.worlds import World, fresh
from jieqing_sendlog import Checker, read_register
from jieqing_sendlog.contact import Contact

Gate = Callable[[dict[str, Any]], Any]
MESSAGES = frozenset({"sms", "email", "im"})
KEYS = tuple(field.name for field in fields(Contact))


@dataclass
class Tally:
    """What came of the proposals."""

    proposed: int = 0
    allowed: int = 0
    approval: int = 0
    denied: int = 0
    inbound: int = 0
    # Not sent, and the checker would have found it unlawful, too.
    rightly: int = 0
    by_law: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    # Verdicts where facts were missing.
    hidden: Counter[str] = field(default_factory=Counter)

    @property
    def wrongly(self) -> int:
        """Not sent, although the checker would have found nothing."""
        return self.approval + self.denied - self.rightly


def play(number: int, seed: int, gate: Gate, log: TextIO, tally: Tally) -> dict[str, Any]:
    """One world from its first proposal to its last; its register."""
    world = bend(fresh(number, Random(f"{seed}:{number}")))
    register = read_register({"format": "jieqing/send-register/1", **world.raw})
    book, second = Book(register), Checker(register)
    proposer = Proposer(world)
    while proposer:
        made = proposer.next()
        contact = happening(world, made, f"{number}.{tally.proposed + tally.inbound}")
        if made.inbound:
            tally.inbound += 1
        elif not _judged(made, contact, book, gate, second, tally):
            continue
        second.note(contact)
        book.write(made, contact.outcome, contact.done_at, contact.resolved_at, contact.refused)
        proposer.sent(made)
        log.write(line_of(contact))
    return world.raw


def _judged(made: Proposal, contact: Contact, book: Book, gate: Gate, second: Checker, tally: Tally) -> bool:
    facts = facts_of(made, book)
    verdict = gate(facts)
    tally.proposed += 1
    debt = book.register.debts[made.debt]
    tally.by_law[f"{debt.jurisdiction} {debt.kind} {verdict.verdict}"] += 1
    if made.hidden:
        tally.hidden[verdict.verdict] += 1
    if verdict.verdict == "allow":
        tally.allowed += 1
        return True
    if verdict.verdict == "needs_approval":
        tally.approval += 1
    else:
        tally.denied += 1
    found = {finding.row for finding in second.look(_at_worst(contact))}
    tally.rightly += bool(found)
    tally.rows.update(found)
    if not found:
        rules = sorted({reason.rule.id for reason in verdict.reasons if reason.verdict != "allow"})
        tally.reasons.update(rules)
        if len(rules) == 1:
            tally.alone[rules[0]] += 1
    return False


def _at_worst(contact: Contact) -> Contact:
    """A call nobody made might have been answered: the gate cannot wait for the outcome, so neither may its critic."""
    return replace(contact, outcome="effective") if contact.channel in VOICES else contact


def happening(world: World, made: Proposal, name: str) -> Contact:
    """What becomes of a contact: the record an adapter would keep."""
    random = world.random
    outcome = _outcome(world, made)
    if made.inbound:
        outcome = "effective" if made.channel in VOICES else "delivered"
    answered = outcome in ("effective", "connected", "met")
    resolved = None
    if outcome == "unknown" and random.random() < 0.7:
        resolved = made.at + timedelta(seconds=random.choice((30, 3600, 86400)))
    return Contact(
        id=name,
        at=made.at,
        ended_at=made.at + timedelta(seconds=random.randrange(1, 600)) if answered else None,
        channel=made.channel,
        direction="in" if made.inbound else "out",
        by="robot" if made.by_machine else "human",
        point=made.point,
        person=made.who,
        creditor=world.raw["debts"][made.debt]["creditor"],
        debt=made.debt,
        site=made.site,
        purpose=made.purpose,
        outcome=outcome,
        resolved_at=resolved,
        staff=made.staff,
        content=made.content,
        discloses_debt=made.discloses,
        demands_payment=made.purpose == "collect",
        threatens_suit=made.suit,
        identity_verified=made.verified,
        stated_identity=True,
        ai_label=made.ai_label,
        synthetic=made.by_machine,
        recorded=made.recording and (made.channel in VOICES or made.channel == "visit"),
        opt_out_offered=made.channel in MESSAGES,
        refused=not made.inbound
        and (answered or outcome == "delivered")
        and random.random() < world.refusing,
    )


def line_of(contact: Contact) -> str:
    """The line of the log; what is not set is left out, as an adapter would."""
    told = {}
    for key in KEYS:
        value = getattr(contact, key)
        if value is not None and value is not False and value != ():
            told[key] = value.isoformat() if isinstance(value, datetime) else value
    told.setdefault("discloses_debt", False)
    return json.dumps(told, ensure_ascii=False) + "\n"


def _outcome(world: World, made: Proposal) -> str:
    random = world.random
    if random.random() < world.uncertain:
        return "unknown"
    failed = random.random() < world.failing
    if made.channel in VOICES:
        if failed:
            return random.choice(("no_answer", "no_answer", "busy", "invalid"))
        return "effective" if random.random() < 0.9 else "connected"
    if made.channel == "visit":
        return "not_met" if failed else "met"
    return "bounced" if failed and random.random() < 0.3 and made.channel != "portal" else "delivered"
