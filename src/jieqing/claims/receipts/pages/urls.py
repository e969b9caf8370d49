"""Addresses of bank reconciliation, below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.receipts.pages import deciding, files, lines, picking, rules

_LINE = "ledger/bank/lines/<uuid:line_id>/"

urlpatterns = [
    path("ledger/bank/", lines.bank_lines, name="bank-lines"),
    path("ledger/bank.csv", lines.bank_export, name="bank-export"),
    path("ledger/bank.xlsx", lines.bank_export, {"kind": "xlsx"}, name="bank-workbook"),
    path("ledger/bank/new/", files.bank_new, name="bank-new"),
    path("ledger/bank/certain/", deciding.bank_certain, name="bank-certain"),
    path("ledger/bank/statements/<uuid:bank_statement_id>/", files.bank_statement, name="bank-statement"),
    path(
        "ledger/bank/statements/<uuid:bank_statement_id>/file/",
        rules.bank_statement_file,
        name="bank-statement-file",
    ),
    path("ledger/bank/rule/", rules.bank_rule, name="bank-rule"),
    path(_LINE, deciding.bank_line, name="bank-line"),
    path(f"{_LINE}pick/", picking.bank_pick, name="bank-pick"),
    path(f"{_LINE}decide/", deciding.bank_decide, name="bank-decide"),
    path("ledger/bank/matches/<uuid:match_id>/undo/", deciding.bank_undo, name="bank-undo"),
]
