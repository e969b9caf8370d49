"""Personal fields: a note on a deadline may name a person, a judgment or an asset."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# As long as the claim may be pursued: three years of limitation (Civil Code 188), interrupted twice.
RETENTION_DAYS = 3 * 3 * 365
_PROVING = ("证明时效和程序期限", "Proving limitation and terms of procedure")

declare(
    *(
        PersonalField(f"deadlines_{table}", column, Basis.CONTRACT, *_PROVING, RETENTION_DAYS, Mask.HIDDEN)
        for table in ("watch", "act")
        for column in ("note", "end_reason")
    )
)
