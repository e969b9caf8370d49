"""Forms of charges: terms, order of appropriation, and what is asked for on an item."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.appropriation_facts import BY_LAW, Order, Policy
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.services.charges import REASON_CHARS_MAX
from jieqing.kernel import clock

MODE_WORDS = {
    ChargeMode.ACCRUE: _("计提息费"),
    ChargeMode.THREAT_ONLY: _("仅提示，不计提"),
    ChargeMode.NONE: _("不计息费"),
}
CLAIM_WORDS = {
    ClaimKind.SALE: _("买卖"),
    ClaimKind.SERVICE: _("服务"),
    ClaimKind.SME_SUPPLY: _("向中小企业采购"),
    ClaimKind.CONSTRUCTION: _("建设工程"),
}
BASIS_WORDS = {
    RateBasis.YEAR_365: _("年（365 天）"),
    RateBasis.YEAR_360: _("年（360 天）"),
    RateBasis.DAY: _("日"),
}
BETWEEN_WORDS = {
    Order.CIVIL_CODE_560: _("法定（民法典第 560 条）"),
    Order.OLDEST_DUE_FIRST: _("到期最早的在前"),
}
PART_WORDS = {
    Part.COSTS: _("费用"),
    Part.INTEREST: _("利息"),
    Part.PENALTY: _("违约金"),
    Part.PRINCIPAL: _("本金"),
}
ORDERS = (
    BY_LAW,
    (Part.COSTS, Part.PENALTY, Part.INTEREST, Part.PRINCIPAL),
    (Part.PRINCIPAL, Part.COSTS, Part.INTEREST, Part.PENALTY),
    (Part.COSTS, Part.PRINCIPAL, Part.INTEREST, Part.PENALTY),
)
KIND_WORDS = {
    DecisionKind.FEE: _("加收费用"),
    DecisionKind.WAIVER: _("减免息费"),
    DecisionKind.CANCELLATION: _("息费作废"),
}
_DAY = {"type": "date"}


def order_words(within: tuple[Part, ...]) -> str:
    return " → ".join(str(PART_WORDS[part]) for part in within)


class TermsForm(forms.Form):
    mode = forms.ChoiceField(label=_("方式"), choices=[(one.value, word) for one, word in MODE_WORDS.items()])
    claim_kind = forms.ChoiceField(
        label=_("债权种类"), choices=[(one.value, word) for one, word in CLAIM_WORDS.items()]
    )
    rate = forms.DecimalField(
        label=_("约定逾期利率"),
        required=False,
        min_value=0,
        max_value=10,
        help_text=_("写成小数，例如 0.05；没有约定则留空，按法律规定。"),
    )
    penalty_rate = forms.DecimalField(label=_("约定违约金率"), required=False, min_value=0, max_value=10)
    rate_basis = forms.ChoiceField(
        label=_("按"),
        required=False,
        choices=[("", "–"), *((one.value, word) for one, word in BASIS_WORDS.items())],
    )
    late_multiple = forms.DecimalField(
        label=_("无约定时 LPR 的倍数"), required=False, min_value=1, max_value=Decimal("1.5")
    )
    reason = forms.CharField(label=_("依据"), max_length=REASON_CHARS_MAX)

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(
            mode=ChargeMode(told["mode"]),
            claim_kind=ClaimKind(told["claim_kind"]),
            rate=told["rate"],
            penalty_rate=told["penalty_rate"],
            rate_basis=RateBasis(told["rate_basis"]) if told["rate_basis"] else None,
            late_multiple=told["late_multiple"],
        )


class OrderForm(forms.Form):
    between = forms.ChoiceField(
        label=_("债务之间"), choices=[(one.value, word) for one, word in BETWEEN_WORDS.items()]
    )
    within = forms.ChoiceField(label=_("一笔债之内"))
    covers_booked = forms.BooleanField(label=_("账簿所记的回款也按此顺序"), required=False)
    effective_from = forms.DateField(
        label=_("从哪天的回款起"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    creditor = forms.ChoiceField(label=_("适用于"), required=False)
    reason = forms.CharField(label=_("依据"), max_length=REASON_CHARS_MAX)

    def __init__(self, asked: Any, creditors: list[tuple[UUID, str]]) -> None:
        super().__init__(asked, initial={"effective_from": clock.today()})
        self.fields["within"].choices = [(str(at), order_words(one)) for at, one in enumerate(ORDERS)]  # type: ignore[attr-defined]
        told = [(str(found), name) for found, name in creditors]
        self.fields["creditor"].choices = [("", _("全站")), *told]  # type: ignore[attr-defined]

    def policy(self) -> Policy:
        told = self.cleaned_data
        return Policy(Order(told["between"]), ORDERS[int(told["within"])], told["covers_booked"])


class AskForm(forms.Form):
    """A cancellation takes all that is open: it has no amount."""

    amount = forms.DecimalField(label=_("金额"), localize=False)
    on = forms.DateField(label=_("生效日"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("原因"), max_length=REASON_CHARS_MAX)

    def __init__(self, asked: Any, kind: DecisionKind) -> None:
        super().__init__(asked, initial={"on": clock.today()})
        if kind is DecisionKind.CANCELLATION:
            del self.fields["amount"]
