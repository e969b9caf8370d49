"""The asks of people who use other systems, where they touch bank lines (numbers as in the list of asks)."""

from datetime import date
from itertools import permutations

from tests.cast import Cast

from jieqing.claims.receipts import services
from jieqing.claims.receipts.models import Match
from jieqing.claims.receipts.tests.bank_files import icbc
from jieqing.claims.receipts.tests.test_matching_services import ROWS, actor, best_key, entered, opened, sound
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.models import LedgerRevision, Posting
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope

__all__ = ["actor"]
DAY = date(2026, 12, 31)


def report(actor: Actor, as_of: date = DAY, **more: object) -> list[bytes]:
    with site_scope(actor.site_id):
        return [one.canonical() for one in selectors.ageing(as_of=as_of, **more)]  # type: ignore[arg-type]


def total(actor: Actor) -> int:
    with site_scope(actor.site_id):
        return sum(one.total_minor for one in selectors.ageing(as_of=DAY))


def test_ask_04_ageing_equals_the_ledger_after_matches(actor: Actor) -> None:
    lines = entered(actor)
    services.approve(actor=actor, line=lines["10000.00"], suggestion=best_key(actor, lines["10000.00"]))
    with site_scope(actor.site_id):
        control = sum(row.amount_minor for row in Posting.objects.filter(voided_rev=None, account=1122))
    assert total(actor) == control == sum(opened(actor).values())


def test_ask_05_an_earlier_day_stays_byte_for_byte_after_a_later_payment(actor: Actor) -> None:
    before = report(actor, date(2026, 9, 30))
    with site_scope(actor.site_id):
        moment = LedgerRevision.objects.latest("number").at
    then = report(actor)
    lines = entered(actor)
    services.approve(actor=actor, line=lines["10000.00"], suggestion=best_key(actor, lines["10000.00"]))
    assert report(actor, date(2026, 9, 30)) == before
    assert report(actor) != then
    assert report(actor, known_at=moment) == then


def test_ask_09_suggesting_posts_nothing(actor: Actor) -> None:
    before = total(actor)
    lines = entered(actor)
    best_key(actor, lines["399.50"])
    with site_scope(actor.site_id):
        assert not Match.objects.exists()
    assert total(actor) == before


def test_ask_13_what_is_open_is_read_again_when_it_is_posted(actor: Actor) -> None:
    lines = entered(actor)
    stale = best_key(actor, lines["300.00"])
    services.approve(actor=actor, line=lines["10000.00"], suggestion=best_key(actor, lines["10000.00"]))
    answer = services.approve(actor=actor, line=lines["300.00"], suggestion=stale)
    if isinstance(answer, Match):
        assert all(minor >= 0 for minor in opened(actor).values())
    else:
        assert answer.code == "bank.suggestion_gone"
    assert sound(actor)


def test_ask_16_any_order_of_approving_gives_the_same_ledger(actor: Actor) -> None:
    lines = entered(actor)
    amounts = ("10000.00", "399.50")
    keys = {amount: best_key(actor, lines[amount]) for amount in amounts}
    reports = set()
    for order in permutations(amounts):
        matches = [services.approve(actor=actor, line=lines[one], suggestion=keys[one]) for one in order]
        reports.add(tuple(report(actor)))
        for match in reversed(matches):
            assert isinstance(match, Match)
            services.unmatch(actor=actor, match=match, reason="另一个顺序")
    assert len(reports) == 1
    assert sound(actor)


def test_ask_17_the_oldest_due_is_paid_first_where_nobody_names_one(actor: Actor) -> None:
    line = entered(actor)["300.00"]
    made = services.approve(actor=actor, line=line, suggestion=best_key(actor, line))
    assert isinstance(made, Match)
    assert opened(actor)["INV-001"] == 1_000_000 - 30_000
    assert opened(actor)["INV-002"] == 25_050


def test_ask_25_the_same_file_again_is_nothing_new(actor: Actor, cast: Cast) -> None:
    entered(actor)
    again = services.enter_file(actor=actor, name="同一份.csv", source=icbc(ROWS))
    assert again.as_dict()["new"] == 0
