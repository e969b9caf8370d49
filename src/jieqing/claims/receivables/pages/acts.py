"""Acts on an item: a short form that says first what would change, then posts; and one act with its outcome."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.receivables import access, selectors
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.engine.acts import NEEDS_APPROVAL, USES_CREDIT, ActKind
from jieqing.claims.receivables.models import ActState, Item, LedgerAct
from jieqing.claims.receivables.pages.import_forms import ReasonForm
from jieqing.claims.receivables.selectors.acts import acts_on, usable_credits, written_off_left
from jieqing.claims.receivables.services import acts
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.money import plain_amount, to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

ACT_WORDS = {
    ActKind.WRITE_OFF: gettext_lazy("核销坏账"),
    ActKind.APPLICATION: gettext_lazy("用贷项或预收冲抵"),
    ActKind.RECOVERY: gettext_lazy("核销后收回"),
    ActKind.SET_OFF: gettext_lazy("抵销互负债务"),
}
ACT_HELP = {
    ActKind.WRITE_OFF: gettext_lazy(
        "账销案存：金额退出应收余额，债权仍在，之后可以登记收回。须由另一人批准。"
    ),
    ActKind.APPLICATION: gettext_lazy("把同一债务人的贷项或未核销回款用在这张单据上；总额不变。"),
    ActKind.RECOVERY: gettext_lazy("用已在账上的未核销回款登记收回；不能超过已核销而未收回的金额。"),
    ActKind.SET_OFF: gettext_lazy("双方互负债务时，自通知到达对方起生效（民法典第 568 条）。"),
}
STATE_WORDS = {
    ActState.ASKED: gettext_lazy("待批准"),
    ActState.STANDING: gettext_lazy("已入账"),
    ActState.REFUSED: gettext_lazy("未批准"),
    ActState.TAKEN_BACK: gettext_lazy("已撤回"),
}
_DAY = {"type": "date"}


class ActForm(forms.Form):
    """Fields that a kind of act does not know are taken out."""

    amount = forms.DecimalField(label=gettext_lazy("金额"), localize=False)
    effective_on = forms.DateField(
        label=gettext_lazy("生效日"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    credit = forms.ChoiceField(label=gettext_lazy("用哪一笔"))
    reference = forms.CharField(label=gettext_lazy("所依据的文件"), max_length=acts.REFERENCE_CHARS_MAX)
    notice_on = forms.DateField(
        label=gettext_lazy("通知到达日"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=acts.REASON_CHARS_MAX)

    def __init__(self, asked: Any, kind: ActKind, item: Item) -> None:
        super().__init__(asked, initial={"effective_on": clock.today()})
        self.kind, self.item = kind, item
        if kind in USES_CREDIT:
            found = usable_credits(item, clock.today())
            self.credits = {str(credit.id): credit for credit, _left in found}
            self.fields["credit"].choices = [  # type: ignore[attr-defined]
                (str(credit.id), f"{credit.document_number} · {plain_amount(left, credit.currency)}")
                for credit, left in found
            ]
        else:
            del self.fields["credit"]
        if kind is not ActKind.SET_OFF:
            del self.fields["reference"], self.fields["notice_on"]

    def order(self) -> acts.ActOrder | Problem:
        told = self.cleaned_data
        minor = to_minor(told["amount"], self.item.currency)
        if is_problem(minor):
            return minor
        return acts.ActOrder(
            kind=self.kind,
            amount_minor=minor,
            effective_on=told["effective_on"],
            reason=told["reason"],
            credit=self.credits[told["credit"]] if self.kind in USES_CREDIT else None,
            reference=told.get("reference", ""),
            notice_on=told.get("notice_on"),
        )


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def act_new(request: HttpRequest, site_slug: str, item_id: UUID, kind: str) -> HttpResponse:
    """Shows first what would change; the second button posts it."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access.item_by_id(actor, item_id)
    if is_problem(item):
        return problem_response(request, item, 404)
    form = ActForm(request.POST or None, ActKind(kind), item)
    problem: Problem | None = None
    shown: dict[str, int] | None = None
    if request.method == "POST" and form.is_valid():
        order = form.order()
        if is_problem(order):
            problem = order
        elif "confirm" in request.POST:
            made = acts.act_on_item(actor=actor, item=item, order=order)
            if not is_problem(made):
                messages.success(request, _said(made))
                return redirect("item", site_slug, item.id)
            problem = made
        else:
            room = acts.preview_act(actor=actor, item=item, order=order)
            problem, shown = (room, None) if is_problem(room) else (None, _preview(item, order, room))
    context = {
        "item": item,
        "kind": kind,
        "title": ACT_WORDS[ActKind(kind)],
        "help": ACT_HELP[ActKind(kind)],
        "form": form,
        "problem": problem,
        "shown": shown,
        "waits": ActKind(kind) in NEEDS_APPROVAL,
    }
    status = 422 if request.method == "POST" and (problem or form.errors) else 200
    return render(request, "receivables/act_new.html", context, status=status)


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, site_slug: str, act_id: UUID) -> HttpResponse:
    """One act: approve or refuse it as a second person, or take it back with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.act_by_id(actor, act_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    problem: Problem | None = None
    form = ReasonForm(request.POST if request.POST.get("step") != "approve" and request.POST else None)
    if request.method == "POST" and (request.POST.get("step") == "approve" or form.is_valid()):
        done = acts.take_step(
            actor=actor,
            act=found,
            step=request.POST.get("step", ""),
            reason=request.POST.get("reason", ""),
        )
        if not is_problem(done):
            messages.success(request, _said(done))
            return redirect("item", site_slug, found.item_id)
        problem = done
    context = {"one": told_acts([found])[0], "act": found, "form": form, "problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "receivables/act.html", context, status=status)


def acts_of(item: Item) -> list[dict[str, Any]]:
    """The acts on an item as its page shows them."""
    return told_acts(acts_on(item))


def told_acts(rows: list[LedgerAct]) -> list[dict[str, Any]]:
    names = display_names({row.asked_by for row in rows} | {row.decided_by for row in rows if row.decided_by})
    entries = {row.revision: selectors.entry_of_revision(row.revision) for row in rows if row.revision}
    return [
        {
            "act": row,
            "kind": ACT_WORDS[ActKind(row.kind)],
            "state": STATE_WORDS[ActState(row.state)],
            "tone": "warn" if row.state == ActState.ASKED else "",
            "asked_by": names.get(row.asked_by, _("系统")),
            "decided_by": names.get(row.decided_by, _("系统")) if row.decided_by else "",
            "entry": entries.get(row.revision or 0),
        }
        for row in rows
    ]


def choices_of(item: Item, detail: selectors.ItemDetail) -> list[tuple[str, Any]]:
    """What can be begun on this item's page: a recovery where something was written off, the rest while it is open."""
    if item.withdrawn_rev or item.kind != ItemKind.INVOICE:
        return []
    kinds: list[ActKind] = [kind for kind in ACT_WORDS if kind is not ActKind.RECOVERY]
    if detail.open_minor <= 0:
        kinds = []
    if written_off_left(item.id, clock.today()):
        kinds.append(ActKind.RECOVERY)
    return [(kind.value, ACT_WORDS[kind]) for kind in kinds]


def _preview(item: Item, order: acts.ActOrder, room: int) -> dict[str, int]:
    now = selectors.item_detail(item, as_of=order.effective_on).open_minor
    after = now if order.kind is ActKind.RECOVERY else now - order.amount_minor
    return {"now_minor": now, "after_minor": after, "room_minor": room}


def _said(act: LedgerAct) -> str:
    kind, state = str(ACT_WORDS[ActKind(act.kind)]), str(STATE_WORDS[ActState(act.state)])
    return f"{kind}：{state}" if lang() == "zh" else f"{kind}: {state}"
