"""The filter above the list of items: from an address to an `ItemFilter`, and back into words.

What an address says wrongly is left out of the filter and shown beside its field; the list still appears.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.pages.words import KIND_WORDS, STATE_WORDS
from jieqing.claims.receivables.selectors import ItemFilter, ItemState, Reading
from jieqing.plumbing.templatetags.kit import lang

KIND_SLUGS = {kind.name.lower(): kind for kind in ItemKind}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ItemFilterForm(forms.Form):
    """Visible fields first; the hidden ones come from links (a desk's number, a debtor's page) and show as chips."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[(state.value, word) for state, word in STATE_WORDS.items()]
    )
    bucket = forms.TypedChoiceField(label=_("账龄区间"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("类型"),
        required=False,
        choices=[("", _("全部")), *((kind.name.lower(), word) for kind, word in KIND_WORDS.items())],
    )
    as_of = forms.DateField(label=_("截止日"), required=False, widget=_DAY)
    currency = forms.ChoiceField(label=_("币种"), required=False)
    q = forms.CharField(required=False, max_length=100)
    debtor = forms.UUIDField(required=False)
    batch = forms.UUIDField(required=False)
    due_from = forms.DateField(required=False)
    due_until = forms.DateField(required=False)
    credits = forms.BooleanField(required=False)
    no_date = forms.BooleanField(required=False)

    def __init__(self, asked: Mapping[str, Any], reading: Reading) -> None:
        shown = {
            "state": ItemState.OPEN.value,
            "as_of": reading.as_of.isoformat(),
            "currency": reading.currency,
        }
        super().__init__({**shown, **{name: value for name, value in asked.items() if value}})
        buckets = [
            (index, bucket.label(lang(), reading.basis)) for index, bucket in enumerate(reading.buckets)
        ]
        self.fields["bucket"].choices = [("", _("全部")), *buckets]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(code, code) for code in reading.facts.currencies]  # type: ignore[attr-defined]
        self.reading = reading
        self.is_valid()

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        names = ["state", "bucket", "kind", "as_of"]
        return [
            self[name] for name in (*names, *(["currency"] if len(self.reading.facts.currencies) > 1 else []))
        ]

    def wanted(self) -> ItemFilter:
        """The filter; a field that could not be read does not narrow it."""
        told = self.cleaned_data
        state = told.get("state") or ItemState.OPEN.value
        return replace(
            filter_of(self.reading),
            state=ItemState(state),
            bucket=told.get("bucket"),
            kind=KIND_SLUGS.get(told.get("kind") or ""),
            search=told.get("q") or "",
            debtor_id=_uuid(told.get("debtor")),
            batch_id=_uuid(told.get("batch")),
            due_from=told.get("due_from"),
            due_until=told.get("due_until"),
            credits=bool(told.get("credits")),
            no_date=bool(told.get("no_date")),
        )

    def told(self) -> dict[str, str]:
        """The filter's parameters as given, without the reading's own: for links that keep the filter."""
        names = [
            "state",
            "bucket",
            "kind",
            "q",
            "debtor",
            "batch",
            "due_from",
            "due_until",
            "credits",
            "no_date",
        ]
        given = {name: str(self.data.get(name, "")) for name in names if name not in self.errors}
        return {
            name: value
            for name, value in given.items()
            if value and not (name == "state" and value == ItemState.OPEN.value)
        }


def filter_of(reading: Reading) -> ItemFilter:
    return ItemFilter(currency=reading.currency, basis=reading.basis, edges=reading.edges)


def _uuid(value: Any) -> UUID | None:
    return value if isinstance(value, UUID) else None
