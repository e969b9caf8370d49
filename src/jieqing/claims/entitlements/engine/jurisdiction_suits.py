"""Where a suit can be brought: arbitration, exclusive jurisdiction, a chosen court, else the law's places.

Source: 民事诉讼法 18 to 36; 民诉法解释 3, 4, 18 to 32; 仲裁法 5; 民法典 511.
"""

from __future__ import annotations

from dataclasses import replace

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.jurisdiction_answers import Forum, Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_facts import (
    EXCLUSIVE,
    Arbitration,
    Dispute,
    JurisdictionFacts,
    Link,
)
from jieqing.claims.entitlements.engine.jurisdiction_levels import level_of


def suit_courts(facts: JurisdictionFacts) -> Suggestion:
    if facts.arbitration is Arbitration.VALID:
        rule = cite("arbitration", 5)
        return Suggestion(
            (),
            (
                Reason(
                    "有有效的仲裁协议，法院不予受理，应向约定的仲裁机构申请",
                    "a valid arbitration clause: no court takes the case; go to the institution named",
                    rule,
                ),
            ),
            (),
            (
                Reason(
                    "仲裁法已于 2026-03-01 修订施行，条号须核对",
                    "the Arbitration Law was revised from 2026-03-01: check the number",
                    rule,
                ),
            ),
        )
    found = _suit_forums(facts)
    if facts.arbitration is Arbitration.UNCLEAR:
        found = replace(
            found,
            missing=(
                *found.missing,
                Reason(
                    "仲裁条款是否有效：是否写明仲裁机构和仲裁事项",
                    "whether the arbitration clause is good: does it name the institution and the matters",
                    cite("arbitration", 5),
                ),
            ),
        )
    level, reason, missing, warnings = level_of(facts)
    forums = tuple(replace(forum, level=level, reasons=(*forum.reasons, reason)) for forum in found.forums)
    return replace(
        found, forums=forums, missing=(*found.missing, *missing), warnings=(*found.warnings, *warnings)
    )


def _suit_forums(facts: JurisdictionFacts) -> Suggestion:
    if facts.dispute in EXCLUSIVE:
        return _property_place(facts)
    if facts.agreed_place is None:
        return _by_law(facts)
    problem = _agreement_problem(facts)
    if problem:
        found = _by_law(facts)
        return replace(found, ruled_out=(problem, *found.ruled_out))
    reason = Reason(
        f"书面约定由{facts.agreed_place}法院管辖，与争议有实际联系，按约定",
        f"the court of {facts.agreed_place} was chosen in writing and has a real link",
        cite("civil_procedure", 35),
    )
    warnings: list[Reason] = []
    if facts.is_consumer_form:
        warnings.append(
            Reason(
                "对消费者的格式条款，未合理提请注意的，消费者可主张无效",
                "a standard form with a consumer: void at his request when he was not made aware",
                cite("procedure_reading", 31),
            )
        )
    if facts.agreed_link in (Link.DEFENDANT, Link.PLAINTIFF):
        warnings.append(
            Reason(
                "约定一方住所地的，以签订协议时的住所地为准",
                "a party's home means the home when the choice was signed",
                cite("procedure_reading", 32),
            )
        )
    return Suggestion((Forum(facts.agreed_place, None, True, (reason,)),), warnings=tuple(warnings))


def _property_place(facts: JurisdictionFacts) -> Suggestion:
    rule = cite("procedure_reading", 28)
    reason = Reason(
        "按不动产纠纷确定管辖，专属不动产所在地（已登记的看登记簿，未登记的看实际所在地）",
        "treated as real estate: only the place of the property (the register's, else the actual place)",
        rule,
    )
    ruled_out = []
    if facts.agreed_place and facts.agreed_place != facts.property_place:
        ruled_out.append(
            Reason(
                f"约定{facts.agreed_place}法院违反专属管辖，无效",
                f"the choice of {facts.agreed_place} breaks exclusive jurisdiction and is void",
                cite("civil_procedure", 35),
            )
        )
    missing = (
        ()
        if facts.property_place
        else (Reason("不动产或工程所在地", "the place of the property or works", rule),)
    )
    return Suggestion((Forum(facts.property_place, None, True, (reason,)),), tuple(ruled_out), missing)


def _agreement_problem(facts: JurisdictionFacts) -> Reason | None:
    rule = cite("civil_procedure", 35)
    if not facts.is_agreement_written:
        return Reason("管辖约定不是书面形式，不采", "the choice of court is not in writing", rule)
    if facts.agreed_link is Link.NONE:
        return Reason(
            f"约定的{facts.agreed_place}与争议没有实际联系，不采",
            f"{facts.agreed_place} has no real link to the dispute",
            rule,
        )
    return None


def _by_law(facts: JurisdictionFacts) -> Suggestion:
    performance, ruled_out, missing = _performance(facts)
    home, home_missing = home_court(facts)
    forums = (performance, home) if performance else (home,)
    seen: dict[str | None, Forum] = {}
    for forum in forums:
        if forum.place is None or forum.place not in seen:
            seen[forum.place] = forum
        else:
            seen[forum.place] = replace(
                seen[forum.place], reasons=(*seen[forum.place].reasons, *forum.reasons)
            )
    return Suggestion(tuple(seen.values()), ruled_out, (*missing, *home_missing))


def _performance(facts: JurisdictionFacts) -> tuple[Forum | None, tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the place of performance, what rules it out, and what is missing."""
    if facts.performance_place:
        homes = (facts.creditor_place, facts.debtor_place)
        if facts.is_performed is False and facts.performance_place not in homes:
            rule = cite("procedure_reading", 18, "第三款", "(3)")
            return (
                None,
                (
                    Reason(
                        "合同没有实际履行，双方住所地都不在约定的履行地，只能由被告住所地管辖",
                        "never performed and neither party lives at the agreed place: only the defendant's home",
                        rule,
                    ),
                ),
                (),
            )
        rule = cite("procedure_reading", 18, "第一款", "(1)")
        reason = Reason("合同约定的履行地", "the place of performance that the contract names", rule)
        return Forum(facts.performance_place, None, False, (reason,)), (), ()
    if facts.dispute is Dispute.LEASE:
        rule = cite("procedure_reading", 19)
        reason = Reason("租赁物使用地为合同履行地", "the place where the leased thing is used", rule)
        missing = (
            () if facts.property_place else (Reason("租赁物使用地", "where the leased thing is used", rule),)
        )
        return Forum(facts.property_place, None, False, (reason,)), (), missing
    rule = (
        cite("loan_rules", 3)
        if facts.dispute is Dispute.LOAN
        else cite("procedure_reading", 18, "第二款", "(2)")
    )
    reason = Reason(
        "履行地没有约定或约定不明，争议标的为给付货币，接收货币一方（债权人）所在地为合同履行地",
        "no clear place of performance and money is claimed: the place of the one who receives it, the creditor",
        rule,
    )
    missing = () if facts.creditor_place else (Reason("债权人住所地", "the creditor's home", rule),)
    return Forum(facts.creditor_place, None, False, (reason,)), (), missing


def home_court(facts: JurisdictionFacts) -> tuple[Forum, tuple[Reason, ...]]:
    rule = cite("civil_procedure", 22)
    if facts.debtor_residence and facts.debtor_residence != facts.debtor_place:
        reason = Reason(
            "被告经常居住地（离开住所地连续居住一年以上）",
            "the defendant's habitual residence (a year or more away from home)",
            cite("procedure_reading", 4),
        )
        proof = Reason("连续居住一年以上的证明", "proof of a year's residence", cite("procedure_reading", 4))
        return Forum(facts.debtor_residence, None, False, (reason,)), (proof,)
    reason = Reason("被告住所地", "the defendant's home", rule)
    if facts.debtor_place:
        return Forum(facts.debtor_place, None, False, (reason,)), ()
    wanted = Reason(
        "被告住所地（公司看主要办事机构或登记地，个人看户籍）",
        "the defendant's home (head office or register; household register)",
        cite("procedure_reading", 3),
    )
    return Forum(None, None, False, (reason,)), (wanted,)
