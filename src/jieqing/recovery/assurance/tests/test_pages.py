"""The officer's pages: a rule beside its article, facts to try, a year counted, a calendar; who may see them."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance.models import Decision
from jieqing.trust.evidence.testing.guard import rows_by_hand

NOW = datetime.fromisoformat("2026-11-24T10:00:00+08:00")


def page(cast: Cast, tail: str, name: str = "owner", **more: str) -> str:
    with clock.frozen(NOW):
        answer = cast.clients[name].get(f"/s/{cast.site.slug}/compliance/{tail}", **more)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_rule_is_found_by_words_pack_and_day(cast: Cast) -> None:
    assert "GBT-05" in page(cast, "?q=22:00")
    assert "GBT-05" not in page(cast, "?q=22:00&pack=us-reg-f")
    assert "GBT-05" not in page(cast, "?q=22:00&on=2020-01-01&force=in_force")
    low = page(cast, "?confidence=low")
    assert "GBT-20" in low and "GBT-06" not in low
    assert "GBT-05" in page(cast, "rules.csv?pack=cn-gbt-45251")


def test_a_rule_stands_beside_its_article_or_says_that_none_is_there(cast: Cast) -> None:
    cited = page(cast, "rules/PI-05/")
    assert "公开法规库里没有" not in cited or "原文摘要" not in cited
    policy = page(cast, "rules/GBT-20/")
    assert "平台政策" in policy and "公开法规库里没有这一条的原文" in policy
    assert "只差这一项" in policy and "staff.count=2" in policy


def test_an_unknown_rule_is_a_problem_with_what_to_do(cast: Cast) -> None:
    answer = cast.clients["owner"].get(f"/s/{cast.site.slug}/compliance/rules/NO-1/")
    assert answer.status_code == 404 and "规则列表" in answer.content.decode()


def test_the_start_is_lawful_and_one_fact_changes_the_verdict(cast: Cast) -> None:
    assert 'data-verdict="allow"' in page(cast, "try/")
    night = page(cast, "try/?time=22:00:00")
    assert 'data-verdict="not_before"' in night and "RL-15" in night and "GBT-05" in night
    unknown = page(cast, "try/?identity_verified=-")
    assert 'data-verdict="never"' in unknown and "已核实接听人身份" in unknown
    odd = page(cast, "try/?counts.contacts_7d=many&channel=fax")
    assert "无法识别" in odd


def test_a_link_says_only_what_differs(cast: Cast) -> None:
    text = page(cast, "try/?channel=visit&staff.count=1&refused=no&opted_out=none&on=2026-11-24")
    link = re.search(r'id="try-link" value="([^"]+)"', text)
    assert link
    asked = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert asked == {"channel": ["visit"]}


def test_a_day_before_a_pack_was_in_force_is_judged_as_of_that_day(cast: Cast) -> None:
    assert "GBT-06" in page(cast, "try/?counts.effective_calls_today=3")
    assert "GBT-06" not in page(cast, "try/?counts.effective_calls_today=3&on=2025-02-27")
    assert "GBT-06" in page(cast, "try/?counts.effective_calls_today=3&on=2025-02-28")


def decided(cast: Cast, days: int, channel: str, verdict: str, *rules: str) -> None:
    """A decision as the gate keeps it, so many days ago."""
    with rows_by_hand("decisions of last year"), site_scope(cast.site.id):
        Decision.objects.create(
            site_id=cast.site.id,
            at=NOW - timedelta(days=days),
            actor_id=cast.users["owner"].id,
            contact="point:1",
            channel=channel,
            purpose="collect",
            verdict=verdict,
            rules=list(rules),
            facts={"role": "debtor"},
            facts_digest="0" * 64,
            pack_digest="0" * 64,
            entry_id=new_id(),
        )


@pytest.fixture
def asked(cast: Cast) -> Cast:
    decided(cast, 0, "sms", "allow")
    decided(cast, 0, "voice_ai", "deny", "PI-05")
    decided(cast, 200, "voice_human", "deny", "COMP-05", "CNP-07")
    decided(cast, 800, "voice_human", "deny", "COMP-05")
    return cast


def test_a_year_is_counted_by_week_rule_pack_channel_and_person(asked: Cast) -> None:
    text = page(asked, "year.csv")
    lines = [line.split(",") for line in text.splitlines()]
    found = {(line[0], line[1] or line[2]): tuple(line[3:6]) for line in lines if len(line) == 6}
    assert found["渠道", "sms"] == ("1", "0", "0")
    assert found["规则", "PI-05"] == ("0", "0", "1")
    assert found["规则", "COMP-05"] == ("0", "0", "1"), "the one of eight hundred days ago is past"
    assert found["规则包", "cn-base"] == ("0", "0", "2")
    assert found["周", "2026-11-23"] == ("1", "0", "1")
    assert "CNP-07" in page(asked, "year/")


def test_refusals_lead_to_their_evidence_and_name_nobody(asked: Cast) -> None:
    text = page(asked, "rules/PI-05/")
    with site_scope(asked.site.id):
        entry = Decision.objects.get(rules__contains=["PI-05"]).entry_id
    assert f"/evidence/{entry}/" in text and "point:1" not in text
    assert "最近拦下的" not in page(asked, "rules/PI-05/", "supervisor"), "reads rules and counts, no cases"


def test_the_calendar_shows_the_day_a_pack_began(cast: Cast) -> None:
    assert "cn-gbt-45251 · 11 条" in page(cast, "calendar/?month=2025-02")
    assert "AI-04" in page(cast, "calendar/?month=2023-01")
    assert "没有将要施行" in page(cast, "calendar/")


def test_who_may_read(cast: Cast) -> None:
    for tail in ("", "rules/GBT-05/", "try/", "year/", "calendar/"):
        page(cast, tail, "teammate")
        page(cast, tail, "supervisor")
        assert cast.clients["debtor"].get(f"/s/{cast.site.slug}/compliance/{tail}").status_code == 403
        assert cast.clients["stranger"].get(f"/s/{cast.site.slug}/compliance/{tail}").status_code == 404
