"""The interface contract: before the button stands whether it may be pressed, from when, or why not. Same codes on pages and API.

- ``allow`` 可联系; ``needs_approval`` 须审批;
- ``not_before`` 某时后可联系: every denial lifts with time, and this is the first instant at which none stands;
- ``never`` 不可联系: at least one denial does not lift with time.

One reason leads (the verdict carries all): for ``not_before`` one of those that lift, for ``never`` one that does not; law before
policy, a rule that was judged before one that lacked a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.verdicts import ALLOW, DENY, NEEDS_APPROVAL, Reason, Verdict

Pair = tuple[str, str]
BEIJING = ZoneInfo("Asia/Shanghai")


class Code(StrEnum):
    """Values are a contract: never rename one."""

    ALLOW = "allow"
    NEEDS_APPROVAL = "needs_approval"
    NOT_BEFORE = "not_before"
    NEVER = "never"


TONES: dict[Code, str] = {
    Code.ALLOW: "good",
    Code.NEEDS_APPROVAL: "warn",
    Code.NOT_BEFORE: "",
    Code.NEVER: "bad",
}
NAMES: dict[Code, Pair] = {
    Code.ALLOW: ("可联系", "May be contacted"),
    Code.NEEDS_APPROVAL: ("须审批", "Needs approval"),
    Code.NOT_BEFORE: ("{at} 后可联系", "From {at}"),
    Code.NEVER: ("不可联系", "May not be contacted"),
}
FACT_NAMES: dict[str, Pair] = {
    "timezone": ("时区未知", "time zone unknown"),
    "number_valid": ("号码是否有效未知", "validity of the number unknown"),
    "debt_kind": ("债务种类未申报", "kind of debt not declared"),
    "creditor_kind": ("债权人种类未知", "kind of creditor unknown"),
    "time_barred": ("时效未知", "limitation unknown"),
    "identity_verified": ("身份核验情况未知", "identity check unknown"),
    "discloses_debt": ("内容是否透露欠款未知", "whether it discloses the debt unknown"),
    "scan_verdict": ("内容未扫描", "content not scanned"),
    "script_filed": ("话术是否备案未知", "whether the script is filed unknown"),
    "recording_notice": ("录音告知未知", "recording notice unknown"),
    "ai_label": ("智能语音标识未知", "AI label unknown"),
}
# What to do about a fact that nobody recorded: said beside the button, because nothing else opens it.
FACT_TODO: dict[str, Pair] = {
    "timezone": (
        "请在联系方式页面登记对方所在时区。",
        "State the person's time zone on the page of contact points.",
    ),
    "number_valid": ("请核实这个联系方式是否有效。", "Find out whether the contact point is valid."),
    "debt_kind": ("请在委案页面填写债权说明。", "Declare the debts on the placement's page."),
    "creditor_kind": ("请在委案页面填写债权说明。", "Declare the debts on the placement's page."),
    "time_barred": (
        "请在委案页面填写债权说明，补齐计算时效的日期。",
        "Declare the debts on the placement's page, with the dates that limitation runs on.",
    ),
}


@dataclass(frozen=True, slots=True)
class ContactVerdict:
    """What stands before one button. `article` and `rule` are the leading reason's; `reasons` are all."""

    code: Code
    not_before: datetime | None
    rule: str
    article: Pair
    why: Pair
    reasons: tuple[Reason, ...]
    at: datetime

    @property
    def todo(self) -> Pair | None:
        """What to do first about facts that are missing; None when nothing known helps."""
        missing = [fact for reason in self.reasons for fact in reason.missing]
        return next((FACT_TODO[fact] for fact in missing if fact in FACT_TODO), None)

    @property
    def tone(self) -> str:
        return TONES[self.code]

    def label(self, lang: str) -> str:
        """Return the words on the page: green "可联系", grey "08:00 后可联系 · GB/T 45251—2025 5.3", red "不可联系 · 已提出异议"."""
        place = 0 if lang.startswith("zh") else 1
        name = NAMES[self.code][place]
        if self.code is Code.ALLOW:
            return name
        if self.code is Code.NOT_BEFORE and self.not_before is not None:
            return f"{name.format(at=self._moment())} · {self.article[place]}"
        return f"{name} · {self.why[place]}"

    def as_dict(self) -> dict[str, JSON]:
        """Return the form of the API: the same code as on the page, every reason with its article."""
        return {
            "code": self.code.value,
            "not_before": self.not_before.isoformat() if self.not_before else None,
            "label": {"zh": self.label("zh"), "en": self.label("en")},
            "todo": {"zh": self.todo[0], "en": self.todo[1]} if self.todo else None,
            "reasons": [reason.as_dict() for reason in self.reasons],
        }

    def shown(self, lang: str) -> dict[str, object]:
        """Return what `<c-contact-verdict>` takes, in the reader's language."""
        return {
            "code": self.code.value,
            "tone": self.tone,
            "label": self.label(lang),
            "todo": self.todo[0 if lang == "zh" else 1] if self.todo else "",
            "reasons": [
                {
                    "rule": reason.rule.id,
                    "article": reason.rule.article.text(lang),
                    "text": reason.text(lang),
                }
                for reason in self.reasons
            ],
        }

    def _moment(self) -> str:
        """The person's own clock; with the date when it is not today there."""
        assert self.not_before is not None
        today = self.at.astimezone(self.not_before.tzinfo).date()
        form = "%H:%M" if self.not_before.date() == today else "%m-%d %H:%M"
        return self.not_before.strftime(form)


def allowed(at: datetime) -> ContactVerdict:
    """Return the verdict of a permit that was given."""
    return ContactVerdict(Code.ALLOW, None, "", ("", ""), ("", ""), (), at)


def told(verdict: Verdict, at: datetime) -> ContactVerdict:
    """Return a verdict of the gate as the interface says it."""
    code = _code(verdict)
    lead = _leading(code, verdict.reasons)
    return ContactVerdict(
        code=code,
        not_before=verdict.not_before if code is Code.NOT_BEFORE else None,
        rule=lead.rule.id if lead else "",
        article=(lead.rule.article.zh, lead.rule.article.en) if lead else ("", ""),
        why=_why(lead) if lead else ("", ""),
        reasons=tuple(verdict.reasons),
        at=at,
    )


def _code(verdict: Verdict) -> Code:
    if verdict.verdict == ALLOW:
        return Code.ALLOW
    if verdict.verdict == NEEDS_APPROVAL:
        return Code.NEEDS_APPROVAL
    return Code.NEVER if verdict.not_before is None else Code.NOT_BEFORE


def _leading(code: Code, reasons: Sequence[Reason]) -> Reason | None:
    """Return the reason that says most: of the verdict's own kind, judged before missing, lasting before lifting, law first."""
    wanted = DENY if code in (Code.NEVER, Code.NOT_BEFORE) else NEEDS_APPROVAL
    own = [reason for reason in reasons if reason.verdict == wanted]
    return min(own, key=_rank, default=None)


def _rank(reason: Reason) -> tuple[bool, bool, bool]:
    return bool(reason.missing), reason.rule.not_before is not None, reason.rule.is_policy


def _why(reason: Reason) -> Pair:
    if not reason.missing:
        return reason.rule.text.text("zh"), reason.rule.text.text("en")
    names = [FACT_NAMES.get(fact, (f"缺少事实 {fact}", f"missing fact {fact}")) for fact in reason.missing]
    return "、".join(name[0] for name in names), ", ".join(name[1] for name in names)
