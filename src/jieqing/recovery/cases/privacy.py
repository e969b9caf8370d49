"""Personal fields of cases: the debtor's name as the queue shows it, and what people wrote down."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# Records of collection: five years from the end of the case (internet-finance conduct rules), never less.
KEPT_DAYS = 5 * 365


def _field(table: str, column: str, zh: str, en: str, mask: Mask = Mask.HIDDEN) -> PersonalField:
    return PersonalField(
        table=table,
        column=column,
        basis=Basis.CONTRACT,
        purpose_zh=zh,
        purpose_en=en,
        retention_days=KEPT_DAYS,
        mask=mask,
    )


_WRITTEN = ("办理案件时的记录", "What was written down while a case was worked")
declare(
    _field(
        "cases_case", "debtor_name", "在工作清单中指明债务人", "Naming the debtor in the worklist", Mask.NAME
    ),
    _field("cases_case", "sort_key", "按拼音排列工作清单", "Ordering the worklist by pinyin", Mask.NAME),
    _field("cases_case", "next_action_note", *_WRITTEN),
    _field("cases_event", "text", *_WRITTEN),
    _field("cases_promise", "note", *_WRITTEN),
    _field("cases_promise", "cancel_reason", *_WRITTEN),
    _field("cases_dispute", "text", *_WRITTEN),
    _field("cases_dispute", "answer", *_WRITTEN),
    _field("cases_hold", "reason", *_WRITTEN),
    _field("cases_hold", "release_reason", *_WRITTEN),
    _field("cases_complaint", "text", *_WRITTEN),
    _field("cases_complaint", "answer", *_WRITTEN),
    _field("cases_effort", "note", *_WRITTEN),
    _field("cases_outlay", "note", *_WRITTEN),
)
