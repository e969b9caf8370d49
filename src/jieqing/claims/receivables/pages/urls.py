"""The ledger's addresses below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.pages import (
    acts,
    ageing,
    charges,
    debtor_list,
    debtors,
    frame_parts,
    import_urls,
    item,
    items,
    overdue_terms,
    report_files,
    statement_urls,
)

urlpatterns = [
    path("ledger/items/", items.items, name="items"),
    path("ledger/items.csv", items.items_export, name="items-export"),
    path("ledger/items.xlsx", items.items_export, {"kind": "xlsx"}, name="items-workbook"),
    path("ledger/items/picked/", items.items_picked, name="items-picked"),
    path("ledger/items/<uuid:item_id>/", item.item, name="item"),
    path("ledger/items/<uuid:item_id>/source/", item.item_source, name="item-source"),
    path("ledger/items/<uuid:item_id>/invoice/", item.item_invoice, name="item-invoice"),
    path("ledger/items/<uuid:item_id>/proof/", item.item_proof, name="item-proof"),
    *(
        path(
            f"ledger/items/<uuid:item_id>/{kind.value}/",
            acts.act_new,
            {"kind": kind.value},
            name=f"act-{kind.value}",
        )
        for kind in acts.ACT_WORDS
    ),
    path("ledger/acts/<uuid:act_id>/", acts.act, name="act"),
    path("ledger/charges/", charges.charge_rules, name="charge-rules"),
    path("ledger/charges/terms/new/", charges.charge_terms_new, name="charge-terms-new"),
    path("ledger/charges/overdue/new/", overdue_terms.overdue_terms_new, name="overdue-terms-new"),
    path("ledger/charges/order/new/", charges.order_new, name="order-new"),
    path(
        "ledger/charges/decisions/<uuid:charge_decision_id>/", charges.charge_decision, name="charge-decision"
    ),
    *(
        path(
            f"ledger/items/<uuid:item_id>/charges/{kind.value}/",
            charges.charge_ask,
            {"kind": kind.value},
            name=f"charge-{kind.value}",
        )
        for kind in DecisionKind
    ),
    path("ledger/ageing/", ageing.ageing, name="ageing"),
    path("ledger/ageing.csv", ageing.ageing_export, name="ageing-export"),
    path("ledger/ageing.xlsx", report_files.ageing_file, {"file": "xlsx"}, name="ageing-workbook"),
    path("ledger/ageing.pdf", report_files.ageing_file, {"file": "pdf"}, name="ageing-pdf"),
    path("ledger/desk.pdf", report_files.desk_file, name="desk-pdf"),
    path("ledger/debtors/", debtor_list.debtors, name="debtors"),
    path("ledger/debtors.csv", debtor_list.debtors_export, name="debtors-export"),
    path("ledger/debtors.xlsx", debtor_list.debtors_export, {"kind": "xlsx"}, name="debtors-workbook"),
    path("ledger/debtors/picked/", debtor_list.debtors_picked, name="debtors-picked"),
    path("ledger/debtors/<uuid:debtor_id>/", debtors.debtor, name="debtor"),
    *import_urls.urlpatterns,
    *statement_urls.urlpatterns,
]

frame_parts.register()
