"""The interface contract: page, panel and API say the same codes; another site's case is not there."""

import json
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.parties.engine.contact_points import BelongsTo
from jieqing.claims.parties.engine.standing import GuaranteeKind
from jieqing.claims.parties.services import link_guarantor
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.outreach.tests.standing import add_point, ready_case
from jieqing.recovery.outreach.tests.test_request_permit import NIGHT

STATEMENTS_MAX = 30
CAREFUL = {
    "discloses_debt": False,
    "threatens_suit": False,
    "identity_verified": False,
    "recording_notice": True,
    "script_filed": True,
    "scan_verdict": "clean",
}


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def api(cast: Cast, case: Any, rest: str) -> str:
    return f"/api/v1/sites/{cast.site.slug}/cases/{case.id}/{rest}"


def test_page_and_api_say_the_same(cast: Cast, ready) -> None:
    case, _point = ready
    with clock.frozen(NIGHT):
        page = cast.clients["owner"].get(f"/s/{cast.site.slug}/cases/{case.id}/contact-verdicts/")
        told = cast.clients["owner"].get(api(cast, case, "contact-verdicts")).json()
    text = page.content.decode()
    verdicts = told["points"][0]["channels"]
    assert [one["channel"] for one in verdicts] == ["voice_human", "sms"]
    for one in verdicts:
        assert f'data-verdict="{one["verdict"]["code"]}"' in text
        assert one["verdict"]["label"]["zh"] in text
        assert one["verdict"]["reasons"][0]["article"] in text
    assert "13812345678" not in text + json.dumps(told)


def test_a_text_message_waits_for_the_morning(cast: Cast, ready) -> None:
    case, _point = ready
    with clock.frozen(NIGHT):
        told = cast.clients["owner"].get(api(cast, case, "contact-verdicts")).json()
    sms = told["points"][0]["channels"][1]["verdict"]
    assert (sms["code"], sms["not_before"]) == ("not_before", "2026-11-25T08:00:00+08:00")
    assert sms["label"]["zh"].startswith("11-25 08:00 后可联系 · ")
    assert sms["label"]["en"].startswith("From 11-25 08:00 · ")


def test_the_panel_alone_and_the_empty_case(cast: Cast, ready) -> None:
    case, _point = ready
    address = f"/s/{cast.site.slug}/cases/{case.id}/contact-verdicts/?part=panel"
    panel = cast.clients["owner"].get(address, headers={"HX-Request": "true"}).content.decode()
    assert panel.lstrip().startswith("<section")
    assert "138****5678" in panel


def test_a_permit_over_the_api_and_its_refusal(cast: Cast, ready) -> None:
    case, point = ready
    body = {"point": str(point.pk), "channel": "sms", "purpose": "collect", "content": CAREFUL}

    def post(at: Any) -> dict[str, Any]:
        with clock.frozen(at):
            answer = cast.clients["owner"].post(
                api(cast, case, "permits"),
                json.dumps(body),
                content_type="application/json",
                headers={"Idempotency-Key": str(uuid4())},
            )
        assert answer.status_code == 200, answer.content
        return answer.json()

    late, day = post(NIGHT), post(NIGHT.replace(hour=10))
    assert (late["verdict"]["code"], late["permit"]) == ("not_before", None)
    assert (day["verdict"]["code"], day["permit"] is not None) == ("allow", True)
    assert late["decision"] != day["decision"]


def test_no_point_and_no_guarantor_costs_a_statement(cast: Cast, ready) -> None:
    case, _point = ready
    owner = cast.actor("owner")

    def ask() -> None:
        told = cast.clients["owner"].get(api(cast, case, "contact-verdicts")).json()
        asked.append(len(told["points"]))

    def with_more() -> None:
        for last in range(4):
            add_point(owner, case.debtor_id, value=f"1391234567{last}", belongs_to=BelongsTo.EMPLOYER)
        with site_scope(case.site_id):
            given = link_guarantor(
                actor=owner,
                debtor=case.debtor,
                guarantor=case.creditor,
                kind=GuaranteeKind.GENERAL,
                reason="保证合同",
            )
            assert not is_problem(given), given
        add_point(owner, case.creditor_id, value="13512345678")

    asked: list[int] = []
    ask()
    few = statements(ask)
    with_more()
    many = statements(ask)
    assert (asked[0], asked[-1]) == (1, 6)
    assert len(many) <= len(few) <= STATEMENTS_MAX


def test_a_stranger_learns_nothing(cast: Cast, ready) -> None:
    case, point = ready
    assert cast.clients["stranger"].get(api(cast, case, "contact-verdicts")).status_code == 404
    body = {"point": str(point.pk), "channel": "sms", "purpose": "collect"}
    answer = cast.clients["stranger"].post(
        f"/api/v1/sites/{cast.other_site.slug}/cases/{case.id}/permits",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 404
