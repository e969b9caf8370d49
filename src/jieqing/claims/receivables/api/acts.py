"""Acts on items for other programs: write-off, application of a credit, recovery, set-off; approve, refuse, take back."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from jieqing.claims.receivables import access
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.models import LedgerAct
from jieqing.claims.receivables.selectors.acts import acts_on
from jieqing.claims.receivables.services import acts
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs


class ActIn(Schema):
    """``credit_id`` for an application or recovery; ``reference`` and ``notice_on`` for a set-off."""

    kind: ActKind
    amount_fen: int = Field(gt=0, le=10**15, description="Smallest units of the item's currency.")
    effective_on: date
    reason: str = Field(min_length=1, max_length=acts.REASON_CHARS_MAX)
    credit_id: UUID | None = None
    reference: str = Field("", max_length=acts.REFERENCE_CHARS_MAX)
    notice_on: date | None = None


class ActStepIn(Schema):
    step: Literal["approve", "refuse", "take_back"]
    reason: str = Field("", max_length=acts.REASON_CHARS_MAX)


class ActOut(Schema):
    id: UUID
    kind: str
    state: str
    item_id: UUID
    credit_id: UUID | None
    amount_fen: int
    effective_on: date
    notice_on: date | None
    revision: int | None
    back_revision: int | None


class ActsOut(Schema):
    acts: list[ActOut]


@router.get(
    "/ledger/items/{item_id}/acts",
    auth=needs("ledger.read"),
    response=ActsOut,
    operation_id="item_acts",
    summary="What was decided about an item, newest first",
)
def item_acts(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID]) -> Any:
    item = _known(access.item_by_id(request.actor, item_id))  # type: ignore[attr-defined]
    return {"acts": [_told(one) for one in acts_on(item)]}


@router.post(
    "/ledger/items/{item_id}/acts",
    auth=needs("ledger.decide"),
    response=ActOut,
    operation_id="act_on_item",
    summary="Write off, apply a credit, enter a recovery or set off; a write-off waits for a second person",
)
def act_on_item(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID], asked: ActIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    item = _known(access.item_by_id(actor, item_id))
    credit = _known(access.item_by_id(actor, asked.credit_id)) if asked.credit_id else None
    order = acts.ActOrder(
        kind=asked.kind,
        amount_minor=asked.amount_fen,
        effective_on=asked.effective_on,
        reason=asked.reason,
        credit=credit,
        reference=asked.reference,
        notice_on=asked.notice_on,
    )
    return _told(_sound(acts.act_on_item(actor=actor, item=item, order=order)))


@router.post(
    "/ledger/acts/{act_id}/steps",
    auth=needs("ledger.decide"),
    response=ActOut,
    operation_id="decide_act",
    summary="Approve or refuse a write-off as a second person, or take an act back",
)
def decide_act(request: HttpRequest, site_slug: Path[str], act_id: Path[UUID], asked: ActStepIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    act = _known(access.act_by_id(actor, act_id))
    return _told(_sound(acts.take_step(actor=actor, act=act, step=asked.step, reason=asked.reason)))


def _known(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _sound(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 409)
    return found


def _told(act: LedgerAct) -> dict[str, Any]:
    return {
        "id": act.id,
        "kind": act.kind,
        "state": act.state,
        "item_id": act.item_id,
        "credit_id": act.credit_id,
        "amount_fen": act.amount_minor,
        "effective_on": act.effective_on,
        "notice_on": act.notice_on,
        "revision": act.revision,
        "back_revision": act.back_revision,
    }
