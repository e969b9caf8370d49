"""What is known of debts today: item, placement, declaration, debtor events and rates brought together, for many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from jieqing.claims.entitlements.engine.lpr import LprTable
from jieqing.claims.entitlements.selectors import months_in_force
from jieqing.claims.parties.engine.standing import EventKind
from jieqing.claims.parties.selectors import debtor_events_of
from jieqing.claims.receivables.selectors import replay_day
from jieqing.claims.receivables.selectors.claim_facts import ClaimFacts, claim_facts, payment_days
from jieqing.kernel import clock
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.intake.engine.debt_facts import Debt, debt_facts
from jieqing.recovery.intake.engine.legality import IntakePack, read_intake_pack
from jieqing.recovery.intake.models import Declaration
from jieqing.recovery.placements.selectors import active_placements_of

PACK_FILE = "intake/cn-intake.yaml"


@dataclass(frozen=True, slots=True)
class KnownDebt:
    """One item with everything a check may read."""

    claim: ClaimFacts
    placement_id: UUID | None
    facts: dict[str, JSON]


@lru_cache(maxsize=1)
def intake_pack() -> IntakePack:
    """The pack that this installation ships."""
    return read_intake_pack(files("jieqing.trust.compliance").joinpath(PACK_FILE).read_text(encoding="utf-8"))


def known_debts(item_ids: Collection[UUID], *, today: date | None = None) -> dict[UUID, KnownDebt]:
    """By item; an id that is not the site's is missing. A handful of statements, however many items.

    ``today``: the site's working day, where the caller has read it.
    """
    claims = claim_facts(item_ids)
    placed = active_placements_of(claims, known=claims)
    paid = payment_days(list(claims))
    answers = declared(set(placed.values()))
    today = today or replay_day() or clock.today()
    events = debtor_events_of({claim.debtor_id for claim in claims.values()}, on=today)
    standing = {party_id: frozenset(EventKind(row.kind) for row in rows) for party_id, rows in events.items()}
    lpr = LprTable(months_in_force().values())
    found = {}
    for item_id, claim in claims.items():
        placement_id = placed.get(item_id)
        debt = Debt(claim.due_on, 0 if claim.is_withdrawn else claim.open_minor, paid.get(item_id, ()))
        told = answers.get((placement_id, None), {}) | answers.get((placement_id, claim.debtor_id), {})
        facts = debt_facts(debt, told, standing[claim.debtor_id], lpr, today)
        found[item_id] = KnownDebt(claim, placement_id, facts)
    return found


def declared(placement_ids: Collection[UUID]) -> dict[tuple[UUID | None, UUID | None], dict[str, str]]:
    """The newest answers by placement and debtor (None: all debtors of the placement)."""
    rows = Declaration.objects.filter(placement_id__in=placement_ids).order_by("id")
    return {(row.placement_id, row.debtor_id): row.answers for row in rows}
