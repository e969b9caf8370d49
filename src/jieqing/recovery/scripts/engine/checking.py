"""What a script must hold before it can be sent to review, besides what the scanner says of its words.

Structure, not style: variables declared and known, promised disclosures really in the text, those that a channel demands
promised at all, and nothing of the debt in a text that is said before anybody knows who listens, or to a stranger.
A finding is a sentence for the author; an empty list means that the text may be submitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.engine.variables import (
    VARIABLES,
    has_stray_brace,
    names_in,
    without_variables,
)
from jieqing.recovery.scripts.engine.words import (
    DISCLOSURES,
    SILENT_ABOUT_DEBT,
    Addressee,
    Channel,
    Disclosure,
    Purpose,
)

BODY_CHARS_MAX = 2_000
SMS_CHARS_MAX = 350
_SAID: dict[Disclosure, re.Pattern[str]] = {
    Disclosure.AGENCY: re.compile(r"\{agency\}"),
    Disclosure.PRINCIPAL: re.compile(r"\{creditor\}"),
    Disclosure.RECORDING: re.compile(r"录音|recorded", re.IGNORECASE),
    Disclosure.AI_LABEL: re.compile(r"人工智能|智能语音|智能助手|AI|机器", re.ASCII),
    Disclosure.HUMAN_KEY: re.compile(r"人工|真人|a person", re.IGNORECASE),
    Disclosure.OPT_OUT: re.compile(r"退订|回T|回N|STOP"),
    Disclosure.RIGHTS: re.compile(r"投诉|申诉|complain", re.IGNORECASE),
    Disclosure.DISPUTE_WAY: re.compile(r"异议|dispute", re.IGNORECASE),
    Disclosure.QUERY_WAY: re.compile(
        r"\{portal\}|明细|附件|随函|附表|附上|附后|复印件|核对|对照|流水|单据|算出来|算法|我解释|看合同|看单子|可以发您|计算|五行|enclosed"
    ),
    Disclosure.OFFICIAL_ACCOUNT: re.compile(r"账户|account"),
    Disclosure.LIMITATION_DEFENCE: re.compile(r"时效|limitation"),
    Disclosure.DOCUMENT: re.compile(r"\{document\}"),
}
# Words that tell a stranger that somebody owes, beside the variables that do.
_DEBT_WORDS = re.compile(
    r"欠|债|逾期|未付|应付|还款|还钱|还清|结清|催|贷款|overdue|\bdebt|\bowe", re.IGNORECASE
)
# What a channel demands of every text: a machine says that it is one and how to leave it; a text message can be stopped.
_DEMANDED: dict[Channel, tuple[Disclosure, ...]] = {
    Channel.VOICE_AI: (Disclosure.AI_LABEL, Disclosure.HUMAN_KEY),
    Channel.VOICE_NOTICE: (Disclosure.AGENCY, Disclosure.AI_LABEL, Disclosure.HUMAN_KEY),
    Channel.SMS: (Disclosure.AGENCY,),
}
_NO_OPT_OUT = {Purpose.WRONG_PARTY, Purpose.CLOSING}


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    zh: str
    en: str


def tells_debt(template: Template) -> bool:
    """Whether hearing it reveals that somebody owes: such a text waits until the listener is known."""
    names = names_in(template.body)
    return any(VARIABLES[name].tells_debt for name in names if name in VARIABLES) or bool(
        _DEBT_WORDS.search(without_variables(template.body))
    )


def findings(template: Template) -> list[Finding]:
    """Everything that keeps it from review, in a fixed order."""
    return [*_text(template), *_variables(template), *_disclosures(template), *_silence(template)]


def _text(template: Template) -> list[Finding]:
    found = []
    if not template.title.strip() or not template.body.strip():
        found.append(Finding("empty", "标题和正文都要写。", "Title and text are both needed."))
    if not template.channels:
        found.append(Finding("no_channel", "至少选一个渠道。", "Choose a channel."))
    most = SMS_CHARS_MAX if Channel.SMS in template.channels else BODY_CHARS_MAX
    if len(template.body) > most:
        found.append(
            Finding("too_long", f"正文超过 {most} 字。", f"The text is longer than {most} characters.")
        )
    if has_stray_brace(template.body):
        found.append(
            Finding("stray_brace", "有不成对或写错的花括号。", "A brace is stray or its variable misspelt.")
        )
    if not template.articles:
        found.append(Finding("no_article", "请写明依据的条文。", "Say by which article."))
    return found


def _variables(template: Template) -> list[Finding]:
    used, declared = set(names_in(template.body)), set(template.variables)
    found = []
    if unknown := sorted((used | declared) - VARIABLES.keys()):
        names = ", ".join(unknown)
        found.append(
            Finding("unknown_variable", f"没有这些变量：{names}。", f"There are no such variables: {names}.")
        )
    if undeclared := sorted((used & VARIABLES.keys()) - declared):
        names = ", ".join(undeclared)
        found.append(Finding("undeclared", f"用到但没有声明：{names}。", f"Used, not declared: {names}."))
    if unused := sorted(declared - used):
        names = ", ".join(unused)
        found.append(Finding("unused", f"声明了但没有用到：{names}。", f"Declared, not used: {names}."))
    return found


def _disclosures(template: Template) -> list[Finding]:
    found = []
    demanded = [one for channel in template.channels for one in _DEMANDED.get(channel, ())]
    if Channel.SMS in template.channels and template.purpose not in _NO_OPT_OUT:
        demanded.append(Disclosure.OPT_OUT)
    for one in dict.fromkeys([*template.disclosures, *demanded]):
        zh, en = DISCLOSURES[one]
        if not _SAID[one].search(template.body):
            found.append(
                Finding("not_said", f"正文没有写明“{zh}”。", f"The text does not say: {en.lower()}.")
            )
        elif one not in template.disclosures:
            found.append(
                Finding(
                    "not_promised",
                    f"这个渠道须声明“{zh}”，请勾选。",
                    f"This channel demands it, declare it: {en}.",
                )
            )
    return found


def _silence(template: Template) -> list[Finding]:
    is_silent = template.purpose in SILENT_ABOUT_DEBT or template.addressee is Addressee.CONTACT
    if is_silent and tells_debt(template):
        return [
            Finding(
                "tells_debt",
                "这类话术在知道对方是本人之前使用，或是对第三人说的，不能出现任何欠款信息。",
                "It is said before the listener is known, or to a third person: nothing of the debt may stand in it.",
            )
        ]
    return []
