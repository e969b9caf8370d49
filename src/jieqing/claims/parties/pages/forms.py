"""Forms of contact points, choices, hours, guarantees and debtor events. What a field means is the engine's to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.parties.engine.choices import (
    CHANNEL_NAMES,
    CHOICE_NAMES,
    SOURCE_NAMES,
    Channel,
    ChoiceKind,
    ChoiceSource,
    Hours,
    read_hours,
)
from jieqing.claims.parties.engine.contact_points import (
    BELONGS_TO_NAMES,
    HOLDER_CHARS_MAX,
    KIND_NAMES,
    VALUE_CHARS_MAX,
    BelongsTo,
    PointKind,
    PointSource,
    read_zone,
)
from jieqing.claims.parties.engine.contact_points import SOURCE_NAMES as POINT_SOURCES
from jieqing.claims.parties.engine.purposes import PURPOSE_NAMES, RevealPurpose
from jieqing.claims.parties.engine.standing import EVENT_NAMES, GUARANTEE_NAMES, EventKind, GuaranteeKind
from jieqing.claims.parties.models import REASON_CHARS_MAX
from jieqing.claims.parties.words import options
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.templatetags.kit import lang

_DAY = {"type": "date"}
# What an import brings says so itself.
_ENTERED = {source: pair for source, pair in POINT_SOURCES.items() if source is not PointSource.LEDGER}


class Worded(forms.Form):
    """A form whose choices are worded when it is made, in the reader's language."""

    WORDS: dict[str, Any] = {}
    EMPTY: dict[str, Any] = {}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name, names in self.WORDS.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            first = [("", self.EMPTY[name])] if name in self.EMPTY else []
            field.choices = [*first, *options(names)]


def _reason(help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=_("理由"), max_length=REASON_CHARS_MAX, help_text=help_text)


class AddForm(Worded):
    WORDS = {"kind": KIND_NAMES, "belongs_to": BELONGS_TO_NAMES, "source": _ENTERED}
    kind = forms.TypedChoiceField(label=_("类型"), coerce=PointKind)
    value = forms.CharField(label=_("号码、邮箱或地址"), max_length=VALUE_CHARS_MAX)
    belongs_to = forms.TypedChoiceField(label=_("属于谁"), coerce=BelongsTo)
    holder = forms.CharField(
        label=_("姓名"), max_length=HOLDER_CHARS_MAX, required=False, help_text=_("不是当事人本人时填写。")
    )
    timezone = forms.CharField(
        label=_("所在时区"),
        max_length=40,
        required=False,
        help_text=_("不知道就留空；境内号码按北京时间。例如 Asia/Urumqi。"),
    )
    source = forms.TypedChoiceField(label=_("来源"), coerce=PointSource)

    def clean_timezone(self) -> str:
        zone = read_zone(self.cleaned_data["timezone"])
        if is_problem(zone):
            raise forms.ValidationError(f"{zone.text(lang())}{zone.todo(lang())}")
        return zone or ""


class RevealForm(Worded):
    WORDS = {"purpose": PURPOSE_NAMES}
    EMPTY = {"purpose": _("请选择")}
    purpose = forms.TypedChoiceField(
        label=_("用途"), coerce=RevealPurpose, help_text=_("谁、何时、为何查看会写入存证。")
    )


class CorrectForm(forms.Form):
    value = forms.CharField(label=_("正确的内容"), max_length=VALUE_CHARS_MAX)
    reason = _reason()


class InvalidForm(forms.Form):
    reason = _reason(_("例如“空号”“退信”“接听人不认识债务人”。"))


class ConfirmForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=REASON_CHARS_MAX, required=False)


class ZoneForm(forms.Form):
    timezone = forms.CharField(label=_("所在时区"), max_length=40, required=False)
    reason = _reason()

    clean_timezone = AddForm.clean_timezone


class RefusalForm(Worded):
    WORDS = {"source": SOURCE_NAMES}
    source = forms.TypedChoiceField(label=_("怎样表示"), coerce=ChoiceSource)
    reason = _reason()


class ChoiceForm(Worded):
    WORDS = {
        "kind": {kind: CHOICE_NAMES[kind] for kind in (ChoiceKind.OPT_OUT, ChoiceKind.CONSENT)},
        "channel": CHANNEL_NAMES,
        "source": SOURCE_NAMES,
    }
    EMPTY = {"channel": _("所有渠道")}
    kind = forms.TypedChoiceField(label=_("选择"), coerce=ChoiceKind)
    channel = forms.TypedChoiceField(label=_("渠道"), coerce=Channel, required=False, empty_value=None)
    source = forms.TypedChoiceField(label=_("怎样表示"), coerce=ChoiceSource)
    reason = _reason()


class HoursForm(Worded):
    WORDS = {"source": SOURCE_NAMES}
    hours = forms.CharField(
        label=_("起止时间"), max_length=20, help_text=_("对方当地时间，例如 19:00-21:30。")
    )
    source = forms.TypedChoiceField(label=_("怎样表示"), coerce=ChoiceSource)
    reason = _reason()

    def clean_hours(self) -> Hours:
        hours = read_hours(self.cleaned_data["hours"])
        if is_problem(hours):
            raise forms.ValidationError(f"{hours.text(lang())}{hours.todo(lang())}")
        return hours


class GuarantorForm(Worded):
    WORDS = {"kind": GUARANTEE_NAMES}
    guarantor = forms.CharField(
        label=_("保证人"), max_length=200, help_text=_("本站当事人的名称或客户编码。")
    )
    kind = forms.TypedChoiceField(label=_("保证方式"), coerce=GuaranteeKind)
    until_on = forms.DateField(
        label=_("保证期间至"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    reason = _reason(_("例如“保证合同 2026-03 号”。"))


class EventForm(Worded):
    WORDS = {"kind": EVENT_NAMES}
    kind = forms.TypedChoiceField(label=_("事项"), coerce=EventKind)
    from_on = forms.DateField(label=_("自"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    to_on = forms.DateField(
        label=_("至"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    reason = _reason()


class EndForm(forms.Form):
    """Withdrawing a choice, ending hours, a guarantee, an event: a reason is all it takes."""

    reason = _reason()
