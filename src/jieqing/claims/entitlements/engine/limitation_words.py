"""The sentences of the limitation engine: one for each thing an event or a rule did, with its article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import Deadline, Reason
from jieqing.claims.entitlements.engine.limitation_events import (
    ACTS,
    OBSTACLES,
    Act,
    Event,
    Grade,
    Group,
    Obstacle,
)
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts

# A bare payment is performance, which cannot be asked back (192), and a signed balance confirms a figure: neither
# promises to pay the rest of a debt whose time is over.
_AGREEMENTS = frozenset({Act.PROMISE, Act.PLAN, Act.DEFERRAL, Act.SECURITY, Act.SETTLEMENT})


class LimitationState(StrEnum):
    """Values stand in stored work lists: never rename one."""

    NOT_STARTED = "not_started"
    RUNS = "runs"
    HELD = "held"
    RENEWED = "renewed"


def state_of(is_held: bool, deadline: Deadline | None, expired_on: date | None) -> LimitationState:
    if is_held or deadline is None:
        return LimitationState.HELD
    return LimitationState.RENEWED if expired_on else LimitationState.RUNS


def gives_up_defence(event: Event) -> bool:
    """Whether an act after the expiry is the debtor's agreement to perform what is left."""
    return event.act in _AGREEMENTS


def group_of(event: Event) -> Group:
    return ACTS[event.act].group


def what_to_do(kind: ClaimKind) -> tuple[str, str]:
    if kind is ClaimKind.ENFORCEMENT:
        return "申请强制执行的最后一日", "last day to apply for enforcement"
    return "起诉、申请仲裁或以其他方式主张权利的最后一日", "last day to sue, arbitrate or otherwise interrupt"


def period(kind: ClaimKind, anchor: date, end: date) -> Reason:
    if kind is ClaimKind.ENFORCEMENT:
        return Reason(
            f"申请执行的期间为二年，自 {anchor} 次日起算，至 {end}",
            f"two years to apply for enforcement, from the day after {anchor} to {end}",
            cite("civil_procedure", 250),
            end,
        )
    if end.year - anchor.year < 3:
        return Reason(
            f"在 2017-10-01 之前届满，适用二年：自 {anchor} 次日起算，至 {end}",
            f"ended before 2017-10-01, so two years: from the day after {anchor} to {end}",
            cite("general_principles_reading", 3),
            end,
        )
    return Reason(
        f"诉讼时效期间三年，自 {anchor} 次日起算，至 {end}",
        f"three years, from the day after {anchor} to {end}",
        cite("civil_code", 188, "第一款", "(1)"),
        end,
    )


def restarted(event: Event) -> Reason:
    words = ACTS[event.act]
    if event.new_due_on and event.restart_on == event.new_due_on:
        zh, en = (
            f"，约定新的到期日 {event.new_due_on}，自该日起重新计算",
            f", new due date {event.new_due_on}: runs again from it",
        )
    elif event.ended_on:
        zh, en = (
            f"，程序于 {event.ended_on} 终结，自该日起重新计算",
            f", ended on {event.ended_on}: runs again from that day",
        )
    else:
        zh, en = "，时效中断，重新计算", ": interrupted, runs again"
    return Reason(f"{event.on} {words.zh}{zh}", f"{event.on} {words.en}{en}", words.citation, event.on)


def held(event: Event) -> Reason:
    words = ACTS[event.act]
    return Reason(
        f"{event.on} {words.zh}，程序尚未终结，终结时重新计算",
        f"{event.on} {words.en}, still pending: runs again when it ends",
        cite("civil_code", 195),
        event.on,
    )


def before_start(event: Event, anchor: date) -> Reason:
    words = ACTS[event.act]
    return Reason(
        f"{event.on} {words.zh}，在 {anchor} 之前，不改变起算日",
        f"{event.on} {words.en}: not after {anchor}, so the start does not move",
        words.citation,
        event.on,
    )


def too_late(event: Event, last_day: date, *, is_capped: bool) -> Reason:
    words = ACTS[event.act]
    if is_capped:
        return Reason(
            f"{event.on} {words.zh}，已超过二十年，不再重新计算",
            f"{event.on} {words.en}: after twenty years nothing starts again",
            cite("civil_code", 188, "第二款", "(2)"),
            event.on,
        )
    if event.act is Act.PART_PAYMENT:
        return Reason(
            f"{event.on} 付款在 {last_day} 届满之后：已付部分不得请求返还，其余部分须债务人明确同意履行，时效不因此恢复",
            f"{event.on} payment came after {last_day}: it cannot be asked back; the rest needs the debtor's clear agreement",
            cite("civil_code", 192, "第二款", "(2)"),
            event.on,
        )
    if event.act is Act.RECONCILIATION:
        return Reason(
            f"{event.on} 对账在 {last_day} 届满之后：仅确认数额，须债务人明确同意履行，时效不因此恢复",
            f"{event.on} balance was signed after {last_day}: it confirms a figure; the debt needs a clear agreement to pay",
            cite("limitation_rules", 19),
            event.on,
        )
    return Reason(
        f"{event.on} {words.zh}，在 {last_day} 届满之后，不再中断",
        f"{event.on} {words.en}: after {last_day}, interrupts nothing",
        cite("civil_code", 192, "第一款", "(1)"),
        event.on,
    )


def defence_given_up(event: Event) -> Reason:
    words = ACTS[event.act]
    return Reason(
        f"{event.on} {words.zh}：时效届满后债务人同意履行，不得再以时效抗辩，自 {event.restart_on} 重新起算",
        f"{event.on} {words.en}: agreed after the expiry, so the defence is given up; runs anew from {event.restart_on}",
        cite("limitation_rules", 19),
        event.on,
    )


def suspended(obstacle: Obstacle, end: date | None) -> Reason:
    zh, en, citation = OBSTACLES[obstacle.kind]
    if end is None:
        return Reason(
            f"{obstacle.on} 起{zh}，尚未消除；消除之日起满六个月届满",
            f"{en} since {obstacle.on}, not removed yet: ends six months after it is",
            citation,
            obstacle.on,
        )
    return Reason(
        f"最后六个月内{zh}（{obstacle.on} 至 {obstacle.until}），中止；自消除之日起满六个月，至 {end}",
        f"{en} ({obstacle.on} to {obstacle.until}) in the last six months: suspended, six months after its end, to {end}",
        citation,
        end,
    )


def not_in_last_months(obstacle: Obstacle) -> Reason:
    zh, en, _ = OBSTACLES[obstacle.kind]
    return Reason(
        f"{zh}（{obstacle.on} 至 {obstacle.until}）不在最后六个月内，不中止",
        f"{en} ({obstacle.on} to {obstacle.until}) lies outside the last six months: no suspension",
        cite("civil_code", 194),
        obstacle.on,
    )


def capped(end: date) -> Reason:
    return Reason(
        f"自权利受到损害之日起最长二十年，至 {end}，不适用中止、中断",
        f"at most twenty years from the harm, to {end}; neither suspended nor interrupted",
        cite("general_reading", 35),
        end,
    )


def proof_wanted(events: Iterable[Event]) -> tuple[Reason, ...]:
    """Return what would have to be proved for events that do not count fully, in the order of time."""
    wanted = []
    for event in sorted(events, key=lambda e: (e.on, e.act.value, e.grade)):
        if event.grade is Grade.PROVEN:
            continue
        words = ACTS[event.act]
        grade_zh, grade_en = _GRADES[event.grade]
        wanted.append(
            Reason(
                f"{event.on} {words.zh}：{grade_zh}。{_PROOF[words.group][0]}",
                f"{event.on} {words.en}: {grade_en}. {_PROOF[words.group][1]}",
                words.citation,
                event.on,
            )
        )
    return tuple(wanted)


def standing_warnings(facts: LimitationFacts, *, is_arguably_held: bool) -> tuple[Reason, ...]:
    found = []
    if is_arguably_held:
        found.append(
            Reason(
                "有一个尚未证实的未结程序；证实后期间停止计算",
                "a pending proceeding is not proved yet; once it is, nothing runs",
                cite("civil_code", 195),
            )
        )
    if facts.kind is ClaimKind.ENFORCEMENT and facts.obstacles:
        found.append(
            Reason(
                "执行程序解释第19条写作“继续计算”，比满六个月可能更早，请按更早的日期办理",
                "the enforcement interpretation says “runs on”, which may be earlier than six months: act earlier",
                cite("enforcement_reading", 19),
            )
        )
    if facts.instalments and facts.kind is ClaimKind.CLAIM:
        found.append(
            Reason(
                "仅限同一债务约定分期；租金、货款等各期独立成立的债务应分别计算",
                "only for one debt in parts; rent or separate deliveries run each for itself",
                cite("civil_code", 189),
            )
        )
    return tuple(found)


_GRADES = {
    Grade.LIKELY: (
        "证据较强但可能被质疑，只计入“可争取”的日期",
        "good but open to challenge; counted only for the arguable day",
    ),
    Grade.WEAK: ("证据薄弱，未计入", "weak, not counted"),
    Grade.NONE: ("没有证据，未计入", "no proof, not counted"),
}
_PROOF = {
    Group.DEMAND: (
        "需要：签收（法定代表人、负责人、收发部门或被授权人；自然人本人、同住成年亲属或被授权人）或到达凭证，并保存内容",
        "Needed: a signature (legal representative, head, mail office or authorised; the person, an adult relative living there "
        "or authorised) or proof of arrival, with the content kept",
    ),
    Group.CONSENT: (
        "需要：银行流水、签章文件，或能确认本人身份的信息原件",
        "Needed: a bank line, a signed paper, or original messages that identify the debtor",
    ),
    Group.PROCEEDING: (
        "需要：立案、受理或收件凭证，以及终结文书",
        "Needed: the court's or body's receipt, and the paper that ended it",
    ),
}
