"""Upload of a bank file, and what became of it: entered and checked, or refused with the line and kept."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.receipts import access, services
from jieqing.claims.receipts.pages.words import CHECKED_WORDS, kept_problem, problem_of
from jieqing.claims.receipts.services.left_out import left_out_rows
from jieqing.claims.receipts.services.profile_files import bank_profiles
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.plumbing.uploads import source_of

UPLOAD_MB_MAX = 64


class BankFileForm(forms.Form):
    file = forms.FileField(allow_empty_file=True)
    bank = forms.ChoiceField(label=_("银行"), required=False, help_text=_("一般自动识别，认不出时再选。"))
    account = forms.CharField(
        label=_("账号"), required=False, max_length=60, help_text=_("文件里没有写账号时填写。")
    )
    currency = forms.CharField(label=_("币种"), required=False, max_length=3, initial="CNY")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [(one.code, one.zh if lang() == "zh" else one.en) for one in bank_profiles().values()]
        self.fields["bank"].choices = [("", _("自动识别")), *names]  # type: ignore[attr-defined]


@requires("ledger.import")
@require_http_methods(["GET", "POST"])
def bank_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = BankFileForm(request.POST or None, request.FILES or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        code = known_currency(form.cleaned_data["currency"] or "CNY")
        if not is_problem(code):
            done = services.enter_file(
                actor=request.actor,  # type: ignore[attr-defined]
                name=form.cleaned_data["file"].name or "",
                source=source_of(form.cleaned_data["file"]),
                account=form.cleaned_data["account"],
                bank=form.cleaned_data["bank"],
                currency=code,
            )
            return redirect("bank-statement", site_slug, done.statements[0].statement.id)
        problem = code
    context = {"form": form, "problem": problem, "max_mb": UPLOAD_MB_MAX}
    return render(request, "receipts/new.html", context, status=422 if problem or form.errors else 200)


@requires("ledger.read")
@require_GET
def bank_statement(request: HttpRequest, site_slug: str, bank_statement_id: UUID) -> HttpResponse:
    found = access.statement_by_id(request.actor, bank_statement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    profile = bank_profiles().get(found.profile)
    context = {
        "statement": found,
        "digest": bytes(found.file_digest).hex(),
        "profile": (profile.zh if lang() == "zh" else profile.en) if profile else found.profile,
        "checked": CHECKED_WORDS.get(found.checked_by, ""),
        "left_out": [
            (row.line_no, row.zh if lang() == "zh" else row.en, "  ".join(filter(None, row.cells))[:160])
            for row in left_out_rows(found)
        ],
        "problem": problem_of(found),
        "notices": [kept_problem(one) for one in found.notices],
    }
    return render(request, "receipts/statement.html", context)
