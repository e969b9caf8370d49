"""Personal fields of intake: what is said about a debtor, and a lawyer's reasons."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RETENTION_DAYS = 5 * 365
_WHY = ("立案前查明债务合法、债务人适格", "Finding out before a case whether a debt is lawful")

declare(
    *(
        PersonalField(f"intake_{table}", column, Basis.CONTRACT, *_WHY, RETENTION_DAYS, Mask.HIDDEN)
        for table, column in (
            ("declaration", "answers"),
            ("check", "facts"),
            ("check", "reasons"),
            ("decision", "reason"),
            ("consultation", "told"),
            ("consultation", "advice"),
            ("consultation", "answerer"),
        )
    )
)
