"""The rules that decide on the active site, ready to be read and tried."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from jieqing.kernel import clock
from jieqing.recovery.assurance.engine.rule_rows import RuleRow, rule_rows
from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.selectors import packs_of


def deciding(site_id: UUID, at: datetime | None = None) -> tuple[PackSet, Decide]:
    """The packs that decide on a site at a moment, now unless another is given, and their function; made once for a set."""
    packs = packs_of(site_id, at or clock.now())
    return packs, compiled(packs)


def rows_in_force(site_id: UUID) -> list[RuleRow]:
    """Every rule of a site, its own too, in the order of packs and pages."""
    return rule_rows(packs_of(site_id, clock.now()))


def rule_row(site_id: UUID, rule_id: str) -> RuleRow | None:
    """A rule by its id."""
    return next((row for row in rows_in_force(site_id) if row.id == rule_id), None)


def compiled(packs: PackSet) -> Decide:
    return _compiled(packs.digest, packs)


@lru_cache(maxsize=32)
def _compiled(_digest: str, packs: PackSet) -> Decide:
    return compile_packs(packs)
