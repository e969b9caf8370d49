"""The life of a site: which state follows which, who may take the step, and what must hold first.

draft → submitted → filed → live → suspended / closed. The table below is the whole truth: what it does not list cannot
happen. A tenant submits and leaves; the platform's operator files, returns and suspends, always with a reason; the
platform itself takes a filed site live when everything holds, and suspends and lifts for rent and for a filing that ran out.

``live`` needs four things, each a fact handed in: a working filing in force, the current agreement accepted, a licence on
file, a passed self-test of evidence. Nobody, not even the operator, may skip one.

A suspension says why (its cause) and only the same cause's cure, or the operator, lifts it.
"""

from dataclasses import dataclass
from enum import StrEnum

from jieqing.estate.sites.engine.tenancy import STATE_NAMES, SiteState
from jieqing.kernel.outcomes import Problem


class Mover(StrEnum):
    TENANT = "tenant"
    OPERATOR = "operator"
    PLATFORM = "platform"


class Cause(StrEnum):
    """Why a step was taken; stands in rows and evidence."""

    OPENED = "opened"
    SHORTCUT = "shortcut"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    FILED = "filed"
    READY = "ready"
    DECISION = "decision"
    RENT_UNPAID = "rent_unpaid"
    RENT_PAID = "rent_paid"
    FILING_EXPIRED = "filing_expired"
    FILING_RENEWED = "filing_renewed"
    LEFT = "left"


CAUSE_NAMES: dict[Cause, tuple[str, str]] = {
    Cause.OPENED: ("开始申请", "Application begun"),
    Cause.SHORTCUT: ("演示站点直接开通", "Opened by the shortcut of demonstrations"),
    Cause.SUBMITTED: ("提交核验", "Submitted for review"),
    Cause.WITHDRAWN: ("撤回修改", "Taken back for changes"),
    Cause.RETURNED: ("退回补正", "Returned for correction"),
    Cause.FILED: ("核验通过", "Reviewed and filed"),
    Cause.READY: ("条件齐备，自动开通", "Everything holds: opened by itself"),
    Cause.DECISION: ("平台决定", "Decision of the platform"),
    Cause.RENT_UNPAID: ("租用费未到账", "Rent not received"),
    Cause.RENT_PAID: ("租用费已到账", "Rent received"),
    Cause.FILING_EXPIRED: ("备案到期", "Filing ran out"),
    Cause.FILING_RENEWED: ("备案已更新", "Filing renewed"),
    Cause.LEFT: ("退租", "Tenant left"),
}

T, O, P = Mover.TENANT, Mover.OPERATOR, Mover.PLATFORM  # noqa: E741  a table reads best in single letters
_D, _S, _F, _L, _X, _C = (
    SiteState.DRAFT,
    SiteState.SUBMITTED,
    SiteState.FILED,
    SiteState.LIVE,
    SiteState.SUSPENDED,
    SiteState.CLOSED,
)
STEPS: dict[tuple[SiteState, SiteState], frozenset[tuple[Mover, Cause]]] = {
    (_D, _S): frozenset({(T, Cause.SUBMITTED)}),
    (_S, _D): frozenset({(T, Cause.WITHDRAWN), (O, Cause.RETURNED)}),
    (_S, _F): frozenset({(O, Cause.FILED)}),
    (_F, _D): frozenset({(O, Cause.RETURNED)}),
    (_F, _L): frozenset({(P, Cause.READY)}),
    (_L, _X): frozenset({(O, Cause.DECISION), (P, Cause.RENT_UNPAID), (P, Cause.FILING_EXPIRED)}),
    (_X, _L): frozenset({(O, Cause.DECISION), (P, Cause.RENT_PAID), (P, Cause.FILING_RENEWED)}),
    **{(state, _C): frozenset({(T, Cause.LEFT), (O, Cause.DECISION)}) for state in (_D, _S, _F, _L, _X)},
}
CURES = {Cause.RENT_PAID: Cause.RENT_UNPAID, Cause.FILING_RENEWED: Cause.FILING_EXPIRED}
_NEEDS_REASON = {Cause.DECISION, Cause.RETURNED, Cause.LEFT, Cause.FILED}


@dataclass(frozen=True, slots=True)
class Readiness:
    """The four facts that ``live`` needs."""

    filing_valid: bool
    agreement: bool
    licence: bool
    self_test: bool

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in LACKS if not getattr(self, name))


LACKS: dict[str, tuple[str, str]] = {
    "filing_valid": ("有效的备案", "a filing in force"),
    "agreement": ("已接受的服务协议", "the accepted agreement"),
    "licence": ("证照文件", "the licence"),
    "self_test": ("通过的存证自检", "a passed evidence self-test"),
}


def check_step(
    before: SiteState,
    after: SiteState,
    *,
    mover: Mover,
    cause: Cause,
    reason: str = "",
    readiness: Readiness | None = None,
    suspended_for: Cause | None = None,
) -> Problem | None:
    """Why this step cannot be taken, or None."""
    if (mover, cause) not in STEPS.get((before, after), frozenset()):
        return _no_step(before, after)
    if mover is not Mover.PLATFORM and cause in _NEEDS_REASON and not reason.strip():
        return Problem(
            code="site.reason_missing",
            zh="没有填写理由。",
            en="The reason is missing.",
            todo_zh="请写明理由，它会进入存证并告知站点负责人。",
            todo_en="Say why; it goes into evidence and the tenant is told.",
        )
    if cause in CURES and suspended_for is not CURES[cause]:
        return _no_step(before, after)
    if after is SiteState.LIVE and (readiness is None or readiness.missing):
        return _not_ready(readiness.missing if readiness else tuple(LACKS))
    return None


def _no_step(before: SiteState, after: SiteState) -> Problem:
    zh, en = STATE_NAMES[before]
    after_zh, after_en = STATE_NAMES[after]
    return Problem(
        code="site.no_such_step",
        zh=f"站点现在是“{zh}”，不能由此变为“{after_zh}”。",
        en=f'The site is "{en}" and cannot become "{after_en}" from here.',
        todo_zh="页面可能已过时，请刷新后查看当前状态。",
        todo_en="The page may be out of date: reload it and look at the present state.",
        details={"before": before.value, "after": after.value},
    )


def _not_ready(missing: tuple[str, ...]) -> Problem:
    return Problem(
        code="site.not_ready",
        zh="还不能开通，缺少：" + "、".join(LACKS[name][0] for name in missing) + "。",
        en="Not ready to go live; missing: " + ", ".join(LACKS[name][1] for name in missing) + ".",
        todo_zh="补齐后会自动开通，任何人都不能跳过。",
        todo_en="It goes live by itself once they are there; nobody can skip one.",
        details={"missing": list(missing)},
    )
