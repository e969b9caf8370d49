"""The ledger's addresses below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.receivables.pages import ageing, debtors, import_urls, item, items

urlpatterns = [
    path("ledger/items/", items.items, name="items"),
    path("ledger/items.csv", items.items_export, name="items-export"),
    path("ledger/items/<uuid:item_id>/", item.item, name="item"),
    path("ledger/items/<uuid:item_id>/source/", item.item_source, name="item-source"),
    path("ledger/items/<uuid:item_id>/proof/", item.item_proof, name="item-proof"),
    path("ledger/ageing/", ageing.ageing, name="ageing"),
    path("ledger/ageing.csv", ageing.ageing_export, name="ageing-export"),
    path("ledger/debtors/", debtors.debtors, name="debtors"),
    path("ledger/debtors/<uuid:debtor_id>/", debtors.debtor, name="debtor"),
    *import_urls.urlpatterns,
]
