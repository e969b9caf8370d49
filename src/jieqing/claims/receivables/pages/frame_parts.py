"""What the ledger tells the frame: hits for the command palette, and what waits for somebody's hand."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.receivables.selectors import batch_history, finding
from jieqing.plumbing import notifications, palette
from jieqing.plumbing.notifications import Notification
from jieqing.plumbing.palette import Hit
from jieqing.plumbing.templatetags.kit import date_cell

DRAFTS_SHOWN = 20


def find_debtors(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in finding.debtors_found(words, limit=palette.HITS_EACH):
        yield Hit(row.name, reverse("debtor", args=[request.site.slug, row.id]), row.code, "people")  # type: ignore[attr-defined]


def find_items(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in finding.items_found(words, limit=palette.HITS_EACH):
        hint = f"{row.debtor_name} · {date_cell(row.due_on)}" if row.due_on else row.debtor_name
        yield Hit(row.document_number, reverse("item", args=[request.site.slug, row.id]), hint, "file")  # type: ignore[attr-defined]


def find_deeds(request: HttpRequest, words: str) -> Iterator[Hit]:
    for name, label in (("import-new", _("导入账本")), ("import-template-xlsx", _("下载导入模板"))):
        if words.lower() in label.lower():
            yield Hit(label, reverse(name, args=[request.site.slug]), "", "import")  # type: ignore[attr-defined]


def waiting_imports(request: HttpRequest) -> Iterator[Notification]:
    """Drafts that wait for a yes, and confirmed batches with rows that need a hand."""
    slug = request.site.slug  # type: ignore[attr-defined]
    for batch, rows in batch_history.waiting_batches(limit=DRAFTS_SHOWN):
        if rows is None:
            text = _("第 %(number)d 批导入待确认：%(file)s") % {
                "number": batch.number,
                "file": batch.file_name,
            }
            yield Notification(
                text, reverse("batch", args=[slug, batch.id]), batch.created_at, "", "warn", "import"
            )
        else:
            text = ngettext("%(rows)d 行待处理", "%(rows)d 行待处理", rows) % {"rows": rows}
            hint = _("第 %(number)d 批 · %(file)s") % {"number": batch.number, "file": batch.file_name}
            yield Notification(
                text, reverse("staged", args=[slug, batch.id]), batch.created_at, hint, "", "edit"
            )


def register() -> None:
    palette.register(palette.Finder("debtors", gettext_lazy("债务人"), "ledger.read", find_debtors))
    palette.register(palette.Finder("items", gettext_lazy("应收明细"), "ledger.read", find_items))
    palette.register(
        palette.Finder("import", gettext_lazy("操作"), "ledger.import", find_deeds, when_empty=True)
    )
    notifications.register(notifications.Source("imports", "ledger.import", waiting_imports))
