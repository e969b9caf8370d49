"""What a reader is looking at: the day, the ledger revision, the currency, the buckets.

The address of a page says it all (``?as_of=2013-06-30&known=12&currency=USD&basis=invoice&edges=0,45,90``), so that a
link sent to a colleague shows the same figures. `Reading.query` writes only what differs from the defaults, and
every link on a page carries it on.

What an address says wrongly never fails a page: the default stands in, and `problems` tells the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from jieqing.claims.receivables.engine.ageing import (
    DEFAULT_EDGES,
    Basis,
    Bucket,
    buckets_of,
    parse_basis,
    parse_edges,
)
from jieqing.claims.receivables.selectors.moments import (
    LedgerFacts,
    ledger_facts,
    replay_day,
    revision_moment,
)
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem

CARRIED = ("as_of", "known", "currency", "basis", "edges")
EDGES_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """One view of the ledger. ``known`` is a revision's number, ``known_at`` its moment; None is "as known today"."""

    facts: LedgerFacts
    today: date
    default_on: date
    as_of: date
    is_replay: bool = False
    known: int | None = None
    known_at: datetime | None = None
    currency: str = "CNY"
    basis: Basis = Basis.DUE
    edges: tuple[int, ...] = DEFAULT_EDGES
    problems: tuple[Problem, ...] = ()

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        return buckets_of(self.edges)

    @property
    def edges_text(self) -> str:
        return ",".join(map(str, self.edges))

    @property
    def default_currency(self) -> str:
        return self.facts.currencies[0] if self.facts.currencies else "CNY"

    @property
    def is_past(self) -> bool:
        """Looks at another day or an earlier knowledge than the site's own."""
        return self.as_of != self.default_on or self.known is not None

    @property
    def kept_in_day_bar(self) -> list[tuple[str, str]]:
        """What a form that asks for the day and the currency must carry along in hidden fields."""
        asked_here = {"as_of"} | ({"currency"} if len(self.facts.currencies) > 1 else set())
        return [(name, value) for name, value in self.carried().items() if name not in asked_here]

    def with_currency(self, currency: str) -> "Reading":
        return replace(self, currency=currency)

    def carried(self) -> dict[str, str]:
        """The parameters that differ from the defaults."""
        values = {
            "as_of": (self.as_of.isoformat(), self.as_of != self.default_on),
            "known": (str(self.known), self.known is not None),
            "currency": (self.currency, self.currency != self.default_currency),
            "basis": (self.basis.value, self.basis is not Basis.DUE),
            "edges": (self.edges_text, self.edges != DEFAULT_EDGES),
        }
        return {name: value for name, (value, differs) in values.items() if differs}

    def query(self, **more: object) -> str:
        """The query string that carries this reading on; a value of None or "" leaves a parameter out."""
        values = self.carried() | {name: "" if value is None else str(value) for name, value in more.items()}
        text = urlencode({name: value for name, value in values.items() if value != ""}, safe=",")
        return f"?{text}" if text else ""


def reading_of(asked: Mapping[str, str]) -> Reading:
    """The reading that an address asks for."""
    facts, replayed = ledger_facts(), replay_day()
    today = clock.today()
    default_on = replayed or today
    problems: list[Problem] = []
    as_of = _day(asked.get("as_of", ""), default_on, problems)
    known, known_at = _revision(asked.get("known", ""), facts, problems)
    basis = parse_basis(asked.get("basis") or Basis.DUE.value)
    edges = parse_edges((asked.get("edges") or "")[:EDGES_CHARS_MAX]) if asked.get("edges") else DEFAULT_EDGES
    problems += [found for found in (basis, edges) if is_problem(found)]
    reading = Reading(
        facts=facts,
        today=today,
        default_on=default_on,
        as_of=as_of,
        is_replay=replayed is not None,
        known=known,
        known_at=known_at,
        basis=Basis.DUE if is_problem(basis) else basis,
        edges=DEFAULT_EDGES if is_problem(edges) else edges,
        problems=tuple(problems),
    )
    currency = asked.get("currency", "")
    return reading.with_currency(currency if currency in facts.currencies else reading.default_currency)


def _day(text: str, default: date, problems: list[Problem]) -> date:
    if not text:
        return default
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(Problem.of(DAY_UNREADABLE, text=text[:20], day=default.isoformat()))
        return default


def _revision(text: str, facts: LedgerFacts, problems: list[Problem]) -> tuple[int | None, datetime | None]:
    if not text:
        return None, None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    moment = revision_moment(number) if 1 <= number <= facts.revision else None
    if moment is None:
        problems.append(Problem.of(REVISION_UNKNOWN, text=text[:20]))
    return (number, moment) if moment else (None, None)


DAY_UNREADABLE = ProblemKind(
    "ledger.day_unreadable",
    "截止日“{text}”无法识别，已按 {day} 显示。",
    "The day “{text}” cannot be read; {day} is shown instead.",
    "请写成 2026-11-22 这样的日期。",
    "Write a date such as 2026-11-22.",
)
REVISION_UNKNOWN = ProblemKind(
    "ledger.revision_unknown",
    "没有第“{text}”版台账，已按当前所知显示。",
    "There is no ledger revision “{text}”; what is known now is shown instead.",
    "请在“按哪一版台账”里选择。",
    "Choose one under “as known at”.",
)
