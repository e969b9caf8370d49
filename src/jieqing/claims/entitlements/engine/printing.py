"""The statement as JSON: the keys of FACES plus what opens them.

``principal_fen`` to ``total_fen`` are what is open at the end of ``as_of``; ``accrued`` and ``appropriations`` lead from
the segments to them. Keys may be added, never renamed.
"""

from __future__ import annotations

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.entitlements.engine.statement import Appropriation, Segment, Statement
from jieqing.kernel.outcomes import JSON, Problem


def statement_json(statement: Statement, also: tuple[Problem, ...] = ()) -> dict[str, JSON]:
    """Return a statement as JSON; `also` are warnings about how its facts were written."""
    facts = statement.facts
    return {
        "principal_fen": statement.principal_minor,
        "interest_fen": statement.interest_minor,
        "penalty_fen": statement.penalty_minor,
        "costs_fen": statement.costs_minor,
        "total_fen": statement.total_minor,
        "segments": [_segment(segment) for segment in statement.segments],
        "warnings": [problem.as_dict() for problem in (*also, *statement.warnings)],
        "as_of": statement.as_of.isoformat(),
        "kind": facts.kind.value,
        "currency": facts.currency,
        "rounding": facts.rounding.value,
        "floating": facts.floats,
        "order": [part.name.lower() for part in facts.order],
        "doubled_interest_fen": statement.doubled_minor,
        "surplus_fen": statement.surplus_minor,
        "accrued": {
            "interest_fen": statement.accrued_minor(Part.INTEREST) + statement.accrued_minor(Part.DOUBLED),
            "penalty_fen": statement.accrued_minor(Part.PENALTY),
        },
        "items": [
            {
                "id": debt.id,
                "due": None if due is None else due.isoformat(),
                "principal_fen": opens[Part.PRINCIPAL],
                "interest_fen": opens[Part.INTEREST] + opens[Part.DOUBLED],
                "penalty_fen": opens[Part.PENALTY],
            }
            for debt, due, opens in statement.open_debts
        ],
        "appropriations": [_appropriation(found) for found in statement.appropriations],
    }


def _segment(segment: Segment) -> dict[str, JSON]:
    agreed: dict[str, JSON] = {} if segment.agreed is None else {"agreed_rate": segment.agreed.text()}
    return {
        "from": segment.first.isoformat(),
        "to": segment.end.isoformat(),
        "days": segment.days,
        "base_fen": segment.base_minor,
        **segment.rate.as_json(),
        "amount_fen": segment.amount_minor,
        "rule": segment.rule.code,
        "article": segment.rule.article,
        "item": segment.item,
        "part": segment.part.name.lower(),
        **agreed,
    }


def _appropriation(found: Appropriation) -> dict[str, JSON]:
    return {
        "date": found.day.isoformat(),
        "item": found.item,
        "part": found.part.name.lower(),
        "amount_fen": found.amount_minor,
    }
