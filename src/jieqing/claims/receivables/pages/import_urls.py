"""Addresses of the import, below ``/s/<site>/``; included by ``pages.urls``."""

from django.urls import path

from jieqing.claims.receivables.pages import (
    batch_list,
    batch_views,
    import_progress,
    import_views,
    staged_views,
)

_ONE = "ledger/imports/<uuid:batch_id>/"

urlpatterns = [
    path("ledger/imports/", batch_list.batches, name="batches"),
    path("ledger/imports.csv", batch_list.batches_export, name="batches-export"),
    path("ledger/imports.xlsx", batch_list.batches_export, {"kind": "xlsx"}, name="batches-workbook"),
    path("ledger/imports/new/", import_views.import_new, name="import-new"),
    path("ledger/imports/template.csv", import_views.import_template_csv, name="import-template-csv"),
    path("ledger/imports/template.xlsx", import_views.import_template_xlsx, name="import-template-xlsx"),
    path(_ONE, batch_views.batch, name="batch"),
    path(f"{_ONE}columns/", import_views.import_columns, name="import-columns"),
    path(f"{_ONE}check/", import_views.import_check, name="import-check"),
    path(f"{_ONE}drop/", import_views.import_drop, name="import-drop"),
    path(f"{_ONE}commit/", import_views.import_commit, name="import-commit"),
    path(f"{_ONE}progress/", import_progress.import_progress, name="import-progress"),
    path(f"{_ONE}progress/bar/", import_progress.import_progress_bar, name="import-progress-bar"),
    path(f"{_ONE}progress/news/", import_progress.import_progress_news, name="import-progress-news"),
    path(f"{_ONE}rows/", staged_views.staged, name="staged"),
    path(f"{_ONE}undo/", batch_views.batch_undo, name="batch-undo"),
    path(f"{_ONE}file/", batch_views.batch_file, name="batch-file"),
]
