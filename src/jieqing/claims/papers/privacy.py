"""Personal fields of papers: a contract names people, and its file name often does."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# As long as the claim may be pursued: three years of limitation (Civil Code 188), interrupted twice.
RETENTION_DAYS = 3 * 3 * 365
_PROVING = ("证明合同、交付或对账", "Proving a contract, a delivery or a statement")

declare(
    *(
        PersonalField("papers_paper", column, Basis.CONTRACT, *_PROVING, RETENTION_DAYS, Mask.HIDDEN)
        for column in ("file_name", "note", "withdrawn_reason")
    )
)
