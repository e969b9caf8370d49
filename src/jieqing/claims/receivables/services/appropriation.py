"""Bring accounts to what the site's order says: the difference between a plan and what stands, never a rewrite.

A plan is made from everything known (``engine.account_plan``); what stands and should not is ended, what is missing is
written, so a back-dated payment or a changed order ends as a chronological replay would, and what went before stays as
superseded history, in rows and in postings. The caller posts the changes as one revision under the ledger's lock.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.account_plan import AccountPlan, Placed, pairs_of_parts, plan_account
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.engine.accruing import Terms
from jieqing.claims.receivables.models import Appropriation, AppropriationOrder
from jieqing.claims.receivables.selectors.appropriation import AccountKey, AccountRead, read_accounts
from jieqing.claims.receivables.services.charge_postings import Changes, Written, note_differences
from jieqing.kernel.outcomes import Problem, is_problem

ACCOUNTS_AT_ONCE = 500


def note_accounts(
    changes: Changes,
    accounts: Collection[AccountKey],
    *,
    terms: Terms,
    days: Sequence[date],
    orders: Sequence[AppropriationOrder],
) -> Problem | None:
    """Note what must change on the accounts that an order keeps; nothing is written yet."""
    waiting = sorted(accounts, key=str)
    for start in range(0, len(waiting), ACCOUNTS_AT_ONCE):
        for account in read_accounts(waiting[start : start + ACCOUNTS_AT_ONCE], orders):
            plan = plan_account(terms, days, account.policies, account.documents, account.free)
            if is_problem(plan):
                return plan
            _note(changes, account, plan)
    return None


def _note(changes: Changes, account: AccountRead, plan: AccountPlan) -> None:
    for key, one in account.charged.items():
        note_differences(one, plan.charges[key], changes)
    _note_postings(changes, account, plan)
    missing = {(one.home, one.document, int(one.part), one.on): one.amount_minor for one in _merged(plan)}
    for part in account.parts:
        at = str(part.home_id), str(part.document_id), part.part, part.effective_on
        if missing.get(at) == part.amount_minor:
            del missing[at]
        else:
            changes.parts_ended.append(part)
    for (home, document, number, on), minor in missing.items():
        item = account.charged[document].item
        changes.parts_begun.append(
            Appropriation(
                site_id=item.site_id,
                home_id=home,
                document=item,
                part=number,
                effective_on=on,
                amount_minor=minor,
            )
        )


def _merged(plan: AccountPlan) -> list[Placed]:
    """Two named payments of one day on one document have one home: their parts are told together."""
    sums: dict[tuple[str, str, Part, date], int] = {}
    for one in plan.placed:
        at = one.home, one.document, one.part, one.on
        sums[at] = sums.get(at, 0) + one.amount_minor
    return [Placed(*at, minor) for at, minor in sums.items() if minor]


def _note_postings(changes: Changes, account: AccountRead, plan: AccountPlan) -> None:
    missing = {
        (item, account_.value, on): minor
        for (item, account_, on), minor in pairs_of_parts(plan.placed).items()
    }
    for row in account.appropriated:
        at = str(row.item_id), row.account, row.effective_on
        if missing.get(at) == row.amount_minor:
            del missing[at]
        else:
            changes.ended.append(row)
    for (item, code, on), minor in missing.items():
        changes.written.append(
            Written(UUID(item), PostingKind.APPROPRIATION, code, on, minor, account.key[2])
        )
