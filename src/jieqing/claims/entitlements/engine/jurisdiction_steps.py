"""Where the steps beside a suit belong: payment order, preservation, enforcement, confirmation of a mediated agreement.

Source: 民事诉讼法 104, 205, 225, 235; 民诉法解释 23, 427, 434; 执行程序解释 1.
"""

from __future__ import annotations

from dataclasses import replace

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.jurisdiction_answers import Forum, Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_facts import Aim, JurisdictionFacts
from jieqing.claims.entitlements.engine.jurisdiction_levels import Level
from jieqing.claims.entitlements.engine.jurisdiction_suits import home_court, suit_courts


def payment_order_court(facts: JurisdictionFacts) -> Suggestion:
    home, missing = home_court(facts)
    reason = Reason(
        "支付令由债务人住所地基层法院管辖，不论金额和管辖约定",
        "a payment order: the debtor's basic court, whatever the amount or agreement",
        cite("procedure_reading", 23),
    )
    rule = cite("procedure_reading", 427)
    ruled_out = tuple(
        Reason(zh, en, rule)
        for holds, zh, en in (
            (
                facts.has_pre_suit_preservation,
                "已申请诉前保全，不能申请支付令",
                "preservation before suit was applied for",
            ),
            (facts.is_debtor_missing, "债务人下落不明，不能申请支付令", "the debtor cannot be found"),
            (
                facts.has_counter_duty,
                "债权人有对待给付义务，不能申请支付令",
                "the creditor owes something in return",
            ),
        )
        if holds
    )
    guarantor = Reason(
        "支付令对保证人没有拘束力；单独起诉保证人的，支付令失效",
        "it does not bind a guarantor, and suing him alone ends it",
        cite("procedure_reading", 434),
    )
    forums = () if ruled_out else (Forum(home.place, Level.BASIC, True, (reason, *home.reasons)),)
    return Suggestion(forums, ruled_out, missing, (guarantor,))


def preservation_courts(facts: JurisdictionFacts) -> Suggestion:
    rule = cite("civil_procedure", 104, "第一款", "(1)")
    asset = Forum(
        facts.asset_place, None, False, (Reason("被保全财产所在地", "the place of the assets", rule),)
    )
    home, missing = home_court(facts)
    home = replace(home, reasons=(Reason("被申请人住所地", "the respondent's home", rule), *home.reasons))
    suit = suit_courts(replace(facts, aim=Aim.SUIT))
    if not facts.asset_place:
        missing = (
            Reason("财产所在地和明确的财产线索", "where the assets are, with clear data", rule),
            *missing,
        )
    others = tuple(
        replace(
            forum,
            reasons=(Reason("对案件有管辖权的法院", "a court competent for the case", rule), *forum.reasons),
        )
        for forum in suit.forums
        if forum.place not in (facts.asset_place, home.place)
    )
    return Suggestion((asset, home, *others), suit.ruled_out, (*missing, *suit.missing), suit.warnings)


def enforcement_courts(facts: JurisdictionFacts) -> Suggestion:
    rule = cite("civil_procedure", 235, "第一款", "(1)")
    first = Forum(
        facts.first_court_place, None, False, (Reason("第一审法院", "the court of first instance", rule),)
    )
    asset_reason = Reason(
        "与第一审法院同级的被执行财产所在地法院", "the court of the same level where the assets are", rule
    )
    forums = [first]
    missing = (
        [] if facts.first_court_place else [Reason("第一审法院所在地", "the place of the first court", rule)]
    )
    if facts.asset_place and facts.asset_place != facts.first_court_place:
        forums.insert(0, Forum(facts.asset_place, None, False, (asset_reason,)))
        missing.append(
            Reason(
                "该法院辖区有可供执行财产的证明",
                "proof that there are assets in that court's district",
                cite("enforcement_reading", 1),
            )
        )
    return Suggestion(tuple(forums), (), tuple(missing))


def confirmation_courts(facts: JurisdictionFacts) -> Suggestion:
    rule = cite("civil_procedure", 205, "第（二）项", "(2)")
    rows = (
        (facts.creditor_place, "当事人住所地", "a party's home"),
        (facts.debtor_place, "当事人住所地", "a party's home"),
        (facts.property_place, "标的物所在地", "the place of the object"),
        (facts.mediator_place, "调解组织所在地", "the mediator's place"),
    )
    forums = tuple(
        Forum(place, Level.BASIC, False, (Reason(zh, en, rule),)) for place, zh, en in rows if place
    )
    both = Reason(
        "双方共同申请，自调解协议生效之日起三十日内",
        "both parties together, within 30 days of its effect",
        rule,
    )
    missing = (
        ()
        if forums
        else (Reason("当事人住所地或调解组织所在地", "a party's home or the mediator's place", rule),)
    )
    return Suggestion(forums, (), missing, (both,))
