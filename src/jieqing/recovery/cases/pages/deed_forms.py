"""The short forms of a case: what each deed asks. Selects are filled when a form is made, from the case itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.recovery.cases.engine import codes, complaints
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.pages.words import choices
from jieqing.recovery.cases.selectors.days import working_day

TEXT_CHARS_MAX, REASON_CHARS_MAX = 2_000, 400
INSTALMENTS_MAX = 36
_DAY = {"type": "date"}


def day_field(
    label: Any, *, required: bool = True, today: bool = False, help_text: Any = ""
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        # The day that work is done on: in a replay today has not come yet, and every deed would be refused.
        initial=working_day if today else None,
        help_text=help_text,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )


def text_field(
    label: Any, *, required: bool = True, rows: int = 3, most: int = TEXT_CHARS_MAX
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class DeedForm(forms.Form):
    """``key`` names the write, so that a form sent twice is done once; ``next`` is the page to come back to."""

    def __init__(
        self, data: Any, case: Any, options: Mapping[str, Iterable[tuple[str, Any]]], **more: Any
    ) -> None:
        super().__init__(data, auto_id="deed-%s", **more)
        self.case = case
        for name, offered in options.items():
            if name in self.fields:
                self.fields[name].choices = list(offered)  # type: ignore[attr-defined]
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True  # a dialog opens where one types


class NoteForm(DeedForm):
    text = text_field(gettext_lazy("备注"), rows=5)


class PromiseForm(DeedForm):
    amount = forms.DecimalField(label=gettext_lazy("承诺金额"), localize=False, min_value=0)
    due_on = day_field(gettext_lazy("付款日"), help_text=gettext_lazy("分期时为第一期；以后每月同日。"))
    times = forms.IntegerField(
        label=gettext_lazy("分几期"), min_value=1, max_value=INSTALMENTS_MAX, initial=1
    )
    note = forms.CharField(label=gettext_lazy("谁、怎样承诺"), required=False, max_length=REASON_CHARS_MAX)


class WhichForm(DeedForm):
    """Deeds on one of several open things of the case."""

    which = forms.ChoiceField(label=gettext_lazy("哪一项"))


class WhichReasonForm(WhichForm):
    reason = text_field(gettext_lazy("原因"), rows=2, most=REASON_CHARS_MAX)


class DisputeForm(DeedForm):
    code = forms.ChoiceField(label=gettext_lazy("异议原因"))
    items = forms.MultipleChoiceField(
        label=gettext_lazy("涉及哪些单据"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只暂停所选单据；不选为整个案件。"),
    )
    text = text_field(gettext_lazy("对方怎样说"))
    file = forms.FileField(
        label=gettext_lazy("对方的材料"),
        required=False,
        help_text=gettext_lazy("PDF、OFD、图片、Word、Excel，20 MB 以内；原样保存并存证。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].choices = choices(code_words.DISPUTE_NAMES)  # type: ignore[attr-defined]


class DisputePaperForm(WhichForm):
    file = forms.FileField(
        label=gettext_lazy("对方的材料"),
        help_text=gettext_lazy("PDF、OFD、图片、Word、Excel，20 MB 以内；原样保存并存证。"),
    )


class DisputeCloseForm(WhichForm):
    outcome = forms.ChoiceField(label=gettext_lazy("结论"))
    answer = text_field(gettext_lazy("答复"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = choices(code_words.OUTCOME_NAMES)  # type: ignore[attr-defined]


class HoldForm(DeedForm):
    kind = forms.ChoiceField(label=gettext_lazy("暂停原因"))
    from_on = day_field(gettext_lazy("从"), today=True, help_text=gettext_lazy("可以填写过去的日期。"))
    to_on = day_field(gettext_lazy("到"), required=False, help_text=gettext_lazy("不填为直到解除。"))
    reason = text_field(gettext_lazy("说明"), rows=2, most=REASON_CHARS_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # A dispute and a complaint hold by themselves; by hand one opens them, not their hold.
        by_hand = {
            kind: pair
            for kind, pair in code_words.HOLD_NAMES.items()
            if kind not in (codes.HoldKind.DISPUTE, codes.HoldKind.COMPLAINT)
        }
        self.fields["kind"].choices = choices(by_hand)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("to_on") and told.get("from_on") and told["to_on"] < told["from_on"]:
            self.add_error("to_on", _("结束日早于开始日。"))
        return told


class ComplaintForm(DeedForm):
    kind = forms.ChoiceField(label=gettext_lazy("投诉类别"))
    filed_on = day_field(gettext_lazy("收到日"), today=True)
    about = forms.ChoiceField(label=gettext_lazy("涉及谁"), required=False)
    text = text_field(gettext_lazy("内容"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = choices(complaints.COMPLAINT_NAMES)  # type: ignore[attr-defined]


class ComplaintAnswerForm(WhichForm):
    outcome = forms.ChoiceField(label=gettext_lazy("结论"))
    answer = text_field(gettext_lazy("答复"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = choices(complaints.COMPLAINT_OUTCOME_NAMES)  # type: ignore[attr-defined]


class EffortForm(DeedForm):
    minutes = forms.IntegerField(label=gettext_lazy("分钟"), min_value=1, max_value=1_440)
    activity = forms.ChoiceField(label=gettext_lazy("做了什么"))
    on = day_field(gettext_lazy("日期"), today=True)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=REASON_CHARS_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["activity"].choices = choices(code_words.ACTIVITY_NAMES)  # type: ignore[attr-defined]


class OutlayForm(DeedForm):
    amount = forms.DecimalField(label=gettext_lazy("金额"), localize=False, min_value=0)
    kind = forms.ChoiceField(label=gettext_lazy("费用种类"))
    on = day_field(gettext_lazy("日期"), today=True)
    reference = forms.CharField(label=gettext_lazy("收据号"), required=False, max_length=80)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=REASON_CHARS_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = choices(code_words.OUTLAY_NAMES)  # type: ignore[attr-defined]


class NextActionForm(DeedForm):
    action = forms.ChoiceField(label=gettext_lazy("下一步"))
    on = day_field(gettext_lazy("日期"))
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action"].choices = choices(code_words.NEXT_ACTION_NAMES)  # type: ignore[attr-defined]


class SnoozeForm(DeedForm):
    until = day_field(gettext_lazy("到哪一天再出现"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=REASON_CHARS_MAX)


class AssignForm(DeedForm):
    owner = forms.ChoiceField(label=gettext_lazy("负责人"), required=False)
    reason = forms.CharField(label=gettext_lazy("原因"), required=False, max_length=REASON_CHARS_MAX)


class StageForm(DeedForm):
    stage = forms.ChoiceField(label=gettext_lazy("阶段"))
    reason = forms.CharField(label=gettext_lazy("原因"), required=False, max_length=REASON_CHARS_MAX)


class CloseForm(DeedForm):
    kind = forms.ChoiceField(label=gettext_lazy("怎样结案"))
    reason = text_field(gettext_lazy("原因"), rows=2, most=REASON_CHARS_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # The ledger alone says settled and written off.
        by_hand = {
            kind: code_words.CLOSING_NAMES[kind]
            for kind in (codes.Closing.WITHDRAWN, codes.Closing.TRANSFERRED)
        }
        self.fields["kind"].choices = choices(by_hand)  # type: ignore[attr-defined]


class ReasonForm(DeedForm):
    reason = text_field(gettext_lazy("原因"), rows=2, most=REASON_CHARS_MAX)
