"""Words of the case room for pages: the engine's pairs in the reader's language, and how a verdict is said."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.engine.priority import REASON_NAMES

REASON_TONES = {
    "high_value": "info",
    "likely_to_pay": "good",
    "unlikely_to_pay": "warn",
    "broken_promise": "bad",
    "clock": "warn",
    "promise": "good",
    "held": "warn",
}
# What people say instead of the code of a hold, where it stands after "不可联系".
HELD_WORDS = {
    "dispute": gettext_lazy("已提出异议"),
    "hardship": gettext_lazy("有困难"),
    "insolvency": gettext_lazy("破产或清算"),
    "deceased": gettext_lazy("已故"),
    "represented": gettext_lazy("请联系其代理人"),
    "legal_stay": gettext_lazy("法律中止"),
    "stale_data": gettext_lazy("数据或依据待更正"),
    "complaint": gettext_lazy("投诉未答复"),
}


def word(names: Mapping[Any, tuple[str, str]], code: str) -> str:
    """A code of the engine in the language on screen."""
    return code_words.name_of(names, code, lang())


def choices(names: Mapping[Any, tuple[str, str]], *, blank: Any = None) -> list[tuple[str, Any]]:
    """What a select offers, in the language on screen."""
    found: list[tuple[str, Any]] = [] if blank is None else [("", blank)]
    return found + [(str(code), pair[0 if lang() == "zh" else 1]) for code, pair in names.items()]


def reason_words(reasons: Iterable[str]) -> list[tuple[str, str]]:
    """Why a case stands where it stands: words and tone."""
    index = 0 if lang() == "zh" else 1
    return [(REASON_NAMES.get(code, (code, code))[index], REASON_TONES.get(code, "")) for code in reasons]


def contact_verdict(hold_kinds: Iterable[str], *, is_open: bool = True) -> tuple[str, str]:
    """Why the case itself forbids contact: words and tone, empty where it does not.

    A hold or an end would refuse every permit, so it is said in lists, too. Whether a permit would be given is the gate's
    verdict on each point and channel, which the page of the case asks of ``recovery.outreach``.
    """
    kinds = list(hold_kinds)
    if not is_open:
        return _("不可联系 · 已结案"), "wait"
    if kinds:
        return _("不可联系 · %(why)s") % {"why": HELD_WORDS.get(kinds[0], kinds[0])}, "bad"
    return "", ""
