"""The forms of the import: a file or pasted text, the answers about a file, a reason."""

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.claims.receivables.engine.ledger_types import FieldGuess
from jieqing.claims.receivables.engine.vocabulary import FIELDS
from jieqing.claims.receivables.pages.import_words import KEEP_AS_EXTRA, LEAVE_OUT, field_title
from jieqing.claims.receivables.selectors.drafts import Draft, Said, column_key
from jieqing.kernel.currencies import EXPONENTS

PASTED_CHARS_MAX = 2_000_000
REASON_CHARS_MAX = 200
COMMON_CURRENCIES = ("CNY", "USD", "HKD", "EUR", "JPY", "GBP")
DATE_QUESTIONS = frozenset({"mapping.date_order", "mapping.mixed_dates"})
ASKED_CURRENCY = frozenset({"none", "hint", "remembered"})


class FileForm(forms.Form):
    """One of the two: a file wins over pasted text. What the file is decides its bytes, never its name."""

    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)
    pasted = forms.CharField(
        label=gettext_lazy("从表格中复制后粘贴"),
        required=False,
        max_length=PASTED_CHARS_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("file") and not (told.get("pasted") or "").strip():
            raise forms.ValidationError(_("请先选择一个文件，或粘贴表格内容。"))
        return told


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=REASON_CHARS_MAX,
        error_messages={"required": gettext_lazy("请写明原因；它会随存证保留。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskedField(forms.ChoiceField):
    """A question that must be answered before the next step, but not before looking again."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class AnswersForm(forms.Form):
    """What a person says about a file: sheet, header row, columns, and only the questions that the file leaves open."""

    def __init__(self, draft: Draft, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.draft = draft
        self._keys = column_keys(draft)
        layout = draft.layout
        sheets = [table.name for table in draft.read.tables]
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("工作表"), choices=[(name, name) for name in sheets], initial=layout.sheet
            )
        self.fields["header_line"] = forms.IntegerField(
            label=_("表头所在行"), min_value=1, max_value=200, initial=layout.header_line
        )
        if draft.proposal.currency_source in ASKED_CURRENCY:
            self.fields["currency"] = AskedField(
                label=_("文件没有写明币种，金额是"),
                choices=_currencies(),
                initial=draft.said.currency or layout.currency or "",
            )
        if self.asks_date_order:
            self.fields["date_order"] = AskedField(
                label=_("日期的写法是"),
                choices=[("", _("请选择")), ("mdy", _("月/日/年")), ("dmy", _("日/月/年"))],
                initial=draft.said.date_order or "",
            )
        for guess in draft.proposal.guesses:
            self.fields[f"column_{guess.index}"] = forms.ChoiceField(
                label=guess.header or _("第 %(number)d 列") % {"number": guess.index + 1},
                choices=field_choices(),
                initial=guess.field or KEEP_AS_EXTRA,
                required=False,
            )

    @property
    def asks_date_order(self) -> bool:
        asked = any(question.code in DATE_QUESTIONS for question in self.draft.proposal.questions)
        return asked or self.draft.said.date_order is not None

    @property
    def columns(self) -> list[tuple[FieldGuess, forms.BoundField]]:
        return [(guess, self[f"column_{guess.index}"]) for guess in self.draft.proposal.guesses]

    @property
    def has_new_table(self) -> bool:
        """Another sheet or header row was chosen: the columns below belong to the old one and say nothing."""
        layout = self.draft.layout
        return (
            self.cleaned_data.get("header_line") != layout.header_line
            or self.cleaned_data.get("sheet", layout.sheet) != layout.sheet
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "header_line" not in told or self.has_new_table:
            return told
        chosen = Counter(
            told.get(f"column_{guess.index}") or KEEP_AS_EXTRA for guess in self.draft.proposal.guesses
        )
        twice = [
            name for name, times in chosen.items() if times > 1 and name not in (KEEP_AS_EXTRA, LEAVE_OUT)
        ]
        for name in twice:
            for guess in self.draft.proposal.guesses:
                if told.get(f"column_{guess.index}") == name:
                    title = field_title(name)
                    self.add_error(f"column_{guess.index}", _("“%(title)s”只能选一列。") % {"title": title})
        return told

    def said(self) -> Said:
        """The answers. A column left as it was guessed is no answer: a better guess may replace it one day."""
        told, layout, before = self.cleaned_data, self.draft.layout, self.draft.said
        sheet = told.get("sheet", before.sheet)
        if self.has_new_table:
            is_other_sheet = sheet is not None and sheet != layout.sheet
            return Said(
                sheet=sheet,
                header_line=None if is_other_sheet else told["header_line"],
                currency=told.get("currency") or None,
            )
        columns = dict(before.columns)
        for guess in self.draft.proposal.guesses:
            chosen = told.get(f"column_{guess.index}") or None
            if chosen != guess.field:
                columns[self._keys[guess.index]] = chosen
        return Said(
            sheet=sheet,
            currency=told.get("currency") or before.currency,
            date_order=told.get("date_order") or None,
            header_line=before.header_line,
            columns=columns,
            multi_line=before.multi_line,
            accepts=before.accepts,
        )


def column_keys(draft: Draft) -> dict[int, str]:
    guesses = draft.proposal.guesses
    return {guess.index: column_key(guesses, guess) for guess in guesses}


def field_choices() -> list[tuple[str, Any]]:
    ours = [(name, field_title(name)) for name in FIELDS]
    return [(KEEP_AS_EXTRA, _("原样保留")), (LEAVE_OUT, _("不导入")), (_("对应到"), ours)]


def _currencies() -> list[tuple[str, Any]]:
    rest = sorted(set(EXPONENTS) - set(COMMON_CURRENCIES))
    return [
        ("", _("请选择")),
        (_("常用"), [(code, code) for code in COMMON_CURRENCIES]),
        (_("其他"), [(code, code) for code in rest]),
    ]
