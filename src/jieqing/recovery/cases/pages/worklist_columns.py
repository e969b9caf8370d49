"""The worklist as it is declared: columns for the screen and for files, and what may be done with many cases.

The first column leads to the case and keeps the list's own address in its link, so that the case page knows the way back
and the neighbours. Whether a debtor may be contacted stands below the name: first what the case itself forbids, a moment later
the gate's own verdict, which ``recovery.outreach`` puts there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.kernel.money import format_amount, to_major
from jieqing.plumbing.listing import BulkAction, Column, Listing, cells
from jieqing.plumbing.templatetags.kit import date_cell, lang, moment
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.words import contact_verdict, reason_words, word

CHIPS = 2
HOUSE = "CNY"
# Hours of more than this say nothing to anybody.
LONG = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class CaseView:
    """What every cell needs: addresses, names and stages in one look-up each, and the moment of the page."""

    case: Callable[[UUID], str]
    owners: Mapping[UUID, str]
    stages: Mapping[str, str]
    now: datetime
    today: date


def overdue_days(case: Case, today: date) -> int:
    return (today - case.oldest_due_on).days if case.oldest_due_on else 0


def money_cell(minor: int | None, currency: str) -> str:
    """Bare digits in the house currency, as the unit above the table says; another currency names itself."""
    return cells.amount(minor, currency) if currency == HOUSE else format_amount(minor or 0, currency, lang())


def _debtor(case: Case, view: CaseView) -> SafeString:
    return format_html(
        '<a class="table__row-link" href="{}" data-case="{}">{}</a> <span class="quiet small mono">{}</span>'
        '<div id="contact-{}" class="row-verdict">{}</div>',
        view.case(case.id),
        case.id,
        case.debtor_name,
        case.number,
        case.id,
        _contact(case, view),
    )


def _value(case: Case, _view: CaseView) -> SafeString:
    chips = format_html_join(
        "", "{}", ((cells.tag(words, tone),) for words, tone in reason_words(case.reasons[:CHIPS]))
    )
    return format_html('{}<div class="chips">{}</div>', money_cell(case.priority, case.currency), chips)


def _contact(case: Case, _view: CaseView) -> SafeString:
    words, tone = contact_verdict(case.hold_kinds, is_open=case.state == codes.CaseState.OPEN)
    return cells.verdict(words, tone) if words else SafeString("")


def _overdue(case: Case, view: CaseView) -> object:
    return cells.overdue(overdue_days(case, view.today)) if case.overdue_minor else cells.overdue(0)


def _promise(case: Case, view: CaseView) -> object:
    if case.promise_on is None:
        return cells.NOTHING
    return format_html(
        '{}<div class="{}">{}</div>',
        money_cell(case.promise_minor, case.currency),
        "bad" if case.promise_on < view.today else "quiet",
        date_cell(case.promise_on),
    )


def _next(case: Case, view: CaseView) -> object:
    if case.next_action_on is None:
        return cells.NOTHING
    late = case.next_action_on < view.today
    words, tone = clock_words(case.clock_due_at, view.now)
    return format_html(
        '{}<div><span class="nowrap {}">{}</span> {}</div>',
        word(code_words.NEXT_ACTION_NAMES, case.next_action),
        "bad" if late else "quiet",
        date_cell(case.next_action_on),
        cells.tag(words, tone) if words else "",
    )


def clock_words(due_at: datetime | None, now: datetime) -> tuple[str, str]:
    """What is left of a clock, in words and tone; nothing when none runs."""
    if due_at is None:
        return "", ""
    left = due_at - now
    if left < timedelta(0):
        return _("时限已过"), "bad"
    if left >= LONG:
        words = ngettext("剩 %(days)d 天", "剩 %(days)d 天", left.days) % {"days": left.days}
        return words, ""
    hours = int(left.total_seconds() // 3600)
    words = ngettext("剩 %(hours)d 小时", "剩 %(hours)d 小时", hours) % {"hours": hours}
    return words, "warn" if left <= timedelta(hours=24) else ""


def _clock(case: Case, view: CaseView) -> object:
    words, tone = clock_words(case.clock_due_at or case.first_response_due_at, view.now)
    return cells.tag(words, tone) if words else cells.NOTHING


def _owner(case: Case, view: CaseView) -> object:
    return view.owners.get(case.owner_id, "–") if case.owner_id else cells.tag(_("无人负责"), "warn")


def _holds(case: Case, _view: CaseView) -> object:
    return format_html_join(
        " ", "{}", ((cells.tag(word(code_words.HOLD_NAMES, kind), "warn"),) for kind in case.hold_kinds)
    ) or cells.NOTHING  # fmt: skip


def _state(case: Case, _view: CaseView) -> object:
    if case.state == codes.CaseState.OPEN:
        return word(code_words.STATE_NAMES, case.state)
    return cells.tag(word(code_words.CLOSING_NAMES, case.closing), "good")


CASES = Listing(
    name="cases.worklist",
    permission="cases.read",
    default_sort="-priority",
    columns=(
        Column(
            "debtor", gettext_lazy("债务人"), _debtor, lambda case, _view: case.debtor_name, sorts=True
        ),
        Column(
            "number",
            gettext_lazy("案号"),
            lambda case, _view: case.number,
            lambda case, _view: case.number,
            sorts=True,
            first="down",
            descends=True,
            is_shown=False,
            in_every_file=True,
            css="mono",
        ),
        Column(
            "contact",
            gettext_lazy("能否联系"),
            _contact,
            lambda case, _view: contact_verdict(case.hold_kinds)[0],
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "priority",
            gettext_lazy("预期价值和理由"),
            _value,
            lambda case, _view: to_major(case.priority, case.currency),
            sorts=True,
            first="down",
            descends=True,
            file_label=gettext_lazy("预期价值"),
        ),
        Column(
            "overdue",
            gettext_lazy("逾期金额"),
            lambda case, _view: money_cell(case.overdue_minor, case.currency),
            lambda case, _view: to_major(case.overdue_minor, case.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
        ),
        Column(
            "open",
            gettext_lazy("未清金额"),
            lambda case, _view: money_cell(case.open_minor, case.currency),
            lambda case, _view: to_major(case.open_minor, case.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "currency",
            gettext_lazy("币种"),
            lambda case, _view: case.currency,
            lambda case, _view: case.currency,
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "age",
            gettext_lazy("逾期"),
            _overdue,
            lambda case, view: max(0, overdue_days(case, view.today)),
            sorts=True,
            first="down",
            descends=True,
            file_label=gettext_lazy("逾期天数"),
        ),
        Column(
            "stage",
            gettext_lazy("阶段"),
            lambda case, view: view.stages.get(case.stage, case.stage),
            lambda case, view: view.stages.get(case.stage, case.stage),
            css="whole",
        ),
        Column(
            "promise",
            gettext_lazy("还款承诺"),
            _promise,
            lambda case, _view: case.promise_on,
            css="nowrap",
            file_label=gettext_lazy("承诺日"),
        ),
        Column(
            "next",
            gettext_lazy("下一步"),
            _next,
            lambda case, _view: word(code_words.NEXT_ACTION_NAMES, case.next_action),
            sorts=True,
        ),
        Column(
            "next_on",
            gettext_lazy("下一步日期"),
            lambda case, _view: cells.day(case.next_action_on),
            lambda case, _view: case.next_action_on,
            is_shown=False,
            in_every_file=True,
        ),
        Column("clock", gettext_lazy("时限"), _clock, lambda case, _view: moment(case.clock_due_at) if case.clock_due_at else None, is_shown=False),
        Column(
            "owner",
            gettext_lazy("负责人"),
            _owner,
            lambda case, view: view.owners.get(case.owner_id, "") if case.owner_id else "",
            on_phone=False,
        ),
        Column(
            "holds",
            gettext_lazy("暂停"),
            _holds,
            lambda case, _view: " ".join(word(code_words.HOLD_NAMES, kind) for kind in case.hold_kinds),
            is_shown=False,
        ),
        Column(
            "opened",
            gettext_lazy("立案日"),
            lambda case, _view: cells.day(case.opened_on),
            lambda case, _view: case.opened_on,
            is_shown=False,
        ),
        Column("state", gettext_lazy("状态"), _state, lambda case, _view: str(_state(case, _view)), is_shown=False),
    ),
    actions=(
        BulkAction("assign", gettext_lazy("分配"), "cases-bulk-assign", "cases.assign", "user"),
        BulkAction("snooze", gettext_lazy("稍后处理"), "cases-bulk-snooze", "cases.work", "clock"),
        BulkAction("stage", gettext_lazy("改阶段"), "cases-bulk-stage", "cases.work", "board"),
        BulkAction("export", gettext_lazy("导出"), "cases-bulk-export", "cases.read", "export"),
    ),
)  # fmt: skip


def case_label(case: Case) -> str:
    return f"{case.number} {case.debtor_name}"
