"""Personal fields of bank lines: a payer may be a person, and a purpose may say anything about anybody."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# Accounting vouchers are kept thirty years (会计档案管理办法, annex); bank statements ten. A claim's own term is shorter.
RETENTION_DAYS = 10 * 365
_SEEN = ("证明收到了谁的哪一笔款", "Proving whose payment was received")

declare(
    *(
        PersonalField(f"receipts_{table}", column, Basis.CONTRACT, *_SEEN, RETENTION_DAYS, mask)
        for table, column, mask in (
            ("bank_account", "number", Mask.TAIL),
            ("bank_account", "holder", Mask.HIDDEN),
            ("bank_statement", "file_name", Mask.HIDDEN),
            ("bank_statement", "problem", Mask.HIDDEN),
            ("bank_statement", "notices", Mask.HIDDEN),
            ("bank_line", "counterparty_name", Mask.HIDDEN),
            ("bank_line", "counterparty_account", Mask.TAIL),
            ("bank_line", "payer_key", Mask.HIDDEN),
            ("bank_line", "purpose", Mask.HIDDEN),
            ("bank_line", "reference", Mask.TAIL),
            ("bank_line", "cells", Mask.HIDDEN),
            ("match", "reasons", Mask.HIDDEN),
            ("rejection", "reason", Mask.HIDDEN),
        )
    )
)
