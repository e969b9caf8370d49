"""Accounts, their files, and the rule that is switched on."""

from uuid import UUID

from jieqing.claims.receipts.models import BankAccount, BankStatement, MatchRule

RULE_CERTAIN = "certain"


def accounts() -> list[BankAccount]:
    return list(BankAccount.objects.order_by("number", "currency"))


def statements(*, account_id: UUID | None = None, limit: int = 50) -> list[BankStatement]:
    """Newest first, refused ones among them."""
    rows = BankStatement.objects.select_related("account").order_by("-number")
    return list((rows.filter(account_id=account_id) if account_id else rows)[:limit])


def live_rule(rule: str = RULE_CERTAIN) -> MatchRule | None:
    return MatchRule.objects.filter(rule=rule, ended_at=None).first()


def rule_history(rule: str = RULE_CERTAIN) -> list[MatchRule]:
    """Every time the rule was on, newest first."""
    return list(MatchRule.objects.filter(rule=rule).order_by("-switched_on_at")[:20])
