"""Addresses of papers, below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.papers.pages import papers

urlpatterns = [
    path("ledger/items/<uuid:item_id>/papers/", papers.item_papers, name="item-papers"),
    path("ledger/items/<uuid:item_id>/papers/panel/", papers.item_panel, name="item-papers-panel"),
    path("ledger/debtors/<uuid:debtor_id>/papers/", papers.debtor_papers, name="debtor-papers"),
    path("ledger/debtors/<uuid:debtor_id>/papers/panel/", papers.debtor_panel, name="debtor-papers-panel"),
    path("ledger/papers/<uuid:paper_id>/file/", papers.paper_file, name="paper-file"),
    path("ledger/papers/<uuid:paper_id>/withdraw/", papers.paper_withdraw, name="paper-withdraw"),
]
