"""The filter of the worklist: from an address to a `CaseFilter`, and back into words.

What an address says wrongly is left out; the list still appears. A link may name more than the form shows (a desk's number
leads here): those stand as chips.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.plumbing.listing import Chip
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases import selectors
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.pages.words import choices, word
from jieqing.recovery.cases.selectors import CaseFilter, Worker
from jieqing.recovery.cases.selectors.worklist import ALL_OPEN, CLOSED, FREE, MINE, QUEUE, WAITING

SEARCH_CHARS_MAX = 100
STATES = (
    (QUEUE, gettext_lazy("待办")),
    (WAITING, gettext_lazy("等待（暂停或稍后）")),
    (ALL_OPEN, gettext_lazy("全部在办")),
    (CLOSED, gettext_lazy("已结案")),
)
CLOCKS = {"near": gettext_lazy("时限临近"), "late": gettext_lazy("时限已过")}
PROMISES = {
    "any": gettext_lazy("有还款承诺"),
    "due": gettext_lazy("承诺今日到期"),
    "late": gettext_lazy("承诺已过期"),
}
DUES = {"today": gettext_lazy("今天该办"), "week": gettext_lazy("七天内该办")}
# Parameters of the address; ``q`` is the search of every list.
PARAMETERS = ("state", "stage", "owner", "hold", "clock", "promise", "closing", "currency", "track", "due", "next_until", "min_overdue")  # fmt: skip


class CaseFilterForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=STATES)
    stage = forms.ChoiceField(label=gettext_lazy("阶段"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("负责人"), required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("分组"),
        required=False,
        choices=[("", gettext_lazy("不分组")), ("stage", gettext_lazy("阶段"))],
    )

    def __init__(self, asked: Mapping[str, str], stages: Mapping[str, str], people: list[Worker]) -> None:
        super().__init__({"state": QUEUE, **asked})
        self.stages, self.people = stages, {str(one.user_id): one.name for one in people}
        self.fields["stage"].choices = [("", _("全部")), *stages.items()]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            (MINE, _("我的")),
            (FREE, _("无人负责")),
            *self.people.items(),
        ]


def wanted_of(asked: Mapping[str, Any]) -> CaseFilter:
    """What an address asks for; without a word about it, what is to be worked now."""
    told = {name: asked[name] for name in PARAMETERS if asked.get(name)}
    return CaseFilter.of_words(
        {"state": QUEUE, **told, "search": asked.get("q", "").strip()[:SEARCH_CHARS_MAX]}
    )


def chips_of(wanted: CaseFilter, form: CaseFilterForm) -> list[Chip]:
    """What narrows the list, each with the parameter that lifts it."""
    said = [
        ("stage", _("阶段"), form.stages.get(wanted.stage, wanted.stage)),
        ("owner", _("负责人"), _owner(wanted.owner, form)),
        (
            "hold",
            _("暂停"),
            _("有暂停") if wanted.hold == "any" else word(code_words.HOLD_NAMES, wanted.hold),
        ),
        ("clock", "", CLOCKS.get(wanted.clock, "")),
        ("promise", "", PROMISES.get(wanted.promise, "")),
        ("closing", _("结案"), word(code_words.CLOSING_NAMES, wanted.closing)),
        ("currency", _("币种"), wanted.currency),
        ("track", "", word(code_words.TRACK_NAMES, wanted.track)),
        ("due", "", DUES.get(wanted.due, "")),
        ("next_until", _("下一步不晚于"), wanted.next_until),
        ("min_overdue", _("逾期金额不低于（分）"), wanted.min_overdue),
    ]
    chips = [
        Chip(_("%(label)s：%(value)s") % {"label": label, "value": value} if label else str(value), (name,))
        for name, label, value in said
        if getattr(wanted, name) and value
    ]
    if wanted.search:
        chips.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": wanted.search}, ("q",)))
    if wanted.state != QUEUE:
        words = str(dict(STATES).get(wanted.state, wanted.state))
        chips.insert(0, Chip(_("%(label)s：%(value)s") % {"label": _("状态"), "value": words}, ("state",)))
    return chips


def _owner(owner: str, form: CaseFilterForm) -> str:
    return {MINE: _("我的"), FREE: _("无人负责")}.get(owner) or form.people.get(owner, "")


def stage_choices() -> dict[str, str]:
    return selectors.stage_names(lang())


def hold_choices() -> list[tuple[str, Any]]:
    return choices(code_words.HOLD_NAMES, blank=_("全部"))
