"""Addresses of statements of account."""

from django.urls import path

from jieqing.claims.receivables.pages import statement_orders as orders
from jieqing.claims.receivables.pages import statement_schedules as schedules
from jieqing.claims.receivables.pages import statements

_RUN = "ledger/statements/runs/<uuid:run_id>/"
_ONE = "ledger/statements/<uuid:statement_id>/"

urlpatterns = [
    path("ledger/debtors/<uuid:debtor_id>/statement/", orders.statement_new, name="statement-new"),
    path(
        "ledger/debtors/<uuid:debtor_id>/statement/preview.pdf",
        orders.statement_preview,
        name="statement-preview",
    ),
    path("ledger/statements/", statements.statements, name="statements"),
    path("ledger/statements/schedules/", schedules.schedules, name="statement-schedules"),
    path("ledger/statements/schedules/new/", schedules.schedule_new, name="statement-schedule-new"),
    path("ledger/statements/schedules/<uuid:schedule_id>/", schedules.schedule, name="statement-schedule"),
    path(
        "ledger/statements/schedules/<uuid:schedule_id>/end/",
        schedules.schedule_end,
        name="statement-schedule-end",
    ),
    path("ledger/statements/new/", orders.statement_run_new, name="statement-run-new"),
    path(_RUN, orders.statement_run, name="statement-run"),
    path(f"{_RUN}bar/", orders.statement_run_bar, name="statement-run-bar"),
    path(f"{_RUN}news/", orders.statement_run_news, name="statement-run-news"),
    path(f"{_RUN}resume/", orders.statement_run_resume, name="statement-run-resume"),
    path(f"{_RUN}archive.zip", orders.statement_run_archive, name="statement-run-archive"),
    path(_ONE, statements.statement, name="statement"),
    path(f"{_ONE}statement.pdf", statements.statement_file, {"file": "pdf"}, name="statement-pdf"),
    path(f"{_ONE}statement.xlsx", statements.statement_file, {"file": "xlsx"}, name="statement-xlsx"),
    path(f"{_ONE}notify/", statements.statement_notify, name="statement-notify"),
]
