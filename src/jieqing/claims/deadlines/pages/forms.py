"""Two short forms: a term to watch, and an act about limitation with the paper at hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.deadlines.engine.watched import GUARANTEE, ActFacts, WatchFacts
from jieqing.claims.deadlines.models import TEXT_CHARS_MAX
from jieqing.claims.deadlines.pages.words import GUARANTEES, MATERIALS, act_choices, kind_choices
from jieqing.claims.entitlements.engine.deadlines_guarantee import GuaranteeKind
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _note(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, min_length=4, max_length=TEXT_CHARS_MAX, help_text=help_text)


class WatchForm(forms.Form):
    kind = forms.ChoiceField(label=_("期限"))
    start_on = _day(_("起算日"), help_text=_("例如判决书送达之日；当日不计入。"))
    guarantee_kind = forms.ChoiceField(
        label=_("保证方式"),
        required=False,
        choices=[("", "–"), *((kind.value, word) for kind, word in GUARANTEES.items())],
        help_text=_("只有保证期间需要填。"),
    )
    agreed_until = _day(_("约定的保证期间届满日"), required=False)
    note = _note(_("凭什么"), _("文号、送达回证、财产或账户等；会存证。"))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def facts(self) -> WatchFacts:
        told = self.cleaned_data
        is_guarantee = told["kind"] == GUARANTEE
        kind = GuaranteeKind(told["guarantee_kind"] or GuaranteeKind.UNCLEAR) if is_guarantee else None
        return WatchFacts(
            told["kind"], told["start_on"], kind, told["agreed_until"] if is_guarantee else None
        )


class ActForm(forms.Form):
    act = forms.ChoiceField(label=_("发生了什么"))
    on = _day(_("日期"))
    material = forms.ChoiceField(
        label=_("手里有什么"), choices=[(one.value, word) for one, word in MATERIALS.items()]
    )
    until = _day(_("终结日或新到期日"), required=False, help_text=_("程序终结之日，或债务人同意的新到期日。"))
    is_pending = forms.BooleanField(label=_("程序还没结束"), required=False)
    note = _note(_("凭什么"), _("文号、快递单号、对账单编号等；会存证。"))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["act"].choices = act_choices()  # type: ignore[attr-defined]

    def facts(self) -> ActFacts:
        told = self.cleaned_data
        event = ActFacts(
            told["on"],
            Act(told["act"]),
            Material(told["material"]),
            told["until"],
            told["until"],
            told["is_pending"],
        ).event
        return ActFacts(
            told["on"],
            event.act,
            Material(told["material"]),
            event.ended_on,
            event.new_due_on,
            event.is_pending,
        )
