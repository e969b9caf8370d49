"""Personal fields: a debtor may be a person, and a rating is automated evaluation (PIPL 24: transparent, explained, contestable).

Grades and their features come from the creditor's own ledger only; no other source is read, and nothing is decided about a
person by a grade alone.
"""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RETENTION_DAYS = 3 * 3 * 365
_RATING = ("按合同履行情况评价付款行为", "Evaluating payment behaviour under the contract")
_REASON = ("说明人工判断的理由", "Explaining a judgement")

declare(
    *(
        PersonalField(f"valuation_{table}", column, Basis.CONTRACT, zh, en, RETENTION_DAYS, Mask.HIDDEN)
        for table, column, (zh, en) in (
            ("rating", "score", _RATING),
            ("rating", "grade", _RATING),
            ("rating", "values", _RATING),
            ("rating_past", "score", _RATING),
            ("rating_past", "grade", _RATING),
            ("rating_past", "values", _RATING),
            ("alarm", "probability_millionths", _RATING),
            ("decision", "reason", _REASON),
            ("decision", "end_reason", _REASON),
            ("limit", "reason", _REASON),
            ("limit", "end_reason", _REASON),
        )
    )
)
