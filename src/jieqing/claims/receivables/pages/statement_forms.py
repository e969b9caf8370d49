"""What a person says about a statement: form, days, currency, creditor, language; for a run, which debtors."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.receivables.engine.account_statement import StatementForm, Terms
from jieqing.claims.receivables.pages.item_forms import filter_of
from jieqing.claims.receivables.selectors import ItemFilter, Reading
from jieqing.plumbing.templatetags.kit import lang

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FORM_WORDS = {
    StatementForm.OPEN_ITEMS: _("截止日未清单据"),
    StatementForm.ACTIVITY: _("期间发生额与余额"),
}


class TermsForm(forms.Form):
    """Shared by one statement and by a run; unread fields fall back to the reading of the page."""

    form = forms.ChoiceField(
        label=_("对账单种类"), choices=[(form.value, word) for form, word in FORM_WORDS.items()]
    )
    from_on = forms.DateField(label=_("起始日（期间用）"), required=False, widget=_DAY)
    shows_reversed = forms.BooleanField(
        label=_("列出已作废、已更正的分录（正反两笔）"),
        required=False,
        help_text=_("只用于“期间发生额与余额”。"),
    )
    as_of = forms.DateField(label=_("截止日"), widget=_DAY)
    currency = forms.ChoiceField(label=_("币种"), required=False)
    language = forms.ChoiceField(label=_("对账单语言"), choices=[("zh", "中文"), ("en", "English")])

    def __init__(self, asked: Any, reading: Reading) -> None:
        shown = {
            "form": StatementForm.OPEN_ITEMS.value,
            "as_of": reading.as_of.isoformat(),
            "from_on": reading.as_of.replace(month=1, day=1).isoformat(),
            "language": lang(),
        }
        super().__init__({**shown, **{name: value for name, value in asked.items() if value}})
        self.reading = reading
        codes = [(code, code) for code in reading.facts.currencies]
        self.fields["currency"].choices = [("", _("全部")), *codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("form") == StatementForm.ACTIVITY.value and not told.get("from_on"):
            self.add_error("from_on", str(_("请填写起始日。")))
        return told

    def terms(self) -> Terms:
        told = self.cleaned_data
        is_activity = told["form"] == StatementForm.ACTIVITY.value
        return Terms(
            as_of=told["as_of"],
            from_on=told["from_on"] if is_activity else None,
            currency=told["currency"] or None,
            basis=self.reading.basis,
            edges=self.reading.edges,
            shows_reversed=is_activity and told["shows_reversed"],
        )


class StatementOrderForm(TermsForm):
    creditor = forms.ChoiceField(label=_("债权人"), required=False)

    def __init__(self, asked: Any, reading: Reading, creditors: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(asked, reading)
        names = [(str(party_id), name) for party_id, name in creditors]
        self.fields["creditor"].choices = [("", _("全部")), *names]  # type: ignore[attr-defined]

    def creditor_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("creditor")
        return UUID(chosen) if chosen else None


class StatementRunForm(TermsForm):
    bucket = forms.TypedChoiceField(label=_("账龄区间"), required=False, coerce=int, empty_value=None)
    q = forms.CharField(
        label=_("债务人"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("名称、拼音或客户编码")}),
    )

    def __init__(self, asked: Any, reading: Reading) -> None:
        super().__init__(asked, reading)
        buckets = [(index, one.label(lang(), reading.basis)) for index, one in enumerate(reading.buckets)]
        self.fields["bucket"].choices = [("", _("全部")), *buckets]  # type: ignore[attr-defined]

    def wanted(self) -> ItemFilter:
        told = self.cleaned_data
        return replace(
            filter_of(self.reading),
            currency=told["currency"] or None,
            bucket=told["bucket"],
            search=told["q"],
        )
