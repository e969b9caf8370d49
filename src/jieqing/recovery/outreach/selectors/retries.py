"""The rule of retries in force, and its versions."""

from jieqing.claims.parties.engine.choices import Channel
from jieqing.recovery.outreach.engine.retries import PLATFORM_RULE, RetryRule
from jieqing.recovery.outreach.models import RetryRuleVersion


def retry_rule() -> RetryRule:
    """The newest version of the site; the platform's own where the site has set none."""
    row = RetryRuleVersion.objects.order_by("-version").first()
    return PLATFORM_RULE if row is None else rule_of(row)


def retry_versions() -> list[RetryRuleVersion]:
    """Every version, the newest first."""
    return list(RetryRuleVersion.objects.order_by("-version"))


def rule_of(row: RetryRuleVersion) -> RetryRule:
    return RetryRule(row.version, {Channel(code): tuple(days) for code, days in row.waits.items()})
