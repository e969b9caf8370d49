"""The fee calculator: one amount, every fee; one of them opened line by line."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements.engine.fees import Fee, court_fee
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.claims.entitlements.pages.fields import YuanField, link_of, short_values
from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.http import PUBLIC, requires

KINDS = {
    FeeKind.CASE: gettext_lazy("案件受理费（一审）"),
    FeeKind.HALF: gettext_lazy("减半（调解、撤诉、简易程序）"),
    FeeKind.APPEAL: gettext_lazy("上诉受理费（按上诉请求）"),
    FeeKind.PAYMENT_ORDER: gettext_lazy("支付令申请费"),
    FeeKind.PRESERVATION: gettext_lazy("保全申请费"),
    FeeKind.ENFORCEMENT: gettext_lazy("执行申请费"),
    FeeKind.BANKRUPTCY: gettext_lazy("破产申请费"),
    FeeKind.AGENCY_CAP: gettext_lazy("律师风险代理收费上限"),
}


class FeeForm(forms.Form):
    amount = YuanField(
        label=gettext_lazy("金额（元）"),
        help_text=gettext_lazy("可写 1,234.56 或 12.5 万元。"),
        error_messages={"required": gettext_lazy("请填写金额。")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("逐项展开哪一种"),
        choices=[(kind.value, label) for kind, label in KINDS.items()],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("没有这一种费用，请从列表中选择。")},
    )


@requires(PUBLIC)
@require_safe
def fee_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values = short_values(request.GET, FeeForm.base_fields)
    form = FeeForm(values if values else None)
    fees: list[tuple[str, str, Fee]] = []
    opened: Fee | None = None
    if form.is_bound and form.is_valid():
        amount = form.cleaned_data["amount"]
        fees = [(kind.value, str(label), unwrap(court_fee(kind, amount))) for kind, label in KINDS.items()]
        kind = FeeKind(form.cleaned_data["kind"] or FeeKind.CASE)
        opened = next(fee for _kind, _label, fee in fees if fee.kind is kind)
    citations = []
    if opened:
        citations = [
            opened.citation,
            *(step.citation for step in opened.steps),
            *(n[2] for n in opened.notes),
        ]
    return calculator_page(
        request,
        "entitlements/fees.html",
        description=_("诉讼费用计算：受理、上诉、支付令、保全、执行，逐档列出依据。"),
        link=link_of(request.path, values) if opened else "",
        citations=citations,
        form=form,
        fees=fees,
        opened=opened,
        opened_label=str(KINDS[opened.kind]) if opened else "",
    )
