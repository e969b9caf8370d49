"""Double clicks and two colleagues at once: one enquiry, one ending, no flood through the gaps."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connections

from jieqing.estate.reception import services
from jieqing.estate.reception.engine.patience import PER_HOUR
from jieqing.estate.reception.models import Enquiry, EnquiryStep
from jieqing.estate.reception.tests.asking import ask, asked
from jieqing.estate.sites.services import create_site
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.selectors import notices

WORKERS = 6


@pytest.fixture
def site_id(transactional_db: None) -> UUID:
    opened = create_site(
        actor=system_actor(None, "test"), slug="jiangnan", kind="in_house", name="江南精密", live=True
    )
    return unwrap(opened).id


def in_threads(work, count: int = WORKERS) -> list:  # type: ignore[no-untyped-def, type-arg]
    def alone(number: int):  # type: ignore[no-untyped-def]
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


def test_a_form_sent_many_times_at_once_is_one_enquiry(site_id: UUID) -> None:
    """Even from several addresses: a phone may change its network between two clicks."""
    question = asked(uuid4())
    found = [unwrap(one) for one in in_threads(lambda n: ask(site_id, question, address=f"203.0.113.{n}"))]
    assert len({one.token for one in found}) == 1
    assert sum(one.is_new for one in found) == 1
    with site_scope(site_id):
        assert Enquiry.objects.count() == 1 and notices().count() == 1


def test_parallel_forms_of_one_address_cannot_pass_the_limit_together(site_id: UUID) -> None:
    for _ in range(PER_HOUR - 2):
        assert not is_problem(ask(site_id))
    found = in_threads(lambda _n: ask(site_id))
    assert sum(not is_problem(one) for one in found) == 2
    with site_scope(site_id):
        assert Enquiry.objects.count() == PER_HOUR


def test_one_of_many_replies_wins(site_id: UUID) -> None:
    enquiry = unwrap(ask(site_id)).enquiry

    def reply(number: int):  # type: ignore[no-untyped-def]
        actor = Actor(new_id(), ActorKind.PERSON, site_id, frozenset({"site_owner"}))
        with site_scope(site_id):
            if number % 3 == 2:
                return services.erase_enquiry(actor=actor, enquiry=enquiry, reason="test")
            verb = services.answer_enquiry if number % 3 else services.withdraw_enquiry
            words = {
                "text": "好",
                "answerer": "周",
                "site_name": "江南",
                "link_of": lambda token: f"http://testserver/s/x/consultation/{token}/",
            }
            return verb(actor=actor, enquiry=enquiry, **(words if number % 3 else {}))

    in_threads(reply)
    with site_scope(site_id):
        states = list(EnquiryStep.objects.filter(enquiry=enquiry).values_list("state", flat=True))
    assert len(states) == len(set(states)) and "erased" in states
    assert len({"answered", "withdrawn", "declined"} & set(states)) == 1
