"""What can be done on a case, one entry for each deed: its words, its key, its form, and the service behind it.

Menus, dialogs, keys and addresses are all made from this list, so that a deed cannot have two names or miss a way in.
Every deed writes through one service that refuses with a Problem; a page decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from jieqing.claims.entitlements.engine.deadlines import add_months
from jieqing.claims.papers.engine.files import BYTES_MAX
from jieqing.kernel.actor import Actor
from jieqing.kernel.money import allocate, to_minor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.uploads import read_within
from jieqing.recovery.cases import access, services
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages import deed_forms as forms

Told = dict[str, Any]
Perform = Callable[[Actor, Case, Told], Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """``path`` stands in the address; ``offers`` names what its select lists; ``on_closed`` deeds are for closed cases, ``only_free``
    ones for cases that nobody has."""

    path: str
    title: Any
    submit: Any
    said: Any
    permission: str
    form: type[forms.DeedForm]
    perform: Perform
    key: str = ""
    help: Any = ""
    offers: str = ""
    is_final: bool = False
    on_closed: bool = False
    only_free: bool = False

    def is_for(self, case: Case) -> bool:
        """Whether the case stands so that the deed makes sense."""
        if self.only_free and case.owner_id is not None:
            return False
        return (case.state == codes.CaseState.OPEN) is not self.on_closed

    @property
    def url_name(self) -> str:
        return f"case-{self.path}"


def _promise(actor: Actor, case: Case, told: Told) -> Any:
    minor = to_minor(told["amount"], case.currency)
    if is_problem(minor):
        return minor
    return services.record_promise(
        actor=actor, case=case, instalments=monthly(minor, told["due_on"], told["times"]), note=told["note"]
    )


def monthly(minor: int, first_on: date, times: int) -> list[Instalment]:
    """Equal parts, each a month later; the sum is the whole."""
    parts = allocate(minor, [1] * times)
    return [Instalment(add_months(first_on, month), part) for month, part in enumerate(parts)]


def _which(told: Told) -> UUID:
    return UUID(told["which"])


def _note(actor: Actor, case: Case, told: Told) -> Any:
    return services.add_note(actor=actor, case=case, text=told["text"])


def _promise_cancel(actor: Actor, case: Case, told: Told) -> Any:
    found = access.promise_by_id(actor, _which(told))
    if is_problem(found):
        return found
    return services.cancel_promise(actor=actor, promise=found, reason=told["reason"])


def _dispute(actor: Actor, case: Case, told: Told) -> Any:
    return services.open_dispute(
        actor=actor,
        case=case,
        code=told["code"],
        item_ids=[UUID(one) for one in told["items"]],
        text=told["text"],
        papers=_papers(told),
    )


def _papers(told: Told) -> list[tuple[str, bytes]]:
    file = told.get("file")
    return [(file.name or "", read_within(file, BYTES_MAX))] if file else []


def _dispute_paper(actor: Actor, case: Case, told: Told) -> Any:
    found = access.dispute_by_id(actor, _which(told))
    if is_problem(found):
        return found
    [(name, data)] = _papers(told)
    return services.add_dispute_paper(actor=actor, dispute=found, name=name, data=data)


def _dispute_close(actor: Actor, case: Case, told: Told) -> Any:
    found = access.dispute_by_id(actor, _which(told))
    if is_problem(found):
        return found
    return services.close_dispute(actor=actor, dispute=found, outcome=told["outcome"], answer=told["answer"])


def _hold(actor: Actor, case: Case, told: Told) -> Any:
    return services.place_hold(
        actor=actor,
        case=case,
        kind=told["kind"],
        from_on=told["from_on"],
        to_on=told["to_on"],
        reason=told["reason"],
    )


def _release(actor: Actor, case: Case, told: Told) -> Any:
    found = access.hold_by_id(actor, _which(told))
    if is_problem(found):
        return found
    return services.release_hold(actor=actor, hold=found, reason=told["reason"])


def _complaint(actor: Actor, case: Case, told: Told) -> Any:
    return services.file_complaint(
        actor=actor,
        case=case,
        kind=told["kind"],
        filed_on=told["filed_on"],
        about_id=UUID(told["about"]) if told["about"] else None,
        text=told["text"],
    )


def _complaint_extend(actor: Actor, case: Case, told: Told) -> Any:
    found = access.complaint_by_id(actor, _which(told))
    if is_problem(found):
        return found
    return services.extend_complaint(actor=actor, complaint=found, reason=told["reason"])


def _complaint_answer(actor: Actor, case: Case, told: Told) -> Any:
    found = access.complaint_by_id(actor, _which(told))
    if is_problem(found):
        return found
    return services.answer_complaint(
        actor=actor, complaint=found, outcome=told["outcome"], answer=told["answer"]
    )


def _effort(actor: Actor, case: Case, told: Told) -> Any:
    return services.record_effort(
        actor=actor,
        case=case,
        minutes=told["minutes"],
        activity=told["activity"],
        on=told["on"],
        note=told["note"],
    )


def _outlay(actor: Actor, case: Case, told: Told) -> Any:
    minor = to_minor(told["amount"], case.currency)
    if is_problem(minor):
        return minor
    return services.record_outlay(
        actor=actor,
        case=case,
        amount_minor=minor,
        kind=told["kind"],
        on=told["on"],
        reference=told["reference"],
        note=told["note"],
    )


def _next(actor: Actor, case: Case, told: Told) -> Any:
    return services.set_next_action(
        actor=actor, case=case, action=told["action"], on=told["on"], note=told["note"]
    )


def _snooze(actor: Actor, case: Case, told: Told) -> Any:
    return services.snooze(actor=actor, case=case, until=told["until"], reason=told["reason"])


def _assign(actor: Actor, case: Case, told: Told) -> Any:
    owner_id = UUID(told["owner"]) if told["owner"] else None
    return services.assign_case(actor=actor, case=case, owner_id=owner_id, reason=told["reason"])


def _take(actor: Actor, case: Case, _told: Told) -> Any:
    return services.take_case(actor=actor, case=case)


def _stage(actor: Actor, case: Case, told: Told) -> Any:
    return services.move_stage(actor=actor, case=case, stage=told["stage"], reason=told["reason"])


def _close(actor: Actor, case: Case, told: Told) -> Any:
    return services.close_case(actor=actor, case=case, closing=told["kind"], reason=told["reason"])


def _reopen(actor: Actor, case: Case, told: Told) -> Any:
    return services.reopen_case(actor=actor, case=case, reason=told["reason"])


DEEDS: tuple[Deed, ...] = (
    Deed("note", _("写备注"), _("保存备注"), _("备注已保存。"), "cases.work", forms.NoteForm, _note, "n",
         _("备注随案件存证，不能改，只能再写一条更正。")),
    Deed("promise", _("记录承诺"), _("记录承诺"), _("承诺已记录；兑现与否只看到账。"), "cases.work", forms.PromiseForm, _promise, "p",
         _("债务人说了何时付多少。是否兑现由到账决定，任何人都不能手工改。")),
    Deed("dispute", _("登记异议"), _("登记并暂停"), _("异议已登记，所涉部分已暂停。"), "cases.work", forms.DisputeForm, _dispute, "d",
         _("登记后立即暂停：整个案件，或只是所涉单据。")),
    Deed("hold", _("暂停办理"), _("暂停"), _("案件已暂停。"), "cases.work", forms.HoldForm, _hold, "h",
         _("暂停期间不联系，逾期天数不累计阶段。")),
    Deed("next", _("安排下一步"), _("保存"), _("下一步已安排。"), "cases.work", forms.NextActionForm, _next, "x"),
    Deed("snooze", _("稍后处理"), _("稍后处理"), _("案件到那一天再出现在清单上。"), "cases.work", forms.SnoozeForm, _snooze, "s"),
    Deed("effort", _("记工时"), _("记录"), _("工时已记录。"), "cases.work", forms.EffortForm, _effort, "e"),
    Deed("outlay", _("记垫付"), _("记录"), _("垫付已记录。"), "cases.work", forms.OutlayForm, _outlay, "o"),
    Deed("complaint", _("登记投诉"), _("登记并暂停"), _("投诉已登记，案件已暂停。"), "cases.work", forms.ComplaintForm, _complaint, "",
         _("投诉自动暂停案件，并按类别起算答复期限；被投诉人不能自己答复。")),
    Deed("take", _("领取"), _("领取"), _("案件已归您。"), "cases.work", forms.DeedForm, _take, "t",
         _("领取后由您负责；别人不再能领取。"), only_free=True),
    Deed("assign", _("分配"), _("分配"), _("负责人已更改。"), "cases.assign", forms.AssignForm, _assign, "a"),
    Deed("stage", _("改阶段"), _("改阶段"), _("阶段已更改。"), "cases.work", forms.StageForm, _stage, "",
         _("只能逐级推进；退回须写原因。")),
    Deed("close", _("结案"), _("结案"), _("案件已结。"), "cases.close", forms.CloseForm, _close, "",
         _("已结清和已核销只由账本决定。这里只能撤回或转出。"), is_final=True),
    Deed("reopen", _("重新办理"), _("重新办理"), _("案件已重新打开。"), "cases.close", forms.ReasonForm, _reopen, "", on_closed=True),
    Deed("promise-cancel", _("取消承诺"), _("取消承诺"), _("承诺已取消。"), "cases.work", forms.WhichReasonForm, _promise_cancel,
         offers="promises", is_final=True),
    Deed("dispute-paper", _("补充异议材料"), _("保存"), _("材料已保存并存证。"), "cases.work", forms.DisputePaperForm, _dispute_paper,
         offers="disputes"),
    Deed("dispute-close", _("办结异议"), _("办结"), _("异议已办结。"), "cases.work", forms.DisputeCloseForm, _dispute_close,
         help=_("不成立或撤回：暂停解除，从原阶段继续。成立或部分成立：所涉部分继续冻结，直到账本更正，并请主管决定。"), offers="disputes"),
    Deed("release", _("解除暂停"), _("解除"), _("暂停已解除。"), "cases.work", forms.WhichReasonForm, _release, offers="holds"),
    Deed("complaint-answer", _("答复投诉"), _("答复"), _("投诉已答复。"), "complaints.answer", forms.ComplaintAnswerForm,
         _complaint_answer, offers="complaints"),
    Deed("complaint-extend", _("延长期限"), _("延长"), _("答复期限已延长。"), "complaints.answer", forms.WhichReasonForm,
         _complaint_extend, offers="complaints", help=_("只有情况复杂的类别可以延长，须写明原因。")),
)  # fmt: skip
BY_PATH = {deed.path: deed for deed in DEEDS}
