"""Personal fields of placements: what people wrote, and names of files that may carry a person's name."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# Lawyers keep files of non-litigious work for five years after they close (律师业务档案管理办法).
RETENTION_DAYS = 5 * 365
_WHY = ("证明谁委托、范围多大、为何停止", "Proving who entrusted what, and why it stopped")

declare(
    *(
        PersonalField(f"placements_{table}", column, Basis.CONTRACT, *_WHY, RETENTION_DAYS, Mask.HIDDEN)
        for table, column in (
            ("placement", "scope"),
            ("placement", "agreement_name"),
            ("state", "reason"),
            ("conflict_check", "reason"),
            ("conflict_check", "names"),
            ("conflict_check", "hits"),
        )
    )
)
