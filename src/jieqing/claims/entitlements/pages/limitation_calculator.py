"""The limitation calculator: a due day and up to twelve events, each with the paper at hand; the safe and arguable day."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements.engine.deadlines import Countdown, count_down
from jieqing.claims.entitlements.engine.limitation import LimitationResult, limitation
from jieqing.claims.entitlements.engine.limitation_events import (
    ACTS,
    OBSTACLES,
    Act,
    Event,
    Group,
    Obstacle,
    ObstacleKind,
)
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.claims.entitlements.engine.limitation_proof import Judgement, Material, judge_proof
from jieqing.claims.entitlements.pages.fields import DayField, link_of, sentences, short_values
from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.claims.entitlements.pages.limitation_words import GRADES, MATERIALS, STATES, TONES
from jieqing.kernel.clock import today
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.templatetags.kit import lang

ROWS_MAX = 12
ROWS_FIRST = 2


class ClaimForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("计算什么"),
        required=False,
        choices=[
            (ClaimKind.CLAIM.value, gettext_lazy("起诉、仲裁（三年）")),
            (ClaimKind.ENFORCEMENT.value, gettext_lazy("申请执行（二年）")),
        ],
    )
    due = DayField(
        label=gettext_lazy("到期日"),
        required=False,
        help_text=gettext_lazy("分期的填最后一期；执行的填判决履行期最后一日。"),
    )
    grace = DayField(
        label=gettext_lazy("没有到期日：首次催告宽限期的最后一日"),
        required=False,
    )
    obstacle = forms.ChoiceField(label=gettext_lazy("有没有无法主张的障碍"), required=False)
    hindered_from = DayField(label=gettext_lazy("障碍开始"), required=False)
    hindered_until = DayField(
        label=gettext_lazy("障碍消除"), required=False, help_text=gettext_lazy("尚未消除的不填。")
    )
    as_of = DayField(
        label=gettext_lazy("看哪一天的倒计时"), required=False, help_text=gettext_lazy("不填为今天。")
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        zh = 0 if lang() == "zh" else 1
        self.fields["obstacle"].choices = [  # type: ignore[attr-defined]
            ("", _("没有")),
            *((kind.value, words[zh]) for kind, words in OBSTACLES.items()),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("obstacle") and not told.get("hindered_from") and "hindered_from" not in self.errors:
            self.add_error("hindered_from", _("请填写障碍开始的日期。"))
        return told


class EventForm(forms.Form):
    """One event; the names carry the number of its row: ``e1-on``."""

    on = DayField(label=gettext_lazy("日期"), required=False)
    act = forms.ChoiceField(label=gettext_lazy("发生了什么"), required=False)
    paper = forms.ChoiceField(
        label=gettext_lazy("手里有什么"),
        required=False,
        choices=[(material.value, label) for material, label in MATERIALS.items()],
    )
    until = DayField(label=gettext_lazy("终结日或新到期日"), required=False)
    pending = forms.BooleanField(label=gettext_lazy("程序还没结束"), required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        zh = lang() == "zh"
        groups = {
            Group.DEMAND: _("债权人主张"),
            Group.CONSENT: _("债务人同意"),
            Group.PROCEEDING: _("法律程序"),
        }
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            (
                groups[group],
                [(act.value, w.zh if zh else w.en) for act, w in ACTS.items() if w.group is group],
            )
            for group in Group
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("on") and "on" not in self.errors and (told.get("until") or told.get("pending")):
            self.add_error("on", _("请填写这件事发生的日期。"))
        return told


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """An event of the form with what its paper is worth."""

    event: Event
    judged: Judgement
    paper: str

    @property
    def words(self) -> str:
        return ACTS[self.event.act].zh if lang() == "zh" else ACTS[self.event.act].en

    @property
    def grade(self) -> str:
        return str(GRADES[self.event.grade])

    @property
    def tone(self) -> str:
        return TONES[self.event.grade]


@requires(PUBLIC)
@require_safe
def limitation_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values = _values(request.GET)
    form = ClaimForm(values if values else None)
    rows = _rows(request.GET, values)
    result: LimitationResult | None = None
    judged: list[JudgedEvent] = []
    is_good = form.is_bound and form.is_valid()
    if all(row.is_valid() for row in rows if row.is_bound) and is_good:
        judged = [_judge(row.cleaned_data) for row in rows if row.is_bound and row.cleaned_data.get("on")]
        found = limitation(_facts(form.cleaned_data, judged))
        if is_problem(found):
            form.add_error(None, sentences(found))
        else:
            result = found
    as_of = getattr(form, "cleaned_data", {}).get("as_of") or today()
    if result:
        values["as_of"] = as_of.isoformat()
    return calculator_page(
        request,
        "entitlements/limitation.html",
        description=_("诉讼时效与申请执行期限计算：中断、中止、最长二十年，逐步给出依据和还缺的证据。"),
        link=link_of(request.path, values) if result else "",
        citations=_citations(result),
        form=form,
        rows=rows,
        more_rows=min(ROWS_MAX, len(rows) + 1) if len(rows) < ROWS_MAX else 0,
        as_of=as_of,
        result=result,
        state_words=str(STATES[result.state.value]) if result else "",
        judged=judged,
        results=_results(result, as_of),
    )


def _results(result: LimitationResult | None, as_of: Any) -> list[tuple[Any, Countdown]]:
    return [(result.deadline, count_down(result.deadline, as_of))] if result and result.deadline else []


def _values(query: QueryDict) -> dict[str, str]:
    names = [*ClaimForm.base_fields]
    names += [f"e{number}-{name}" for number in range(1, ROWS_MAX + 1) for name in EventForm.base_fields]
    return short_values(query, names)


def _rows(query: QueryDict, values: dict[str, str]) -> list[EventForm]:
    """Return a form for each row that says something, and empty ones up to the number asked for."""
    dated = ("on", "until", "pending")
    used = [n for n in range(1, ROWS_MAX + 1) if any(f"e{n}-{name}" in values for name in dated)]
    asked = query.get("rows", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
    count = min(ROWS_MAX, max(ROWS_FIRST, wanted, *used, len(used) + 1 if used else 0))
    for number in set(range(1, ROWS_MAX + 1)) - set(used):
        for name in EventForm.base_fields:
            values.pop(f"e{number}-{name}", None)  # an empty row's selects say nothing: keep the link short
    return [EventForm(values if n in used else None, prefix=f"e{n}") for n in range(1, count + 1)]


def _judge(told: dict[str, Any]) -> JudgedEvent:
    act = Act(told["act"] or Act.DEMAND)
    material = Material(told["paper"] or Material.NOTHING)
    judged = judge_proof(act, material)
    group = ACTS[act].group
    until = told["until"]
    event = Event(
        told["on"],
        act,
        judged.grade,
        ended_on=until if group is Group.PROCEEDING else None,
        is_pending=bool(told["pending"]) and group is Group.PROCEEDING and until is None,
        new_due_on=until if group is Group.CONSENT else None,
    )
    return JudgedEvent(event, judged, str(MATERIALS[material]))


def _facts(told: dict[str, Any], judged: list[JudgedEvent]) -> LimitationFacts:
    obstacles: tuple[Obstacle, ...] = ()
    if told["obstacle"]:
        kind = ObstacleKind(told["obstacle"])
        obstacles = (Obstacle(told["hindered_from"], told["hindered_until"], kind),)
    return LimitationFacts(
        kind=ClaimKind(told["kind"] or ClaimKind.CLAIM),
        due_on=told["due"],
        grace_ends_on=told["grace"],
        events=tuple(row.event for row in judged),
        obstacles=obstacles,
    )


def _citations(result: LimitationResult | None) -> list[Any]:
    if result is None:
        return []
    reasons = [*result.chain, *result.missing, *result.warnings]
    if result.deadline:
        reasons = [*result.deadline.reasons, *reasons]
    return [reason.citation for reason in reasons]
