"""An enquiry triaged and answered on a page: one answer, one notice, one row of what it rests on."""

from uuid import uuid4

import pytest
from tests.cast import Cast

from jieqing.estate.reception import services as reception
from jieqing.estate.reception.engine.enquiries import Asker, Contact, ContactKind, Topic
from jieqing.kernel.actor import visitor_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake.models import Consultation
from jieqing.trust.notices.models import Notice


@pytest.fixture
def enquiry_id(cast: Cast):
    received = reception.receive_enquiry(
        actor=visitor_actor(cast.site.id),
        asked=reception.Asked(
            topic=Topic.RECOVERY, asker=Asker.CREDITOR, name="王经理",
            contact=Contact(ContactKind.EMAIL, "wang@example.org"), story="客户欠货款十万元，去年一月到期。",
            language="zh", form_key=uuid4(),
        ),
        address="203.0.113.9",
        site_name="江南",
        link_of=lambda token: f"http://testserver/{token}/",
    )  # fmt: skip
    assert not is_problem(received), received
    return received.enquiry.id


def test_triage_answers_once_and_sends_a_notice(cast: Cast, enquiry_id) -> None:
    owner = cast.clients["owner"]
    page = f"/s/{cast.site.slug}/intake/consultations/{enquiry_id}/"
    told = {"amount": "100000", "due_on": "2026-01-31", "has_signed_papers": "yes", "is_disputed": "yes"}
    inbox = f"/s/{cast.site.slug}/enquiries/{enquiry_id}/"
    assert page in owner.get(inbox).content.decode()  # the enquiry leads to its triage while it waits
    assert "客户欠货款十万元" in owner.get(page).content.decode()
    seen = owner.post(page, told | {"do": "look"}).content.decode()
    assert "建议途径：调解" in seen and "1,150.00" in seen
    assert owner.post(page, {"amount": "x"}).status_code == 422
    assert owner.post(page, told | {"do": "answer", "remark": "可先由我所出具律师函。"}).status_code == 302
    again = owner.post(page, told | {"do": "answer"})
    assert again.status_code == 422
    with site_scope(cast.site.id):
        row = Consultation.objects.get()
        assert (row.route, row.answerer) == ("mediation", "Owner")
        assert Notice.objects.filter(kind="enquiry_answered").count() == 1
    shown = owner.get(inbox).content.decode()
    assert page not in shown
    assert "建议途径：调解" in shown and "律师函" in shown
    assert cast.clients["teammate"].get(page).status_code == 403
