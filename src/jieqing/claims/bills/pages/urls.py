"""Addresses of acceptance bills, below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.bills.pages import bills, entering

urlpatterns = [
    path("ledger/bills/", bills.bills, name="bills"),
    path("ledger/bills/<uuid:bill_id>/", bills.bill, name="bill"),
    path("ledger/debtors/<uuid:debtor_id>/bills/new/", entering.bill_new, name="bill-new"),
]
