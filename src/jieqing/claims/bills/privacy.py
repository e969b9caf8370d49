"""Personal fields of bills: a drawer may be a person's firm, and a note may say anything about anybody."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# As long as the claim may be pursued: three years of limitation (Civil Code 188), interrupted twice.
RETENTION_DAYS = 3 * 3 * 365
_PROVING = ("证明票据权利和追索", "Proving the rights of a bill and recourse")

declare(
    *(
        PersonalField(f"bills_{table}", column, Basis.CONTRACT, *_PROVING, RETENTION_DAYS, mask)
        for table, column, mask in (
            ("bill", "number", Mask.TAIL),
            ("bill", "drawer", Mask.HIDDEN),
            ("bill", "acceptor", Mask.HIDDEN),
            ("step", "note", Mask.HIDDEN),
        )
    )
)
