"""The list of rules: found by words, pack, verdict, confidence, and by whether they are in force on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jieqing.kernel import clock
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors
from jieqing.recovery.assurance.engine.rule_rows import (
    CONFIDENCE_NAMES,
    FORCE_NAMES,
    VERDICT_NAMES,
    Force,
    RuleRow,
    name_of,
    picked,
)

SEARCH_CHARS_MAX = 100
VERDICT_TONES = {"deny": "bad", "needs_approval": "warn", "allow": "good"}
FORCE_TONES = {Force.IN_FORCE: "", Force.COMING: "warn", Force.OVER: ""}


@dataclass(frozen=True, slots=True)
class RuleView:
    slug: str
    on: date
    lang: str

    def href(self, row: RuleRow) -> str:
        return reverse("gate-rule", args=[self.slug, row.id])


def days_words(row: RuleRow) -> str:
    """From when to when a rule is in force; the end is its last day."""
    start = row.start.isoformat() if row.start else ""
    end = row.end.isoformat() if row.end else ""
    if start and end:
        return _("%(start)s 至 %(end)s 前") % {"start": start, "end": end}
    if end:
        return _("至 %(end)s 前") % {"end": end}
    return _("%(start)s 起") % {"start": start} if start else _("一直")


RULES = Listing(
    name="assurance.rules",
    permission="compliance.read",
    default_sort="rule",
    columns=(
        Column(
            "rule",
            gettext_lazy("规则"),
            lambda row, view: cells.link(view.href(row), row.id, mono=True),
            lambda row, _view: row.id,
            sorts=True,
            css="nowrap",
        ),
        Column(
            "text",
            gettext_lazy("要求"),
            lambda row, view: cells.text(row.rule.text.text(view.lang)),
            lambda row, view: row.rule.text.text(view.lang),
        ),
        Column(
            "verdict",
            gettext_lazy("结论"),
            lambda row, view: cells.tag(
                name_of(VERDICT_NAMES, row.rule.verdict, view.lang), VERDICT_TONES[row.rule.verdict]
            ),
            lambda row, view: name_of(VERDICT_NAMES, row.rule.verdict, view.lang),
            css="nowrap",
        ),
        Column(
            "article",
            gettext_lazy("条文"),
            lambda row, view: cells.text(row.rule.article.text(view.lang)),
            lambda row, view: row.rule.article.text(view.lang),
        ),
        Column(
            "confidence",
            gettext_lazy("依据可靠程度"),
            lambda row, view: cells.tag(
                name_of(CONFIDENCE_NAMES, row.rule.confidence, view.lang),
                "warn" if row.rule.is_policy else "",
            ),
            lambda row, view: name_of(CONFIDENCE_NAMES, row.rule.confidence, view.lang),
        ),
        Column(
            "pack",
            gettext_lazy("规则包"),
            lambda row, _view: cells.text(row.pack.id),
            lambda row, _view: row.pack.id,
            sorts=True,
            css="mono nowrap",
            on_phone=False,
        ),
        Column(
            "days",
            gettext_lazy("施行"),
            lambda row, view: (
                cells.tag(name_of(FORCE_NAMES, row.force_on(view.on), view.lang), "warn")
                if row.force_on(view.on) is not Force.IN_FORCE
                else cells.text(days_words(row))
            ),
            lambda row, _view: days_words(row),
            css="nowrap",
        ),
    ),
)


class RuleFilterForm(forms.Form):
    """What narrows the list. Packs are those of the site."""

    pack = forms.ChoiceField(label=gettext_lazy("规则包"), required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("结论"), required=False)
    confidence = forms.ChoiceField(label=gettext_lazy("依据可靠程度"), required=False)
    force = forms.ChoiceField(label=gettext_lazy("施行"), required=False)
    on = forms.DateField(
        label=gettext_lazy("在这一天"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, packs: list[tuple[str, str]]) -> None:
        super().__init__(data)
        every = ("", _("全部"))
        for name, choices in (
            ("pack", packs),
            ("verdict", _choices(VERDICT_NAMES, ("deny", "needs_approval"))),
            ("confidence", _choices(CONFIDENCE_NAMES, CONFIDENCE_NAMES)),
            ("force", _choices(FORCE_NAMES, FORCE_NAMES)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [every, *choices]


def _choices(names: Any, codes: Any) -> list[tuple[str, str]]:
    return [(str(code), name_of(names, str(code), lang())) for code in codes]


@requires("compliance.read")
@require_safe
def rules(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, RULES)
    form, rows, chips, on = _asked(request)
    sheet.rows, sheet.total = _ordered(rows, sheet.asked.key, sheet.asked.is_reversed), len(rows)
    sheet.view = RuleView(site_slug, on, lang())
    sheet.caption = _("规则")
    sheet.search = Search(_("编号、要求、条文"), request.GET.get("q", "")[:SEARCH_CHARS_MAX])
    sheet.fields, sheet.chips = list(form), chips
    sheet.files = [
        ("CSV", reverse("gate-rules-export", args=[site_slug])),
        ("Excel", reverse("gate-rules-workbook", args=[site_slug])),
    ]
    packs, _decide = selectors.deciding(request.site.id)  # type: ignore[attr-defined]
    context = {"packs": packs, "count": len(packs.rules)}
    return sheet.respond(request, "assurance/rules.html", context)


@requires("compliance.read")
@require_safe
def rules_file(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, RULES, views_of(request.actor, RULES.name).columns)  # type: ignore[attr-defined]
    _form, rows, chips, on = _asked(request)
    return list_file(
        RULES,
        kind=kind,
        name=f"rules-{site_slug}",
        shown=asked.columns,
        rows=_ordered(rows, asked.key, asked.is_reversed),
        view=RuleView(site_slug, on, lang()),
        about=[(_("规则"), on.isoformat()), *((chip.text,) for chip in chips)],
    )


def _ordered(rows: list[RuleRow], key: str, is_reversed: bool) -> list[RuleRow]:
    if key == "pack":
        return sorted(rows, key=lambda row: (row.pack.id, row.id), reverse=is_reversed)
    return sorted(rows, key=lambda row: row.id, reverse=is_reversed)


def _asked(request: HttpRequest) -> tuple[RuleFilterForm, list[RuleRow], list[Chip], date]:
    rows = selectors.rows_in_force(request.site.id)  # type: ignore[attr-defined]
    packs = sorted({(row.pack.id, row.pack.title.text(lang())) for row in rows})
    form = RuleFilterForm(request.GET, packs)
    form.is_valid()
    wanted = form.cleaned_data
    on = wanted.get("on") or clock.today()
    words = request.GET.get("q", "").strip()[:SEARCH_CHARS_MAX]
    narrowed = {name: wanted.get(name) or "" for name in ("pack", "verdict", "confidence", "force")}
    chips = [
        Chip(
            _("%(label)s：%(value)s") % {"label": form.fields[name].label, "value": _said(form, name, code)},
            (name,),
        )
        for name, code in narrowed.items()
        if code
    ]
    if words:
        chips.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": words}, ("q",)))
    return form, picked(rows, **narrowed, on=on, words=words), chips, on


def _said(form: RuleFilterForm, name: str, code: str) -> str:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return str(dict(field.choices).get(code, code))  # type: ignore[arg-type]
