"""The only doors from an id in a request to a statement, a line or a match."""

from uuid import UUID

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.models import BankLine, BankStatement, Match
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def statement_by_id(actor: Actor, statement_id: UUID) -> BankStatement | Problem:
    found = BankStatement.objects.select_related("account").filter(pk=statement_id, site_id=_site(actor))
    return found.first() or Problem.of(problems.STATEMENT_UNKNOWN)


def line_by_id(actor: Actor, line_id: UUID) -> BankLine | Problem:
    found = BankLine.objects.select_related("account", "statement").filter(pk=line_id, site_id=_site(actor))
    return found.first() or Problem.of(problems.LINE_UNKNOWN)


def match_by_id(actor: Actor, match_id: UUID) -> Match | Problem:
    found = Match.objects.select_related("line").filter(pk=match_id, site_id=_site(actor))
    return found.first() or Problem.of(problems.MATCH_UNKNOWN)


def _site(actor: Actor) -> UUID:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    return actor.site_id
