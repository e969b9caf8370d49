"""Enquiries for tests: asked as a visitor does, by service or on the page."""

import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from tests.cast import Cast

from jieqing.estate.reception import services
from jieqing.estate.reception.engine.enquiries import Asker, Contact, ContactKind, Topic
from jieqing.estate.reception.services import Asked, Received
from jieqing.kernel.actor import visitor_actor
from jieqing.kernel.outcomes import Problem

FORM = {
    "topic": "genuine",
    "asker": "debtor",
    "name": "李伟民",
    "contact": "li@example.org",
    "story": "昨天有人自称你们来电，要我转账到个人账户，请核实是否属实。",
    "consent": "on",
    "website": "",
}


def asked(form_key: UUID | None = None, **changes: Any) -> Asked:
    values: dict[str, Any] = {
        "topic": Topic.GENUINE,
        "asker": Asker.DEBTOR,
        "name": FORM["name"],
        "contact": Contact(ContactKind.EMAIL, FORM["contact"]),
        "story": FORM["story"],
        "language": "zh",
        "form_key": form_key or uuid4(),
    }
    return Asked(**{**values, **changes})


def ask(site_id: UUID, question: Asked | None = None, address: str = "203.0.113.7") -> Received | Problem:
    return services.receive_enquiry(
        actor=visitor_actor(site_id),
        asked=question or asked(),
        address=address,
        site_name="江南精密机械有限公司",
        link_of=lambda token: f"http://testserver/s/jiangnan/consultation/{token}/",
    )


def send(cast: Cast, browser: Client | None = None, **changes: Any) -> Any:
    """Fill the form in as the page shows it and send it; follows to the receipt."""
    browser = browser or Client()
    page = f"/s/{cast.site.slug}/consultation/"
    shown = browser.get(page).content.decode()
    key = re.search(r'name="form_key" value="([0-9a-f-]{36})"', shown)
    assert key
    return browser.post(page, {**FORM, "form_key": key[1], **changes}, follow=True)
