"""Pages of contacts with the cast: masked to readers, opened for a purpose, every verb lands or says why not."""

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.parties.engine.contact_points import BelongsTo
from jieqing.claims.parties.models import ContactChoice, ContactPoint, DebtorEvent, Guarantee
from jieqing.claims.parties.tests.test_contact_points import MOBILE, add, debtor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing.guard import rows_by_hand

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")


def known(cast: Cast, **more) -> tuple:
    with site_scope(cast.site.id):
        party = debtor(cast)
        return party, add(cast, party, **more)


def contacts_of(cast: Cast, party) -> str:
    return f"/s/{cast.site.slug}/parties/{party.pk}/contacts/"


def point_of(cast: Cast, point) -> str:
    return f"/s/{cast.site.slug}/contact-points/{point.pk}/"


def test_readers_see_masks_and_no_buttons(cast: Cast) -> None:
    party, point = known(cast)
    for address in (contacts_of(cast, party), point_of(cast, point)):
        page = cast.clients["teammate"].get(address).content.decode()
        assert "138****5678" in page
        assert MOBILE not in page
        assert 'type="submit">登记' not in page
        assert "reveal" not in page
        assert cast.clients["stranger"].get(address).status_code == 404


def test_the_panel_alone_goes_to_other_pages(cast: Cast) -> None:
    party, _point = known(cast)
    page = cast.clients["owner"].get(contacts_of(cast, party) + "?part=panel", headers={"HX-Request": "true"})
    text = page.content.decode()
    assert text.lstrip().startswith("<section")
    assert "138****5678" in text
    assert "当地" in text
    debtor_page = (
        cast.clients["owner"].get(f"/s/{cast.site.slug}/ledger/debtors/{party.pk}/").content.decode()
    )
    assert f"{contacts_of(cast, party)}?part=panel" in debtor_page


def test_opening_needs_a_purpose_and_is_not_cached(cast: Cast) -> None:
    party, point = known(cast, belongs_to=BelongsTo.FAMILY, holder="王小明")
    address = point_of(cast, point) + "reveal/"
    silent = cast.clients["owner"].post(address, {})
    assert silent.status_code == 422
    assert MOBILE not in silent.content.decode()
    opened = cast.clients["owner"].post(address, {"purpose": "complaint"})
    assert opened.status_code == 200
    assert MOBILE in opened.content.decode()
    assert "王小明" in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert cast.clients["teammate"].post(address, {"purpose": "complaint"}).status_code == 403
    with site_scope(cast.site.id):
        assert ContactPoint.objects.get().party_id == party.pk


def test_every_verb_of_a_party_lands(cast: Cast) -> None:
    party, _point = known(cast)
    with rows_by_hand("an import records its parties with its rows"), site_scope(cast.site.id):
        debtor(cast, "宏达担保有限公司")
    base = contacts_of(cast, party)
    sent = {
        "add": {"kind": "email", "value": "li@example.com", "belongs_to": "debtor", "source": "debtor"},
        "choices": {"kind": "opt_out", "channel": "sms", "source": "call", "reason": "来电说明"},
        "hours": {"hours": "19:00-21:00", "source": "call", "reason": "来电说明"},
        "guarantors": {"guarantor": "宏达担保有限公司", "kind": "joint", "reason": "保证合同"},
        "events": {"kind": "represented", "from_on": "2026-11-01", "reason": "委托书"},
    }
    for verb, values in sent.items():
        answer = cast.clients["owner"].post(f"{base}{verb}/", values)
        assert answer.status_code == 302, (verb, answer.content.decode())
    page = cast.clients["owner"].get(base).content.decode()
    for shown in ("l***@example.com", "停止联系 · 短信", "19:00-21:00", "宏达担保有限公司", "已委托律师"):
        assert shown in page, shown
    with site_scope(cast.site.id):
        ends = (
            f"contact-choices/{ContactChoice.objects.get().pk}/withdraw/",
            f"guarantees/{Guarantee.objects.get().pk}/end/",
            f"debtor-events/{DebtorEvent.objects.get().pk}/end/",
        )
    for end in ends:
        address = f"/s/{cast.site.slug}/{end}"
        assert cast.clients["owner"].post(address, {"reason": ""}).status_code == 422
        assert cast.clients["owner"].post(address, {"reason": "本人来信"}).status_code == 302
    page = cast.clients["owner"].get(base).content.decode()
    assert "停止联系 · 短信" not in page
    assert "没有登记保证人" in page


def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    party, point = known(cast)
    base = contacts_of(cast, party)
    wrong = cast.clients["owner"].post(
        f"{base}add/", {"kind": "mobile", "value": "没有", "belongs_to": "debtor", "source": "hand"}
    )
    assert wrong.status_code == 409
    assert 'value="没有"' in wrong.content.decode()
    twice = cast.clients["owner"].post(
        f"{base}add/", {"kind": "phone", "value": "+86 13812345678", "belongs_to": "debtor", "source": "hand"}
    )
    assert "已有同一个联系方式" in twice.content.decode()
    nobody = cast.clients["owner"].post(
        f"{base}guarantors/", {"guarantor": "不存在", "kind": "joint", "reason": "合同"}
    )
    assert "无法确定是谁" in nobody.content.decode()
    refused = cast.clients["owner"].post(
        point_of(cast, point) + "refusal/", {"source": "call", "reason": "别打了"}
    )
    assert refused.status_code == 409
    assert "登记“停止联系”" in refused.content.decode()


def test_a_point_is_corrected_confirmed_marked_and_zoned(cast: Cast) -> None:
    _party, point = known(cast, value="li@example.com", kind="email")
    base = point_of(cast, point)
    assert "时区未知" in cast.clients["owner"].get(base).content.decode()
    for verb, values in {
        "zone": {"timezone": "Asia/Urumqi", "reason": "本人说明"},
        "invalid": {"reason": "退信"},
        "confirm": {},
        "choice": {"kind": "consent", "source": "call", "reason": "来电说明"},
        "correct": {"value": "li.ming@example.com", "reason": "本人更正"},
    }.items():
        answer = cast.clients["owner"].post(f"{base}{verb}/", values)
        assert answer.status_code == 302, (verb, answer.content.decode())
    assert "已更正" in cast.clients["owner"].get(base).content.decode()


def test_many_points_cost_as_many_statements_as_one(cast: Cast) -> None:
    party, _point = known(cast)
    counts = []
    for more in (0, 12):
        with site_scope(cast.site.id):
            for index in range(more):
                add(cast, party, f"139000011{index:02d}")
        address = contacts_of(cast, party)
        cast.clients["owner"].get(address)
        counts.append(len(statements(lambda: cast.clients["owner"].get(address))))  # noqa: B023
    assert counts[0] == counts[1]
