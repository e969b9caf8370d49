"""Decide lines: approve a suggestion or chosen parts, mark what is no payment, reject, undo, switch the rule.

Every line is decided by 0 or 1 live match: the line is locked, and a unique index stands underneath, so that of two
approvers one is told that it has been done. An approval posts to the ledger in the same transaction and under the
ledger's lock; what it posts is worked out again there, so that a page that is an hour old cannot post what is no longer
so. Automatic matching exists only while a rule row says who switched it on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.open_book import Suggestion
from jieqing.claims.receipts.models import BankLine, Match, MatchKind, MatchPart, MatchRule, Rejection
from jieqing.claims.receipts.selectors.statements import RULE_CERTAIN, live_rule
from jieqing.claims.receipts.selectors.suggestions import suggestion_key, suggestions_for
from jieqing.claims.receivables.services import receipts as ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose instead of a suggestion: parts by item, and the debtor of the rest."""

    parts: tuple[tuple[UUID, int], ...] = ()
    debtor_id: UUID | None = None


@dataclass
class Bulk:
    """What a bulk approval did: matches, and lines that were not certain any more."""

    matched: list[Match] = field(default_factory=list)
    left: list[tuple[UUID, Problem]] = field(default_factory=list)


def approve(
    *,
    actor: Actor,
    line: BankLine,
    suggestion: str = "",
    choice: Choice | None = None,
    rule: MatchRule | None = None,
) -> Match | Problem:
    """Post a line: by the key of a suggestion that still holds, or as a person chose."""
    with site_scope(_site(actor)), transaction.atomic():
        problem = _lock(actor, line)
        if problem:
            return problem
        if line.amount_minor <= 0:
            return Problem.of(problems.NOT_INCOMING)
        if choice is None:
            offered = {suggestion_key(one): one for one in suggestions_for([line]).get(line.id, ())}
            if suggestion not in offered:
                return Problem.of(problems.SUGGESTION_GONE)
            return _post(actor, line, _order_of(line, offered[suggestion]), offered[suggestion], rule)
        return _post(actor, line, _chosen_order(line, choice), None, rule)


def approve_certain(*, actor: Actor, lines: Sequence[BankLine], rule: MatchRule | None = None) -> Bulk:
    """Approve every line whose first suggestion is certain, judged over all of them together."""
    done = Bulk()
    with site_scope(_site(actor)), transaction.atomic():
        ledger.next_revision(actor=actor)
        found = suggestions_for(_undecided(lines))
        for line in lines:
            best = next(iter(found.get(line.id, ())), None)
            if best is None or not best.is_certain:
                continue
            made = _lock(actor, line) or _post(actor, line, _order_of(line, best), best, rule)
            if is_problem(made):
                done.left.append((line.id, made))
            else:
                done.matched.append(made)
    return done


def mark(*, actor: Actor, line: BankLine, kind: str, reason: str = "") -> Match | Problem:
    """Say that a line is no customer's payment: fee, transfer, refund or other. Posts nothing to the ledger."""
    if kind not in MatchKind.values or kind == MatchKind.PAYMENT:
        return Problem.of(problems.NOT_INCOMING)
    if kind == MatchKind.OTHER and not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(_site(actor)), transaction.atomic():
        problem = _lock(actor, line)
        if problem:
            return problem
        entry = evidence.record(
            actor=actor,
            action="claims.receipts.marked",
            subject=f"claims.receipts.line:{line.id}",
            facts={"kind": kind, "amount_minor": line.amount_minor, "currency": line.currency},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]} if reason.strip() else None,
        )
        return Match.objects.create(
            id=new_id(), site_id=line.site_id, line=line, kind=kind, at=clock.now(), by=actor.id, entry_id=entry,
            reasons=[["said", reason.strip()[:REASON_CHARS_MAX]]] if reason.strip() else [],
        )  # fmt: skip


def reject(*, actor: Actor, line: BankLine, suggestion: str, reason: str) -> Rejection | Problem:
    """Do not make this suggestion again for this line."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(_site(actor)), transaction.atomic():
        problem = _lock(actor, line)
        if problem:
            return problem
        if suggestion not in {suggestion_key(one) for one in suggestions_for([line]).get(line.id, ())}:
            return Problem.of(problems.SUGGESTION_GONE)
        entry = evidence.record(
            actor=actor,
            action="claims.receipts.suggestion_rejected",
            subject=f"claims.receipts.line:{line.id}",
            facts={"suggestion": suggestion},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        return Rejection.objects.create(
            id=new_id(), site_id=line.site_id, line=line, suggestion=suggestion, at=clock.now(), by=actor.id,
            reason=reason.strip()[:REASON_CHARS_MAX], entry_id=entry,
        )  # fmt: skip


def unmatch(*, actor: Actor, match: Match, reason: str) -> Match | Problem:
    """Take a decision back: its postings end in a new revision, the line is open again."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(_site(actor)), transaction.atomic():
        number = ledger.next_revision(actor=actor)
        locked = Match.objects.get(pk=match.pk)
        if locked.ended_at:
            return Problem.of(problems.NOT_LIVE)
        refusal = ledger.take_back_refusal(revision=locked.revision) if locked.revision else None
        if refusal:
            return refusal
        entry = evidence.record(
            actor=actor,
            action="claims.receipts.unmatched",
            subject=f"claims.receipts.line:{locked.line_id}",
            facts={
                "kind": locked.kind,
                "took_back": locked.revision,
                "revision": number if locked.revision else None,
            },
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        if locked.revision:
            ledger.take_back_receipt(actor=actor, revision=locked.revision, number=number, entry_id=entry)
        locked.ended_at, locked.ended_by = clock.now(), actor.id
        locked.end_entry_id, locked.end_revision = entry, number if locked.revision else None
        locked.save(update_fields=["ended_at", "ended_by", "end_entry_id", "end_revision"])
    return locked


def switch_rule(*, actor: Actor, is_on: bool, reason: str) -> MatchRule | Problem | None:
    """Let certain lines be matched on arrival, or stop that, and say why. Asked twice, it stays as it is."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(_site(actor)), transaction.atomic():
        ledger.next_revision(actor=actor)  # one switch at a time
        live = live_rule()
        if is_on == bool(live):
            return live
        word = "on" if is_on else "off"
        evidence.record(
            actor=actor,
            action=f"claims.receipts.rule_switched_{word}",
            subject=f"claims.receipts.rules:{actor.site_id}",
            facts={"rule": RULE_CERTAIN},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        if live:
            live.ended_at, live.ended_by = clock.now(), actor.id
            live.save(update_fields=["ended_at", "ended_by"])
            return None
        return MatchRule.objects.create(
            id=new_id(),
            site_id=_site(actor),
            rule=RULE_CERTAIN,
            switched_on_at=clock.now(),
            switched_on_by=actor.id,
        )


def _post(
    actor: Actor,
    line: BankLine,
    order: ledger.ReceiptOrder,
    suggestion: Suggestion | None,
    rule: MatchRule | None,
) -> Match | Problem:
    prepared = ledger.prepare_receipt(actor=actor, order=order)
    if is_problem(prepared):
        return prepared
    facts: dict[str, Any] = {
        "amount_minor": order.amount_minor, "currency": order.currency, "revision": prepared.revision,
        "parts": [[str(item_id), minor] for item_id, minor in order.parts], "unapplied_minor": prepared.rest_minor,
        "score": suggestion.score if suggestion else None, "rule": str(rule.id) if rule else None,
        "line": bytes(line.line_key).hex(), "statement_entry": str(line.statement.entry_id),
    }  # fmt: skip
    entry = evidence.record_bulk(
        actor=actor,
        action="claims.receipts.matched",
        subject=f"claims.receipts.line:{line.id}",
        row_digests=prepared.row_digests,
        facts=facts,
    )
    ledger.post_receipt(actor=actor, prepared=prepared, entry_id=entry)
    match = Match.objects.create(
        id=new_id(), site_id=line.site_id, line=line, kind=MatchKind.PAYMENT, debtor_id=order.debtor_id,
        rest_minor=prepared.rest_minor, revision=prepared.revision, score=suggestion.score if suggestion else None,
        reasons=[list(one) for one in (*suggestion.reasons, *suggestion.flags)] if suggestion else [["chosen", ""]],
        rule=rule, at=clock.now(), by=actor.id, entry_id=entry,
    )  # fmt: skip
    MatchPart.objects.bulk_create(
        [
            MatchPart(id=new_id(), site_id=line.site_id, match=match, item_id=item_id, amount_minor=minor)
            for item_id, minor in order.parts
        ]
    )
    return match


def _order_of(line: BankLine, one: Suggestion) -> ledger.ReceiptOrder:
    return _order(line, tuple((part.item_id, part.amount_minor) for part in one.parts), one.debtor_id)


def _chosen_order(line: BankLine, choice: Choice) -> ledger.ReceiptOrder:
    return _order(line, choice.parts, choice.debtor_id or ledger.debtor_of(choice.parts))


def _order(
    line: BankLine, parts: tuple[tuple[UUID, int], ...], debtor_id: UUID | None
) -> ledger.ReceiptOrder:
    name = line.reference or f"{line.booked_on.isoformat()} {line.account.tail}"
    return ledger.ReceiptOrder(
        line.id, line.amount_minor, line.currency, line.booked_on, parts, debtor_id, name
    )


def _lock(actor: Actor, line: BankLine) -> Problem | None:
    """The ledger's lock, under which every decision is made; then whether somebody has decided the line meanwhile."""
    ledger.next_revision(actor=actor)
    taken = Match.objects.filter(line_id=line.pk, ended_at=None).exists()
    return Problem.of(problems.ALREADY_MATCHED) if taken else None


def _undecided(lines: Sequence[BankLine]) -> list[BankLine]:
    done = set(Match.objects.filter(line__in=lines, ended_at=None).values_list("line_id", flat=True))
    return [line for line in lines if line.id not in done]


def _site(actor: Actor) -> UUID:
    if actor.site_id is None:
        raise ValueError("a bank line belongs to a site")
    return actor.site_id
