"""自己选单据: a person looks documents up, shares the line out over them, sees what would be posted, and posts it.

Everything chosen stands in the address: searching again keeps it, a reload shows it, and nothing is written before the
one button that says so. What is posted is worked out again under the ledger's lock; what no longer holds is refused there.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jieqing.claims.receipts import access, selectors, services
from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.sharing import Shared, share_out
from jieqing.claims.receipts.models import BankLine
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receivables.selectors.open_documents import OpenDocument, documents_to_pick
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

SEARCH_CHARS_MAX = 100
PARTS_MAX = 100


@dataclass
class Asked:
    """What the address says: words searched for, documents picked, amounts named, and whose the rest is."""

    words: str = ""
    picked: list[UUID] = field(default_factory=list)
    named: dict[UUID, int] = field(default_factory=dict)
    texts: dict[UUID, str] = field(default_factory=dict)
    debtor_id: UUID | None = None
    problem: Problem | None = None


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def bank_pick(request: HttpRequest, site_slug: str, line_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    line = access.line_by_id(actor, line_id)
    if is_problem(line):
        return problem_response(request, line, 404)
    if line.amount_minor <= 0 or selectors.with_matches([line])[0].match:
        return redirect("bank-line", site_slug, line.id)
    asked = _asked(request.POST if request.method == "POST" else request.GET, line)
    if request.POST.get("action") == "look":
        return redirect(f"{request.path}?{_address(asked)}")
    found = _documents(line, asked)
    shared = _shared(line, asked, found)
    if request.method == "POST" and asked.problem is None:
        if request.POST.get("seen", _sum(shared)) != _sum(shared):
            # Ticked or typed after the sum was worked out: show what it comes to before anything is posted.
            messages.warning(request, _("勾选或金额在计算之后改过，请看过新的合计再入账。"))
            return redirect(f"{request.path}?{_address(asked)}")
        choice = Choice(shared.parts, asked.debtor_id)
        done = services.approve(actor=actor, line=line, choice=choice)
        if not is_problem(done):
            messages.success(request, _("已处理，可以随时撤销。"))
            return redirect("bank-line", site_slug, line.id)
        asked.problem = done
    return render(
        request,
        "receipts/pick.html",
        _context(line, asked, found, shared),
        status=422 if asked.problem else 200,
    )


def _address(asked: Asked) -> str:
    """What was asked as a query, so that a reload and the back button show it again."""
    told: list[tuple[str, str]] = [("q", asked.words), *(("item", str(one)) for one in asked.picked)]
    told += [(f"part_{item_id}", text) for item_id, text in asked.texts.items() if text]
    told += [("debtor", str(asked.debtor_id))] if asked.debtor_id else []
    return urlencode(told)


def _sum(shared: Shared[UUID]) -> str:
    return str(sum(minor for _item, minor in shared.parts))


def _asked(told: QueryDict, line: BankLine) -> Asked:
    asked = Asked(words=told.get("q", "").strip()[:SEARCH_CHARS_MAX], debtor_id=_uuid(told.get("debtor", "")))
    ids = (_uuid(text) for text in told.getlist("item"))
    asked.picked = list(dict.fromkeys(one for one in ids if one))[:PARTS_MAX]
    for item_id in asked.picked:
        text = told.get(f"part_{item_id}", "").strip()
        asked.texts[item_id] = text[:40]
        if not text:
            continue
        minor = minor_of(text, line.currency)
        if minor is None or minor <= 0:
            asked.problem = Problem.of(problems.BAD_AMOUNT, text=text[:40])
        else:
            asked.named[item_id] = minor
    return asked


def minor_of(text: str, currency: str) -> int | None:
    """An amount as a person types it, or None. Example: minor_of("1,200.50", "CNY") == 120050"""
    bare = (
        text.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
        .replace(",", "")
        .strip("¥￥ 元")
    )
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.adjusted() > 15:
        return None
    found = to_minor(amount, currency)
    return found if isinstance(found, int) else None


def _documents(line: BankLine, asked: Asked) -> list[OpenDocument]:
    """Those picked first; then what the words find, or, before anybody has searched, what the payer may owe."""
    if asked.words:
        return documents_to_pick(
            currency=line.currency,
            words=asked.words,
            amount_minor=minor_of(asked.words, line.currency),
            item_ids=asked.picked,
        )
    offered = selectors.suggestions_for([line]).get(line.id, ())
    return documents_to_pick(
        currency=line.currency,
        words=line.counterparty_name,
        debtor_ids={one.debtor_id for one in offered},
        item_ids=asked.picked,
    )


def _shared(line: BankLine, asked: Asked, found: list[OpenDocument]) -> Shared[UUID]:
    opened = {one.item_id: one.open_minor for one in found}
    # A document that is paid meanwhile is still named to the ledger, whose sentence says so.
    picked = [(item_id, opened.get(item_id, 0)) for item_id in asked.picked]
    gone = {item_id for item_id, open_minor in picked if not open_minor and item_id not in asked.named}
    if gone and asked.problem is None:
        asked.problem = Problem.of(problems.PICKED_GONE, count=len(gone))
    return share_out(line.amount_minor, picked, asked.named)


def _context(
    line: BankLine, asked: Asked, found: list[OpenDocument], shared: Shared[UUID]
) -> dict[str, object]:
    parts = dict(shared.parts)
    debtors = {one.debtor_id: one.debtor_name for one in found}
    own = {one.debtor_id for one in found if one.item_id in parts}
    return {
        "line": line,
        "asked": asked,
        "rows": [
            (one, one.item_id in asked.picked, asked.texts.get(one.item_id, ""), parts.get(one.item_id))
            for one in found
        ],
        "used_minor": sum(parts.values()),
        "rest_minor": max(0, shared.rest_minor),
        "over_minor": max(0, -shared.rest_minor),
        "debtors": sorted(debtors.items(), key=lambda pair: pair[1]),
        # Parts of one debtor: the rest is that debtor's, nothing to ask.
        "asks_debtor": shared.rest_minor > 0 and len(own) != 1 and bool(debtors),
        "may_post": shared.rest_minor >= 0 and asked.problem is None and bool(parts or asked.debtor_id),
        "problem": asked.problem,
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
