"""The calculator of what is owed: one debt, its rate and up to eight payments; every run of days with its rule."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements import selectors
from jieqing.claims.entitlements.engine.citations import Citation
from jieqing.claims.entitlements.engine.citations_named import citations_named
from jieqing.claims.entitlements.engine.reading import facts_from
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.claims.entitlements.pages.fields import DayField, YuanField, link_of, sentences, short_values
from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.kernel.clock import today
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import PUBLIC, requires

PAYMENTS_MAX = 8
PAYMENTS_FIRST = 2
RATE_MAX = 1000


class PercentField(forms.CharField):
    """A yearly rate in percent as people type it; exact, never a float."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            percent = Decimal(text.replace("%", "").replace("％", "").strip())
        except InvalidOperation:
            percent = Decimal("NaN")
        if not (percent.is_finite() and 0 <= percent <= RATE_MAX and percent.adjusted() >= -8):
            raise forms.ValidationError(_("请填写 0 至 1000 之间的百分数，例如 12 或 3.45。"))
        return percent / 100


class OwedForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("哪一种债"),
        required=False,
        choices=[
            ("sale", gettext_lazy("买卖货款")),
            ("private_loan", gettext_lazy("民间借贷")),
            ("service", gettext_lazy("服务、加工等合同")),
            ("sme_supply", gettext_lazy("机关、大企业拖欠中小企业")),
            ("construction", gettext_lazy("建设工程价款")),
            ("judgment", gettext_lazy("判决后迟延履行（加倍部分）")),
        ],
    )
    principal = YuanField(
        label=gettext_lazy("本金（元）"),
        help_text=gettext_lazy("可写 1,234.56 或 12.5 万元。"),
        error_messages={"required": gettext_lazy("请填写金额。")},
    )
    due = DayField(
        label=gettext_lazy("到期日"), help_text=gettext_lazy("判决的填履行期最后一日；从次日起算。")
    )
    contract = DayField(
        label=gettext_lazy("合同成立日"),
        required=False,
        help_text=gettext_lazy("借贷须填：利率上限按成立时计算。"),
    )
    rate = PercentField(
        label=gettext_lazy("约定的年利率（%）"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("没有约定的不填。"),
    )
    penalty = PercentField(
        label=gettext_lazy("约定的逾期利率或违约金（年 %）"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("没有约定的不填。"),
    )
    as_of = DayField(label=gettext_lazy("算到哪一天"), required=False, help_text=gettext_lazy("不填为今天。"))


class PaymentForm(forms.Form):
    on = DayField(label=gettext_lazy("付款日期"), required=False)
    amount = YuanField(label=gettext_lazy("付款金额（元）"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and bool(told.get("on")) != (told.get("amount") is not None):
            self.add_error("amount" if told.get("on") else "on", _("付款要同时填写日期和金额。"))
        return told


@requires(PUBLIC)
@require_safe
def owed_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values, rows = _read(request.GET)
    form = OwedForm(values if values else None)
    statement: Statement | None = None
    warnings: tuple[Problem, ...] = ()
    is_good = form.is_bound and form.is_valid()
    as_of = getattr(form, "cleaned_data", {}).get("as_of") or today()
    if all(row.is_valid() for row in rows if row.is_bound) and is_good:
        read = facts_from(_facts(form.cleaned_data, [row.cleaned_data for row in rows if row.is_bound]))
        drawn = read if isinstance(read, list) else draw_statement(read.facts, as_of)
        if isinstance(drawn, list) or is_problem(drawn):
            for problem in drawn if isinstance(drawn, list) else [drawn]:
                form.add_error(None, sentences(problem))
        elif not isinstance(read, list):
            statement, warnings = drawn, (*read.warnings, *drawn.warnings)
            values["as_of"] = as_of.isoformat()
    return calculator_page(
        request,
        "entitlements/owed.html",
        description=_("利息、违约金、迟延履行金计算：逐段列出天数、利率和依据，付款按法定顺序抵充。"),
        link=link_of(request.path, values) if statement else "",
        citations=_citations(statement),
        form=form,
        rows=rows,
        more_rows=len(rows) + 1 if len(rows) < PAYMENTS_MAX else 0,
        as_of=as_of,
        statement=statement,
        warnings=warnings,
    )


def _citations(statement: Statement | None) -> list[Citation]:
    segments = statement.segments if statement else []
    return [citation for segment in segments for citation in citations_named(segment.rule.article)]


def _read(query: QueryDict) -> tuple[dict[str, str], list[PaymentForm]]:
    numbers = range(1, PAYMENTS_MAX + 1)
    names = [f"p{number}-{name}" for number in numbers for name in PaymentForm.base_fields]
    values = short_values(query, [*OwedForm.base_fields, *names])
    used = [n for n in numbers if f"p{n}-on" in values or f"p{n}-amount" in values]
    asked = query.get("rows", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
    count = min(PAYMENTS_MAX, max(PAYMENTS_FIRST, wanted, *used, len(used) + 1))
    return values, [PaymentForm(values if n in used else None, prefix=f"p{n}") for n in range(1, count + 1)]


def _facts(told: dict[str, Any], payments: list[dict[str, Any]]) -> dict[str, object]:
    """Return the facts in the form that `jieqing owed` reads, so that both count the same."""
    item: dict[str, object] = {
        "id": "1",
        "principal_fen": told["principal"],
        "due": told["due"].isoformat(),
    }
    for name, key in (("rate", "rate"), ("penalty", "penalty_rate")):
        if told[name] is not None:
            item |= {key: format(told[name], "f"), "rate_basis": "year_365"}
    facts: dict[str, object] = {
        "kind": told["kind"] or "sale",
        "items": [item],
        "payments": [
            {"date": paid["on"].isoformat(), "amount_fen": paid["amount"]}
            for paid in payments
            if paid.get("on")
        ],
        "lpr": selectors.lpr_facts(),
    }
    if told["contract"]:
        facts["contract_date"] = told["contract"].isoformat()
    if facts["kind"] == "judgment":
        facts["judgment"] = {"perform_by": told["due"].isoformat()}
    return facts
