"""Addresses of scripts, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.scripts.pages import editor, library, script, statistics

_ONE = "scripts/<uuid:script_id>/"

urlpatterns = [
    path("scripts/", library.scripts, name="scripts"),
    path("scripts.csv", library.scripts_file, name="scripts-export"),
    path("scripts.xlsx", library.scripts_file, {"kind": "xlsx"}, name="scripts-workbook"),
    path("scripts/load/", library.load, name="scripts-load"),
    path("scripts/submit/", library.submit_drafts, name="scripts-submit"),
    path("scripts/queue/", library.queue, name="script-queue"),
    path("scripts/queue/file/", library.file_picked, name="script-queue-file"),
    path("scripts/statistics/", statistics.scan_statistics, name="script-statistics"),
    path("scripts/keys/", statistics.keys, name="script-keys"),
    path("scripts/keys/rotate/", statistics.rotate, name="script-keys-rotate"),
    path("scripts/past/", statistics.trial, name="script-past"),
    path("scripts/new/", editor.new, name="script-new"),
    path("scripts/check/", editor.check, name="script-check"),
    path(_ONE, script.script, name="script"),
    path(f"{_ONE}edit/", editor.edit, name="script-edit"),
    path(f"{_ONE}submit/", script.submit, name="script-submit"),
    path(f"{_ONE}decide/", script.decide, name="script-decide"),
    path(f"{_ONE}withdraw/", script.withdraw_by_site, name="script-withdraw"),
    path(f"{_ONE}revoke/", script.withdraw_by_reviewer, name="script-revoke"),
]
