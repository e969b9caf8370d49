"""The jurisdiction calculator: what the dispute is about and where everybody is; the courts, best first, each with its reasons."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements.engine.jurisdiction import suggest_courts
from jieqing.claims.entitlements.engine.jurisdiction_answers import Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_facts import (
    Aim,
    Arbitration,
    Dispute,
    JurisdictionFacts,
    Link,
)
from jieqing.claims.entitlements.engine.jurisdiction_levels import Level
from jieqing.claims.entitlements.engine.jurisdiction_reading import PLACE_CHARS_MAX
from jieqing.claims.entitlements.pages.fields import YuanField, link_of, short_values
from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.plumbing.http import PUBLIC, requires

DISPUTES = {
    Dispute.SALE: gettext_lazy("买卖合同（货款）"),
    Dispute.LOAN: gettext_lazy("借款合同"),
    Dispute.SERVICE: gettext_lazy("服务、加工承揽合同"),
    Dispute.CONSTRUCTION: gettext_lazy("建设工程施工合同"),
    Dispute.HOUSE_LEASE: gettext_lazy("房屋租赁合同"),
    Dispute.LEASE: gettext_lazy("动产租赁合同"),
    Dispute.REAL_ESTATE: gettext_lazy("不动产权利"),
    Dispute.OTHER_CONTRACT: gettext_lazy("其他合同"),
}
AIMS = {
    Aim.SUIT: gettext_lazy("起诉"),
    Aim.PAYMENT_ORDER: gettext_lazy("申请支付令"),
    Aim.PRESERVATION: gettext_lazy("诉前保全"),
    Aim.ENFORCEMENT: gettext_lazy("申请执行"),
    Aim.CONFIRMATION: gettext_lazy("司法确认调解协议"),
}
ARBITRATION = {
    Arbitration.NONE: gettext_lazy("没有仲裁条款"),
    Arbitration.VALID: gettext_lazy("有，明确选定了仲裁机构"),
    Arbitration.UNCLEAR: gettext_lazy("有，但不清楚是否有效"),
}
LINKS = {
    Link.OTHER: gettext_lazy("其他实际联系"),
    Link.DEFENDANT: gettext_lazy("被告住所地"),
    Link.PLAINTIFF: gettext_lazy("原告住所地"),
    Link.PERFORMANCE: gettext_lazy("合同履行地"),
    Link.SIGNING: gettext_lazy("合同签订地"),
    Link.OBJECT: gettext_lazy("标的物所在地"),
    Link.NONE: gettext_lazy("没有联系"),
}
LEVELS = {
    Level.BASIC: gettext_lazy("基层人民法院"),
    Level.INTERMEDIATE: gettext_lazy("中级人民法院"),
    Level.HIGH: gettext_lazy("高级人民法院"),
}
_YES_NO = [("", gettext_lazy("不清楚")), ("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))]
_FLAGS = {"": None, "yes": True, "no": False}


def _choice(words: dict[Any, Any], label: Any, **extra: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[(key.value, text) for key, text in words.items()],
        error_messages={"invalid_choice": gettext_lazy("请从列表中选择。")},
        **extra,
    )


def _place(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=PLACE_CHARS_MAX, help_text=help_text, widget=widget
    )


class CourtForm(forms.Form):
    dispute = _choice(DISPUTES, gettext_lazy("是什么纠纷"))
    aim = _choice(AIMS, gettext_lazy("要做什么"))
    creditor = _place(gettext_lazy("债权人住所地"), gettext_lazy("写到区县，例如无锡市滨湖区。"))
    debtor = _place(gettext_lazy("债务人住所地"))
    residence = _place(gettext_lazy("债务人经常居住地"), gettext_lazy("与住所地不同才填。"))
    performance = _place(gettext_lazy("合同约定的履行地"), gettext_lazy("没有约定的不填。"))
    performed = forms.ChoiceField(label=gettext_lazy("合同实际履行了吗"), required=False, choices=_YES_NO)
    property = _place(gettext_lazy("不动产或工程所在地"))
    assets = _place(gettext_lazy("债务人财产所在地"))
    first_court = _place(gettext_lazy("一审法院所在地"), gettext_lazy("申请执行时填。"))
    mediator = _place(gettext_lazy("调解组织所在地"), gettext_lazy("司法确认时填。"))
    agreed = _place(gettext_lazy("书面约定的法院所在地"), gettext_lazy("没有约定的不填。"))
    link = _choice(LINKS, gettext_lazy("约定的地点与纠纷的联系"))
    arbitration = _choice(ARBITRATION, gettext_lazy("仲裁条款"))
    amount = YuanField(label=gettext_lazy("标的额（元）"), required=False)
    same_province = forms.ChoiceField(
        label=gettext_lazy("双方都在受理法院所在省"), required=False, choices=_YES_NO
    )
    preserved = forms.BooleanField(label=gettext_lazy("已申请诉前保全"), required=False)
    missing = forms.BooleanField(label=gettext_lazy("债务人下落不明"), required=False)


@requires(PUBLIC)
@require_safe
def jurisdiction_calculator(request: HttpRequest, site_slug: str) -> HttpResponse:
    values = short_values(request.GET, CourtForm.base_fields)
    form = CourtForm(values if values else None)
    found: Suggestion | None = None
    if form.is_bound and form.is_valid():
        found = suggest_courts(_facts(form.cleaned_data))
    return calculator_page(
        request,
        "entitlements/jurisdiction.html",
        description=_("管辖建议：可以向哪些法院起诉、申请支付令、保全或执行，逐条给出依据和还缺的材料。"),
        link=link_of(request.path, values) if found else "",
        citations=_citations(found),
        form=form,
        found=found,
        courts=[(forum, LEVELS[forum.level] if forum.level else "") for forum in found.forums]
        if found
        else [],
    )


def _facts(told: dict[str, Any]) -> JurisdictionFacts:
    return JurisdictionFacts(
        Dispute(told["dispute"] or Dispute.SALE),
        aim=Aim(told["aim"] or Aim.SUIT),
        creditor_place=told["creditor"] or None,
        debtor_place=told["debtor"] or None,
        debtor_residence=told["residence"] or None,
        performance_place=told["performance"] or None,
        is_performed=_FLAGS[told["performed"]],
        property_place=told["property"] or None,
        asset_place=told["assets"] or None,
        first_court_place=told["first_court"] or None,
        mediator_place=told["mediator"] or None,
        agreed_place=told["agreed"] or None,
        agreed_link=Link(told["link"] or Link.OTHER),
        arbitration=Arbitration(told["arbitration"] or Arbitration.NONE),
        amount_fen=told["amount"],
        is_same_province=_FLAGS[told["same_province"]],
        has_pre_suit_preservation=told["preserved"],
        is_debtor_missing=told["missing"],
    )


def _citations(found: Suggestion | None) -> list[Any]:
    if found is None:
        return []
    reasons = [reason for forum in found.forums for reason in forum.reasons]
    return [reason.citation for reason in (*reasons, *found.ruled_out, *found.missing, *found.warnings)]
