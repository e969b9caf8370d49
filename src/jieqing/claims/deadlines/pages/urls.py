"""Addresses of deadlines below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.deadlines.pages import claim, overview

urlpatterns = [
    path("deadlines/", overview.deadlines, name="deadlines"),
    path("deadlines.csv", overview.deadlines_csv, name="deadlines-csv"),
    path("deadlines.ics", overview.deadlines_file, name="deadlines-file"),
    path("deadlines/items/<uuid:item_id>/", claim.claim, name="deadlines-claim"),
    path("deadlines/items/<uuid:item_id>/watch/", claim.watch_item, name="deadlines-watch-item"),
    path("deadlines/items/<uuid:item_id>/acts/", claim.record_act, name="deadlines-act"),
    path("deadlines/debtors/<uuid:debtor_id>/", claim.debtor, name="deadlines-debtor"),
    path("deadlines/debtors/<uuid:debtor_id>/watch/", claim.watch_debtor, name="deadlines-watch-debtor"),
    path("deadlines/watches/<uuid:watch_id>/end/", claim.end_watch, name="deadlines-watch-end"),
    path("deadlines/acts/<uuid:limitation_act_id>/end/", claim.withdraw_act, name="deadlines-act-end"),
]
