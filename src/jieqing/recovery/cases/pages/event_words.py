"""The timeline of a case in words: this room renders its own codes; facts are amounts, days, codes and ids, never names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.money import format_amount
from jieqing.plumbing.templatetags.kit import date_cell, lang
from jieqing.plumbing.timelines import Moment, Timeline, timeline_of
from jieqing.recovery.cases.engine import complaints
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors.ladders import stage_names
from jieqing.recovery.cases.selectors.timeline import GROUPS, TimelineRow, bulk_reasons, timeline

KINDS = (
    ("notes", gettext_lazy("备注")),
    ("money", gettext_lazy("款项")),
    ("contacts", gettext_lazy("联系")),
    ("holds", gettext_lazy("暂停、异议和投诉")),
    ("steps", gettext_lazy("办理")),
)
ICONS = {
    "noted": "edit",
    "opened": "inbox",
    "assigned": "user",
    "stage_moved": "board",
    "next_action": "arrow-right",
    "snoozed": "clock",
    "promised": "calendar",
    "promise_kept": "check",
    "promise_broken": "alert",
    "payment_seen": "import",
    "payment_back": "undo",
    "held": "stop",
    "disputed": "stop",
    "complaint_filed": "stop",
    "released": "check",
    "closed": "check",
    "reopened": "undo",
    "contacted": "check",
    "contact_failed": "clock",
    "message_sent": "arrow-right",
    "message_replied": "inbox",
    "message_uncertain": "alert",
    "message_bounced": "alert",
}
TONES = {
    "payment_seen": "good",
    "promise_kept": "good",
    "closed": "good",
    "promise_broken": "bad",
    "payment_back": "bad",
    "held": "warn",
    "disputed": "warn",
    "complaint_filed": "warn",
    "contacted": "good",
    "contact_failed": "warn",
    "message_replied": "info",
    "message_uncertain": "bad",
    "message_not_sent": "warn",
    "message_bounced": "warn",
}
_NAMES: Mapping[str, Mapping[Any, tuple[str, str]]] = {
    "closing": code_words.CLOSING_NAMES,
    "origin": code_words.ORIGIN_NAMES,
    "action": code_words.NEXT_ACTION_NAMES,
    "code": code_words.DISPUTE_NAMES,
    "freeze": code_words.FREEZE_NAMES,
    "activity": code_words.ACTIVITY_NAMES,
    "milestone": MILESTONE_NAMES,
    "channel": CHANNEL_NAMES,
}
# Which table an event's ``kind`` and ``outcome`` speak of.
_KINDS: Mapping[str, Mapping[Any, tuple[str, str]]] = {
    "held": code_words.HOLD_NAMES,
    "released": code_words.HOLD_NAMES,
    "complaint_filed": complaints.COMPLAINT_NAMES,
    "complaint_extended": complaints.COMPLAINT_NAMES,
    "complaint_answered": complaints.COMPLAINT_NAMES,
    "outlay": code_words.OUTLAY_NAMES,
    "closed": code_words.CLOSING_NAMES,
}
_SOURCES: Mapping[str, Mapping[Any, tuple[str, str]]] = {"promised": code_words.PROMISE_SOURCE_NAMES}
_OUTCOMES: Mapping[str, Mapping[Any, tuple[str, str]]] = {
    "dispute_closed": code_words.OUTCOME_NAMES,
    "complaint_answered": complaints.COMPLAINT_OUTCOME_NAMES,
    "contacted": code_words.CONTACT_RESULT_NAMES,
    "contact_failed": code_words.CONTACT_RESULT_NAMES,
}
_AMOUNTS = ("amount_minor", "minor", "paid_minor", "open_minor")


def timeline_of_case(case: Case, asked: str, site_slug: str) -> Timeline:
    """The newest events of a case; every moment opens its evidence."""
    return timeline_of("case", str(_("案件经过")), _moments(case, timeline(case.id), site_slug), KINDS, asked)


def moments_of(case: Case, site_slug: str, *, groups: Iterable[str]) -> list[Moment]:
    """The newest events of a case in some groups."""
    wanted = frozenset(groups)
    rows = [row for row in timeline(case.id) if group_of(row.event.kind) in wanted]
    return list(_moments(case, rows, site_slug))


def _moments(case: Case, rows: Sequence[TimelineRow], site_slug: str) -> Iterator[Moment]:
    say = _sayer(case, rows)
    for row in rows:
        yield Moment(
            at=row.event.at,
            kind=group_of(row.event.kind),
            title=row.words(lang()),
            who=row.who or _("系统"),
            text=say(row),
            href=_cause_page(row.event.facts, site_slug),
            icon=ICONS.get(row.event.kind, "info"),
            tone=TONES.get(row.event.kind, ""),
            entry=row.event.entry_id,
        )


def group_of(kind: str) -> str:
    return next((name for name, kinds in GROUPS.items() if kind in kinds), "steps")


def _sayer(case: Case, rows: Iterable[TimelineRow]) -> Callable[[TimelineRow], str]:
    """How to say one event; names of people and stages are looked up once for all."""
    given = {_uuid(row.event.facts.get("to")) for row in rows if row.event.kind == "assigned"}
    names, stages = display_names({one for one in given if one}), stage_names(lang())
    reasons = bulk_reasons({found for row in rows if (found := _uuid(row.event.facts.get("change")))})

    def say(row: TimelineRow) -> str:
        event = row.event
        if event.kind == "assigned":
            to = _uuid(event.facts.get("to"))
            told = [names.get(to, "–") if to else _("无人负责")]
        elif event.kind == "stage_moved":
            told = [
                stages.get(str(event.facts.get(key)), str(event.facts.get(key, ""))) for key in ("from", "to")
            ]
            told = [" → ".join(one for one in told if one)]
        else:
            told = _facts(event.kind, event.facts, case.currency)
        cause = code_words.cause_of(event.facts, lang())
        if event.facts.get("is_undo"):
            told.append(_("批量办理已撤销"))
        elif not event.text and (change := _uuid(event.facts.get("change"))):
            told.append(reasons.get(change, ""))
        said = [*told, cause, event.text]
        return (_("；") if lang() == "zh" else "; ").join(one for one in said if one)

    return say


def _cause_page(facts: Mapping[str, Any], site_slug: str) -> str:
    cause = facts.get("cause")
    message_id = _uuid(facts.get("message"))
    if message_id:
        return reverse("message", args=[site_slug, message_id])
    placement_id = _uuid(cause.get("placement")) if isinstance(cause, dict) else None
    return reverse("placement", args=[site_slug, placement_id]) if placement_id else ""


def _facts(kind: str, facts: Mapping[str, Any], currency: str) -> list[str]:
    """The telling facts in a fixed order: what, how much, how long, until when."""
    told = []
    own = {"kind": _KINDS.get(kind, {}), "outcome": _OUTCOMES.get(kind, {}), "source": _SOURCES.get(kind, {})}
    for key, names in (*_NAMES.items(), *own.items()):
        if isinstance(facts.get(key), str) and names:
            told.append(word(names, facts[key]))
    amount = next((facts[key] for key in _AMOUNTS if isinstance(facts.get(key), int)), None)
    if amount is not None:
        told.append(format_amount(amount, str(facts.get("currency") or currency), lang()))
    minutes = facts.get("minutes")
    if isinstance(minutes, int):
        told.append(ngettext("%(minutes)d 分钟", "%(minutes)d 分钟", minutes) % {"minutes": minutes})
    if kind == "contact_failed":
        told += _tried(facts)
    days = [_day(facts.get(key)) for key in ("from", "from_on", "to", "to_on", "due_on", "on", "until")]
    told += [" – ".join(day for day in days if day)] if any(days) else []
    return told


def _tried(facts: Mapping[str, Any]) -> list[str]:
    """Which try in a row failed, and when the next one is due by the site's rule."""
    number, again = facts.get("number"), _day(facts.get("again_on"))
    told = [_("连续第 %(number)d 次") % {"number": number}] if isinstance(number, int) and number else []
    return [*told, _("下次再试：%(day)s") % {"day": again} if again else _("按规则不再自动再试，等人决定")]


def _day(value: object) -> str:
    try:
        return date_cell(date.fromisoformat(str(value)))
    except ValueError:
        return ""


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
