"""Every piece of news about cases and placements, made happen once."""

from datetime import timedelta

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.tests.books import ids_of, import_books, opened, pay
from jieqing.recovery.placements.services import end_due_placements, recall_placement
from jieqing.recovery.placements.tests.placing import active


def work_cases(actor: Actor) -> None:
    """Open, promise (one kept, one broken), dispute, hold, complain, settle."""
    import_books(actor)
    first, second = opened(actor, "INV-001"), opened(actor, "INV-003")
    with site_scope(actor.own_site):
        today = working_day()
    soon = today + timedelta(days=1)
    disputed = services.open_dispute(actor=actor, case=second, code="quality", text="质量")
    held = services.place_hold(actor=actor, case=second, kind="hardship", reason="停产")
    assert not is_problem(disputed)
    assert not is_problem(held)
    done = [
        services.record_promise(actor=actor, case=first, instalments=[Instalment(soon, 1_000_000)]),
        services.close_dispute(actor=actor, dispute=disputed, outcome="rejected", answer="有签收单"),
        services.release_hold(actor=actor, hold=held, reason="已复工"),
        services.file_complaint(actor=actor, case=second, kind="conduct", text="态度"),
        services.record_promise(actor=actor, case=second, instalments=[Instalment(soon, 5_000)]),
    ]
    assert not [one for one in done if is_problem(one)], done
    pay(actor, "INV-001", 1_000_000, on=today)
    items = ids_of(actor, "INV-002", "INV-005")
    unwrap(recall_placement(actor=actor, placement=active(actor, items[:1]), reason="委托人决定"))
    active(actor, items[1:], ends_on=today + timedelta(days=2))
    with clock.frozen(clock.now() + timedelta(days=7)):
        services.wake(actor=actor)
        end_due_placements(site_id=actor.own_site)
