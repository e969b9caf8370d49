"""Personal fields of the ledger: a debtor may be a person, and a file may say anything about them.

What an import did not understand is kept in the words of the file (staged cells, corrections, samples of a check), so
those columns count as personal whatever they hold.
"""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# As long as the claim itself may be pursued: three years of limitation (Civil Code 188), interrupted twice.
RETENTION_DAYS = 3 * 3 * 365
_SOURCE = ("证明账目的来源", "Proving where an account entry comes from")
_STATING = ("证明对账单写了什么、交给了谁", "Proving what a statement said and who got it")
_CHARGING = ("说明为何收取或减免息费", "Saying why charges were made or waived")
_MENDING = ("让人看懂并改正导入的行", "Letting people read and mend imported rows")

declare(
    *(
        PersonalField(f"receivables_{table}", column, Basis.CONTRACT, zh, en, RETENTION_DAYS, mask)
        for table, column, (zh, en), mask in (
            ("import_batch", "file_name", _SOURCE, Mask.HIDDEN),
            ("import_batch", "options", _MENDING, Mask.HIDDEN),
            ("import_batch", "counts", _MENDING, Mask.HIDDEN),
            ("staged_row", "cells", _MENDING, Mask.HIDDEN),
            ("staged_row", "problems", _MENDING, Mask.HIDDEN),
            ("staged_row", "reason", _MENDING, Mask.HIDDEN),
            ("mapping_profile", "name", _SOURCE, Mask.HIDDEN),
            ("item", "document_number", _SOURCE, Mask.TAIL),
            ("item_past", "document_number", _SOURCE, Mask.TAIL),
            ("e_invoice", "number", _SOURCE, Mask.TAIL),
            ("e_invoice", "original_number", _SOURCE, Mask.TAIL),
            ("e_invoice", "buyer_tax_id", _SOURCE, Mask.TAIL),
            ("e_invoice", "seller_name", _SOURCE, Mask.HIDDEN),
            ("e_invoice", "seller_tax_id", _SOURCE, Mask.TAIL),
            ("e_invoice", "file_name", _SOURCE, Mask.HIDDEN),
            ("charge_terms", "reason", _CHARGING, Mask.HIDDEN),
            ("charge_decision", "reason", _CHARGING, Mask.HIDDEN),
            ("appropriation_order", "reason", _CHARGING, Mask.HIDDEN),
            ("statement", "printed", _STATING, Mask.HIDDEN),
            ("statement_schedule", "name", _STATING, Mask.HIDDEN),
            ("statement_schedule", "wanted", _STATING, Mask.HIDDEN),
            ("act", "reason", _MENDING, Mask.HIDDEN),
            ("act", "reference", _MENDING, Mask.HIDDEN),
            ("statement_run", "wanted", _STATING, Mask.HIDDEN),
            ("statement_run", "skipped", _STATING, Mask.HIDDEN),
            ("statement_hand_over", "recipient", _STATING, Mask.HIDDEN),
        )
    )
)
