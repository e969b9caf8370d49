"""Forms about webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.estate.webhooks.engine.catalogue import known_events
from jieqing.estate.webhooks.engine.endpoint_rules import DESCRIPTION_CHARS_MAX
from jieqing.plumbing.templatetags.kit import SHANGHAI, lang
from jieqing.plumbing.webhooks.addresses import URL_CHARS_MAX


class EndpointForm(forms.Form):
    url = forms.CharField(
        label=_("回调地址"),
        max_length=URL_CHARS_MAX,
        help_text=_("公网可达的 https:// 地址；不跟随跳转，10 秒内应答 2xx 算送达。"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(label=_("事件"), widget=forms.CheckboxSelectMultiple)
    description = forms.CharField(label=_("用途说明"), max_length=DESCRIPTION_CHARS_MAX, required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        events = self.fields["events"]
        assert isinstance(events, forms.MultipleChoiceField)
        events.choices = [
            (event.name, f"{event.words(lang())} · {event.name}") for event in known_events().values()
        ]


class RemoveForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("理由会进入存证。"))


class ReplayForm(forms.Form):
    since = forms.DateTimeField(
        label=_("重发此刻之后的消息"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def clean_since(self) -> Any:
        """As typed: Beijing time."""
        return self.cleaned_data["since"].replace(tzinfo=SHANGHAI)
