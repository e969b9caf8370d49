"""What stands around the figures of a statement, and how a figure is written on it."""

from dataclasses import dataclass
from datetime import date

from jieqing.claims.receivables.engine.account_statement import AccountStatement, OpenDocument
from jieqing.kernel.money import to_major
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.pdf import Letterhead


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around the figures. ``number`` is empty on a preview; ``creditor`` names one or says "several"."""

    debtor: str
    code: str
    creditor: str
    is_by_creditor: bool
    number: str
    made_on: date
    revision: int
    lang: str
    letterhead: Letterhead

    def as_dict(self) -> dict[str, JSON]:
        return {
            "debtor": self.debtor,
            "code": self.code,
            "creditor": self.creditor,
            "is_by_creditor": self.is_by_creditor,
            "letterhead": self.letterhead.as_dict(),
        }


def overdue_days(statement: AccountStatement, one: OpenDocument) -> int | None:
    days = (statement.terms.as_of - one.not_overdue_until).days
    return days if days > 0 and one.open_minor > 0 else None


def overdue_words(statement: AccountStatement, paper: Paper) -> str:
    """Days of grace and roll, where a site counts with them; empty where due today is simply not overdue."""
    terms = statement.late_terms
    if terms.is_plain:
        return ""
    days = say(paper, f"宽限 {terms.grace_days} 天", f"after {terms.grace_days} days of grace")
    rolled = say(paper, "到期日遇休息日顺延", "due days roll to workdays")
    return say(paper, "，", ", ").join(
        [*([days] if terms.grace_days else []), *([rolled] if terms.rolls else [])]
    )


def period(statement: AccountStatement, paper: Paper) -> str:
    terms = statement.terms
    if terms.from_on is None:
        return say(paper, "截止日全部未清", "All open items")
    return f"{terms.from_on.isoformat()} – {terms.as_of.isoformat()}"


def amount(minor: int, currency: str) -> str:
    return f"{to_major(minor, currency):,f}"


def say(paper: Paper, zh: str, en: str) -> str:
    return zh if paper.lang == "zh" else en
