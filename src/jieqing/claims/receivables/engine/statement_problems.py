"""What a statement of account refuses, in words."""

from jieqing.kernel.outcomes import ProblemKind

PERIOD_BACKWARDS = ProblemKind(
    "statement.period_backwards",
    "对账期间的起始日 {start} 晚于截止日 {end}。",
    "The period starts on {start}, after its end on {end}.",
    "请把起始日改到截止日或之前。",
    "Choose a start on or before the end.",
)
TOO_MANY_ROWS = ProblemKind(
    "statement.too_many_rows",
    "这份对账单超过 {most} 行，不便核对。",
    "This statement has more than {most} rows: nobody could check it.",
    "请缩短对账期间，或只选一种货币、一个债权人。",
    "Choose a shorter period, one currency or one creditor.",
)
