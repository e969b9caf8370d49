"""The calculator of fixed terms: what starts the term, the last day, the alarms before it; for a freeze its renewal."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements.engine.deadlines import Deadline, count_down
from jieqing.claims.entitlements.engine.deadlines_guarantee import (
    GuaranteeAct,
    GuaranteeFacts,
    GuaranteeKind,
    GuaranteeResult,
    guarantee_period,
    state_on,
)
from jieqing.claims.entitlements.engine.deadlines_terms import TERMS, renewal_deadline, term_deadline
from jieqing.claims.entitlements.pages.fields import DayField, link_of, sentences, short_values
from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.kernel.clock import today
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.templatetags.kit import lang


class TermForm(forms.Form):
    term = forms.ChoiceField(
        label=gettext_lazy("期限"),
        error_messages={
            "required": gettext_lazy("请选择一项期限。"),
            "invalid_choice": gettext_lazy("没有这一项期限，请从列表中选择。"),
        },
    )
    start = DayField(
        label=gettext_lazy("起算事件发生日"), help_text=gettext_lazy("例如判决书送达之日；当日不计入。")
    )
    as_of = DayField(
        label=gettext_lazy("看哪一天的倒计时"), required=False, help_text=gettext_lazy("不填为今天。")
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        zh = lang() == "zh"
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            (code, f"{term.zh}（自{term.from_zh}）" if zh else f"{term.en} (from {term.from_en})")
            for code, term in TERMS.items()
        ]


class GuaranteeForm(forms.Form):
    due = DayField(label=gettext_lazy("主债务到期日"))
    kind = forms.ChoiceField(
        label=gettext_lazy("保证方式"),
        required=False,
        choices=[
            (GuaranteeKind.UNCLEAR.value, gettext_lazy("没写清楚")),
            (GuaranteeKind.GENERAL.value, gettext_lazy("一般保证")),
            (GuaranteeKind.JOINT.value, gettext_lazy("连带责任保证")),
        ],
    )
    until = DayField(
        label=gettext_lazy("约定的保证期间届满日"),
        required=False,
        help_text=gettext_lazy("没有约定，或写“至还清为止”的，不填。"),
    )
    demand = DayField(
        label=gettext_lazy("请求保证人承担责任的日期"),
        required=False,
        help_text=gettext_lazy("须有到达凭证。"),
    )
    suit = DayField(
        label=gettext_lazy("对债务人起诉或仲裁的日期"), required=False, help_text=gettext_lazy("撤诉的不填。")
    )
    signed = DayField(label=gettext_lazy("保证合同签订日"), required=False)
    as_of = DayField(
        label=gettext_lazy("看哪一天的倒计时"), required=False, help_text=gettext_lazy("不填为今天。")
    )


@requires(PUBLIC)
@require_safe
def deadline_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values = short_values(request.GET, TermForm.base_fields)
    form = TermForm(values if values else None)
    deadlines: list[Deadline] = []
    if form.is_bound and form.is_valid():
        found = term_deadline(form.cleaned_data["term"], form.cleaned_data["start"])
        if is_problem(found):
            form.add_error("start", sentences(found))
        else:
            deadlines = [renewal_deadline(found), found] if found.code.startswith("freeze_") else [found]
    as_of = _as_of(form)
    if deadlines:
        values["as_of"] = as_of.isoformat()
    return calculator_page(
        request,
        "entitlements/deadlines.html",
        description=_("程序期限计算：上诉、支付令、保全续行、优先受偿权等的最后一日与提前提醒。"),
        link=link_of(request.path, values) if deadlines else "",
        citations=[reason.citation for deadline in deadlines for reason in reasons_of(deadline)],
        form=form,
        as_of=as_of,
        results=[(deadline, count_down(deadline, as_of)) for deadline in deadlines],
    )


@requires(PUBLIC)
@require_safe
def guarantee_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values = short_values(request.GET, GuaranteeForm.base_fields)
    form = GuaranteeForm(values if values else None)
    result: GuaranteeResult | None = None
    if form.is_bound and form.is_valid():
        found = guarantee_period(_guarantee_facts(form.cleaned_data))
        if is_problem(found):
            form.add_error(None, sentences(found))
        else:
            result = found
    as_of = _as_of(form)
    if result:
        values["as_of"] = as_of.isoformat()
    return calculator_page(
        request,
        "entitlements/guarantee.html",
        description=_("保证期间计算：到哪一天、须对谁做什么、错过的后果。"),
        link=link_of(request.path, values) if result else "",
        citations=[reason.citation for reason in reasons_of(result.deadline)] if result else (),
        form=form,
        as_of=as_of,
        result=result,
        state=state_on(result, as_of).value if result else "",
        results=[(result.deadline, count_down(result.deadline, as_of))] if result else [],
    )


def reasons_of(deadline: Deadline) -> list[Any]:
    return [*deadline.reasons, *deadline.missing, *deadline.warnings]


def _as_of(form: forms.Form) -> Any:
    return getattr(form, "cleaned_data", {}).get("as_of") or today()


def _guarantee_facts(told: dict[str, Any]) -> GuaranteeFacts:
    acts = []
    if told["demand"]:
        acts.append(GuaranteeAct(told["demand"], is_demand_of_guarantor=True))
    if told["suit"]:
        acts.append(GuaranteeAct(told["suit"], is_suit_against_debtor=True))
    return GuaranteeFacts(
        told["due"],
        GuaranteeKind(told["kind"] or GuaranteeKind.UNCLEAR),
        agreed_until=told["until"],
        signed_on=told["signed"],
        acts=tuple(acts),
    )
