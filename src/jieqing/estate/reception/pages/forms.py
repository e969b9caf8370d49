"""Forms of the reception: asking, answering, declining, filtering."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.estate.reception.engine.enquiries import (
    ASKER_NAMES,
    CONTACT_LENGTH_MAX,
    NAME_LENGTH_MAX,
    STATE_NAMES,
    STORY_LENGTH_MAX,
    STORY_LENGTH_MIN,
    TOPIC_NAMES,
    Asker,
    Contact,
    State,
    Topic,
    read_contact,
    words,
)
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.templatetags.kit import lang


class AskForm(forms.Form):
    """As little as an answer needs. ``website`` is shown to nobody: a program fills it in and is refused."""

    topic = forms.ChoiceField(label=_("您想咨询什么"))
    asker = forms.ChoiceField(label=_("您是"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=NAME_LENGTH_MAX,
        help_text=_("可以只写姓，例如“李先生”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("电话或邮箱"),
        max_length=CONTACT_LENGTH_MAX,
        help_text=_("留邮箱：回执和答复提醒会发到邮箱。留电话：我们不会打给您，请在回执页面看答复。"),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    story = forms.CharField(
        label=_("事情经过"),
        min_length=STORY_LENGTH_MIN,
        max_length=STORY_LENGTH_MAX,
        help_text=_("请不要写身份证号、银行卡号或密码。"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    consent = forms.BooleanField(label="")
    website = forms.CharField(
        label=_("网站"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name, names in (("topic", TOPIC_NAMES), ("asker", ASKER_NAMES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            options = [(member.value, words(pair, lang())) for member, pair in names.items()]
            field.choices = options if name == "asker" else [("", _("请选择")), *options]
        self.fields["consent"].error_messages["required"] = _("请勾选同意；不同意我们就不能保存和答复。")
        if not self.is_bound:
            self.initial.setdefault("form_key", uuid4())

    def clean_contact(self) -> Contact:
        found = read_contact(self.cleaned_data["contact"])
        if is_problem(found):
            raise forms.ValidationError(f"{found.text(lang())}{found.todo(lang())}")
        return found

    def clean_story(self) -> str:
        return _seen(self, "story")

    def clean_name(self) -> str:
        return " ".join(_seen(self, "name").split())

    @property
    def chosen(self) -> tuple[Topic, Asker]:
        return Topic(self.cleaned_data["topic"]), Asker(self.cleaned_data["asker"])


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("答复"),
        min_length=2,
        max_length=STORY_LENGTH_MAX,
        help_text=_("署您的姓名，对方凭链接在页面上查看。只答所问：不催款、不施压、不写他人信息。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_text(self) -> str:
        return _seen(self, "text")


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        min_length=2,
        max_length=500,
        help_text=_("对方会看到理由，例如“不属于本机构业务，可拨打 12348”。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return _seen(self, "reason")


class InboxFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False)
    topic = forms.ChoiceField(label=_("咨询事项"), required=False)
    asker = forms.ChoiceField(label=_("咨询人"), required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        endings = [
            (state.value, words(STATE_NAMES[state], lang()))
            for state in (State.ANSWERED, State.DECLINED, State.WITHDRAWN)
        ]
        choices = {
            "state": [("", _("待答复")), ("ended", _("全部已结束")), *endings],
            "topic": [
                ("", _("全部")),
                *((each.value, words(pair, lang())) for each, pair in TOPIC_NAMES.items()),
            ],
            "asker": [
                ("", _("全部")),
                *((each.value, words(pair, lang())) for each, pair in ASKER_NAMES.items()),
            ],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options


def _seen(form: forms.Form, name: str) -> str:
    """A field's text without what nobody sees (controls, zero-width and bidirectional marks); lines and tabs stay."""
    text = form.cleaned_data[name]
    kept = "".join(char for char in text if char in "\n\t" or char.isprintable()).strip()
    if not kept:
        raise forms.ValidationError(form.fields[name].error_messages["required"])
    return kept
