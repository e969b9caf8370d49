"""What each of the cast gets at the ledger's forms: papers, bills, conversion, charges. Order of people: see ``expected``."""

READ = (200, 200, 404, 403, 403, 302)
WRITE = (200, 403, 404, 403, 403, 302)
POST_ONLY_WRITE = (405, 403, 404, 403, 403, 302)

_LEDGER = "s/<slug:site_slug>/ledger"

FORMS: dict[str, tuple[int, ...]] = {
    f"{_LEDGER}/charges/": READ,
    f"{_LEDGER}/charges/terms/new/": WRITE,
    f"{_LEDGER}/charges/order/new/": WRITE,
    f"{_LEDGER}/charges/overdue/new/": WRITE,
    f"{_LEDGER}/statements/schedules/": READ,
    f"{_LEDGER}/statements/schedules/new/": WRITE,
    f"{_LEDGER}/statements/schedules/<uuid:schedule_id>/": READ,
    f"{_LEDGER}/statements/schedules/<uuid:schedule_id>/end/": POST_ONLY_WRITE,
    f"{_LEDGER}/charges/decisions/<uuid:charge_decision_id>/": WRITE,
    **{
        f"{_LEDGER}/items/<uuid:item_id>/charges/{kind}/": WRITE for kind in ("fee", "waiver", "cancellation")
    },
    f"{_LEDGER}/items/<uuid:item_id>/papers/": READ,
    f"{_LEDGER}/items/<uuid:item_id>/papers/panel/": READ,
    f"{_LEDGER}/debtors/<uuid:debtor_id>/papers/": READ,
    f"{_LEDGER}/debtors/<uuid:debtor_id>/papers/panel/": READ,
    f"{_LEDGER}/papers/<uuid:paper_id>/file/": READ,
    f"{_LEDGER}/papers/<uuid:paper_id>/withdraw/": WRITE,
    f"{_LEDGER}/bills/": READ,
    f"{_LEDGER}/exchange/": READ,
    f"{_LEDGER}/exchange/rates/new/": WRITE,
    f"{_LEDGER}/bills/<uuid:bill_id>/": READ,
    f"{_LEDGER}/debtors/<uuid:debtor_id>/bills/new/": WRITE,
}
