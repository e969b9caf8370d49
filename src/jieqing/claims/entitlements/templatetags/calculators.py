"""How the calculators write a reason, a citation, an amount and a countdown in the reader's language."""

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext

from jieqing.claims.entitlements.engine.citations import Citation
from jieqing.claims.entitlements.engine.citations_named import citations_named
from jieqing.claims.entitlements.engine.deadlines import Countdown, CountdownState
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.kernel.money import format_amount
from jieqing.kernel.rates import Rate
from jieqing.plumbing.templatetags.kit import lang

register = template.Library()


@register.filter
def said(value: Any) -> str:
    """The sentence of a reason, a deadline or anything else that has ``text(lang)``."""
    return str(value.text(lang()))


@register.filter
def cited(citation: Citation | None) -> str:
    return citation.text(lang()) if citation else ""


@register.filter
def yuan(fen: int) -> str:
    return format_amount(fen, "CNY", lang())


@register.filter
def left_words(countdown: Countdown) -> str:
    """How long is left, or since when it is over."""
    if countdown.state is CountdownState.LAST_DAY:
        return gettext("就是今天")
    if countdown.state is CountdownState.PASSED:
        days = -countdown.days_left
        return ngettext("已过 %(days)s 天", "已过 %(days)s 天", days) % {"days": days}
    return ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", countdown.days_left) % {
        "days": countdown.days_left
    }


@register.filter
def anchor_of(article: str) -> str:
    """Where on the page the first article that a rule names is printed."""
    named = citations_named(article)
    return f"#art-{named[0].key}" if named else "#result"


@register.filter
def rate_words(rate: Rate) -> str:
    """A rate with its day count, in percent: 4.485% / 365 days."""
    percent = format((rate.rate * 100).normalize(), "f")
    return ngettext("%(rate)s%%／%(days)s 天", "%(rate)s%%／%(days)s 天", rate.day_count) % {
        "rate": percent,
        "days": rate.day_count,
    }


@register.filter
def part_words(part: Part) -> str:
    words = {
        Part.INTEREST: gettext("利息"),
        Part.PENALTY: gettext("违约金或逾期损失"),
        Part.DOUBLED: gettext("加倍部分"),
        Part.PRINCIPAL: gettext("本金"),
        Part.COSTS: gettext("实现债权的费用"),
    }
    return words[part]
