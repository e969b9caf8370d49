"""The scope guard: what a site may not call itself or offer is refused with its article; what stands all the same is listed."""

from typing import Any

import pytest

from jieqing.estate.accounts.services import register_user
from jieqing.estate.reception import services as reception
from jieqing.estate.reception.engine.public_lines import Slot
from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.access import operator_actor
from jieqing.estate.sites.models import Profile, Site, StandingWords
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing.guard import rows_by_hand
from tests.cast import PASSWORD, Cast
from tests.query_counts import statements


def opened(name: str, slug: str, kind: str = "in_house") -> Any:
    return services.create_site(actor=system_actor(None, "test"), slug=slug, kind=kind, name=name)


def operator(client: Any = None) -> Actor:
    person = register_user(username="runs", display_name="运营", password=PASSWORD)
    assert not is_problem(person)
    services.appoint_operator(actor=system_actor(None, "test"), user_id=person.id, reason="测试")
    if client:
        client.force_login(person)
    found = operator_actor(person.id)
    assert not is_problem(found)
    return found


@pytest.mark.parametrize(
    ("name", "slug", "kind", "words"),
    [
        ("无锡诚信追欠款有限公司", "chengxin", "in_house", "追欠款"),
        ("太湖征信修复中心", "taihu", "mediation", "征信修复"),
        ("宏达私 家 侦 探社", "hongda", "outsourcing", "私 家 侦 探"),
        ("宏达机械有限公司", "hongda-taozhai", "in_house", "讨债"),
        ("宏达商务咨询承接催收有限公司", "hongda", "in_house", "承接催收"),
    ],
)
def test_a_name_or_address_in_disguise_opens_no_site(
    db: None, name: str, slug: str, kind: str, words: str
) -> None:
    found = opened(name, slug, kind)
    assert isinstance(found, Problem) and found.code == "site.words_forbidden"
    assert words in found.zh and "依据：" in found.todo_zh and "可以这样写" in found.todo_zh
    assert found.details["places"]


def test_a_law_firm_may_say_what_lawyers_do_and_others_may_not(cast: Cast) -> None:
    firm = opened("太湖律师事务所", "taihu", "law_firm")
    assert not is_problem(firm)
    text = "律师团队代理诉讼"
    assert services.check_words(kind="law_firm", name=firm.name, surface="services", text=text) is None
    assert services.check_words(kind="in_house", name=firm.name, surface="services", text=text) is not None


def test_scope_and_domain_are_read_beside_the_name(cast: Cast) -> None:
    site = opened("宏达商务咨询有限公司", "hongda")
    assert not is_problem(site), "consulting alone is lawful"
    actor = system_actor(site.id, "test")
    with site_scope(site.id):
        wrong = services.save_profile(actor=actor, site=site, values={"scope": "企业管理；欠款追回"})
        assert wrong["scope"].code == "site.words_forbidden" and "变相" in wrong["scope"].zh
        assert services.save_profile(actor=actor, site=site, values={"scope": "应收账款管理"}) == {}
        asked = services.ask_domain(actor=actor, site=site, host="www.zhuizhai.example.com")
        assert isinstance(asked, Problem) and asked.code == "site.words_forbidden"


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (Slot.SERVICES, "对账；改征信；分期协商"),
        (Slot.SLOGAN, "专业要债，百分百追回"),
        (Slot.INTRODUCTION, "我们是法院授权的执行局，再不还钱弄死你"),
        (Slot.HOURS, "讨债热线全天"),
    ],
)
def test_landing_text_is_refused_and_nothing_typed_is_lost(cast: Cast, slot: Slot, text: str) -> None:
    with site_scope(cast.site.id):
        done = reception.set_public_line(actor=cast.actor("owner"), slot=slot, text=text)
    assert isinstance(done, Problem) and done.code == "site.words_forbidden"
    page = cast.clients["owner"].post(f"/s/{cast.site.slug}/public-page/", {slot.value: text})
    shown = page.content.decode()
    assert text.split("；")[0] in shown and "可以这样写" in shown
    assert text not in cast.clients["anonymous"].get(f"/s/{cast.site.slug}/").content.decode()


def test_lawful_landing_text_stands_in_public(cast: Cast) -> None:
    told = {
        "slogan": "把账说清楚，把事谈妥。",
        "services": "对账；分期协商",
        "introduction": "本公司财务部应收账款组。",
    }
    done = cast.clients["owner"].post(f"/s/{cast.site.slug}/public-page/", told)
    assert done.status_code == 302
    page = cast.clients["anonymous"].get(f"/s/{cast.site.slug}/").content.decode()
    assert all(words in page for words in ("把账说清楚", "<li>分期协商</li>", "应收账款组"))


def test_what_stands_is_found_at_night_listed_to_the_operator_and_ended_when_it_is_changed(
    cast: Cast,
) -> None:
    judge = operator(cast.clients["debtor"])
    with rows_by_hand("a tenant from before the guard"), site_scope(cast.site.id):
        Profile.objects.create(
            site_id=cast.site.id, scope="受托追讨欠款", updated_at=cast.site.created_at, updated_by=judge.id
        )
        Site.objects.filter(pk=cast.site.id).update(name="江南讨债公司", state="draft")
    assert services.read_standing_words(site_id=cast.site.id) == 2
    assert services.read_standing_words(site_id=cast.site.id) == 2, "a second night changes nothing"
    assert StandingWords.objects.count() == 2
    client = cast.clients["debtor"]
    page = client.get("/operator/words/").content.decode()
    assert all(words in page for words in ("江南讨债公司", "受托追讨欠款", "568号", "可以这样说"))
    with rows_by_hand("renamed at the register"):
        Site.objects.filter(pk=cast.site.id).update(name="江南轴承有限公司")
    with site_scope(cast.site.id):
        site = Site.objects.get(pk=cast.site.id)
        assert services.save_profile(actor=judge, site=site, values={"scope": "轴承制造"}) == {}
    assert services.read_standing_words(site_id=cast.site.id) == 0
    assert selectors.standing_words(judge) == []
    assert "江南讨债公司" not in client.get("/operator/words/").content.decode()
    assert "江南讨债公司" in client.get("/operator/words/?state=ended").content.decode()


def test_public_lines_that_stand_are_found_too(cast: Cast) -> None:
    judge = operator()
    with site_scope(cast.site.id):
        reception.set_public_line(actor=cast.actor("owner"), slot=Slot.SERVICES, text="与人民法院合作")
    [row] = selectors.standing_words(judge)
    assert (row.surface, row.findings[0]["verdict"]) == ("services", "needs_approval")
    assert reception.read_standing_lines(site_id=cast.site.id) == 1
    with site_scope(cast.site.id):
        reception.set_public_line(actor=cast.actor("owner"), slot=Slot.SERVICES, text="")
    assert selectors.standing_words(judge) == []


def test_nobody_else_sees_the_list_and_it_costs_the_same_when_it_grows(cast: Cast) -> None:
    judge = operator(cast.clients["debtor"])
    for name in ("owner", "teammate", "stranger", "supervisor"):
        assert cast.clients[name].get("/operator/words/").status_code == 404
    assert selectors.standing_words(cast.actor("owner")) == []
    counts = []
    for _time in range(2):
        for number in range(8):
            services.note_words(
                actor=judge,
                site=cast.site if number % 2 else cast.other_site,
                surface="services",
                text="代追欠款",
                key=str(number + _time * 8),
            )
        cast.clients["debtor"].get("/operator/words/")
        counts.append(len(statements(lambda: cast.clients["debtor"].get("/operator/words/"))))
    assert counts[0] == counts[1] < 20
