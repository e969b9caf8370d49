"""An e-mail as it would leave now: the filed words with the ledger's amounts of this moment, and what the scanner finds in all of it.

Read anew for every preview and again inside the transaction that sends, so that nobody sends yesterday's balance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.receivables import selectors as ledger
from jieqing.estate.accounts.selectors import display_names
from jieqing.estate.sites.selectors import site_by_id
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.selectors import item_ids_of, working_day
from jieqing.recovery.channels import problems
from jieqing.recovery.channels.engine.composing import (
    MONEY_TYPED,
    Amounts,
    Composed,
    chosen_values,
    compose,
    system_values,
)
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.scripts import selectors as scripts
from jieqing.recovery.scripts.engine.variables import filled
from jieqing.recovery.scripts.services import Scan, scan_as_said

ITEMS_MAX = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """``missing`` are the script's variables that somebody has to type; the text shows them in braces until then."""

    script: scripts.UsableScript
    values: Mapping[str, str]
    missing: tuple[str, ...]
    typed: tuple[str, ...]
    composed: Composed
    scan: Scan
    amounts: Amounts


def draft_email(
    *, actor: Actor, case_id: UUID, script_id: UUID, purpose: Purpose, typed: Mapping[str, str]
) -> Draft | Problem:
    """Put the letter together as of now; nothing is written."""
    case = cases.case_by_id(actor, case_id)
    if is_problem(case):
        return case
    script = scripts.usable_script(script_id, Channel.EMAIL.value, purpose.value, clock.now())
    if is_problem(script):
        return script
    if money := sorted(MONEY_TYPED & set(script.variables)):
        return Problem.of(problems.MONEY_TYPED, names="、".join(money))
    amounts, items = amounts_of(case)
    if script.tells_debt and amounts.remaining_minor <= 0:
        return Problem.of(problems.NOTHING_OWED)
    agency = site_by_id(actor.own_site).name
    told = system_values(
        agency=agency,
        agent=display_names({actor.id}).get(actor.id, ""),
        debtor=case.debtor.name,
        creditor=case.creditor.name,
        amounts=amounts,
        items=items,
        lang=script.lang,
    )
    values = chosen_values(script.variables, told, typed)
    missing = tuple(name for name, value in values.items() if not value)
    shown = {**values, **{name: "{" + name + "}" for name in missing}}
    composed = compose(
        filled(script.body, shown),
        lang=script.lang,
        agency=agency,
        reference=f"C-{case.number:06d}",
        amounts=amounts if script.tells_debt else None,
    )
    return Draft(
        script=script,
        values=values,
        missing=missing,
        typed=tuple(name for name in script.variables if not told.get(name)),
        composed=composed,
        scan=scan_as_said(f"{composed.subject}\n{composed.body}"),
        amounts=amounts,
    )


def amounts_of(case) -> tuple[Amounts, int]:  # type: ignore[no-untyped-def]  # another room's row
    """What is open on the documents of a case by today, what they came to, and how many are open."""
    as_of = working_day()
    wanted = ledger.ItemFilter(
        debtor_id=case.debtor_id, ids=tuple(item_ids_of(case)), state=ledger.ItemState.ALL
    )
    rows = ledger.items_page(wanted, as_of=as_of, sort="due", limit=ITEMS_MAX).rows
    amounts = Amounts(
        remaining_minor=sum(row.open_minor for row in rows),
        original_minor=sum(row.amount_minor for row in rows),
        currency=case.currency,
        as_of=as_of,
    )
    return amounts, sum(1 for row in rows if row.open_minor)
