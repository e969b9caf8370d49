"""话术 in a browser: an author writes, a reviewer files, the library shows it; a list costs no more when it grows."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.cast import PASSWORD, Cast
from tests.query_counts import statements

from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import services
from jieqing.recovery.scripts.models import Script, ScriptVersion
from jieqing.recovery.scripts.tests.filing import OWN, newest, submitted, written

FORM = {
    "code": "own.first", "title": "首次来电", "body": OWN.body, "purpose": "identity_check", "stage": "first_contact",
    "channels": ["voice_human"], "addressee": "any", "emotion": "neutral", "lang": "zh",
    "disclosures": ["agency"], "articles": "GB/T 45251—2025 5.3", "note": "",
}  # fmt: skip


def address(cast: Cast, tail: str = "") -> str:
    return f"/s/{cast.site.slug}/scripts/{tail}"


@pytest.fixture
def judge(cast: Cast) -> Client:
    """A browser in which somebody of the justice bureau is signed in."""
    user = register_user(username="judge", display_name="司法局 陈", password=PASSWORD)
    assert not is_problem(user), user
    join_site(actor=system_actor(cast.site.id, "tests"), user=user, role="justice_reviewer")
    client = Client()
    client.force_login(user)
    return client


def test_from_author_to_reviewer_to_use_to_replacement(cast: Cast, judge: Client) -> None:
    owner = cast.clients["owner"]
    assert owner.get(address(cast, "new/")).status_code == 200
    kept = owner.post(address(cast, "new/"), FORM | {"title": ""})
    assert kept.status_code == 422 and "想确认您是{debtor}本人" in kept.content.decode()
    made = owner.post(address(cast, "new/"), FORM)
    assert made.status_code == 302
    page = made["Location"]
    assert (
        "小梁" not in owner.get(page).content.decode()
        and "太湖应收管理中心" in owner.get(page).content.decode()
    )
    assert owner.post(f"{page}decide/", {"decision": "file", "reference": "1"}).status_code == 403
    assert owner.post(f"{page}submit/").status_code == 302
    assert "首次来电" in judge.get(address(cast, "queue/")).content.decode()
    assert judge.post(f"{page}decide/", {"decision": "file", "reference": ""}).status_code == 422
    assert judge.post(f"{page}decide/", {"decision": "return", "reason": "先问方便"}).status_code == 302
    better = FORM | {"body": OWN.body + "您现在方便吗？", "note": "先问方便"}
    assert owner.post(f"{page}edit/", FORM).status_code == 422, "nothing changed"
    assert owner.post(f"{page}edit/", better).status_code == 302
    assert owner.post(f"{page}submit/").status_code == 302
    assert judge.post(f"{page}decide/", {"decision": "file", "reference": "锡司备1号"}).status_code == 302
    shown = owner.get(page).content.decode()
    assert all(
        words in shown
        for words in ("已备案", "签名有效", "锡司备1号", "先问方便", "<ins>您现在方便吗？</ins>")
    )
    assert owner.post(f"{page}edit/", FORM | {"body": "我是{agency}，找{debtor}本人。"}).status_code == 302
    assert owner.post(f"{page}submit/").status_code == 302
    with site_scope(cast.site.id):
        version = str(newest(Script.objects.get()).id)
    picked = {"version": [version], "reference": "锡司备2号"}
    assert judge.post(address(cast, "queue/file/"), picked).status_code == 302
    assert "已被替换" in owner.get(page).content.decode()
    assert judge.post(f"{page}revoke/", {"reason": "条文已变"}).status_code == 302
    assert "已停用" in owner.get(page).content.decode()


def test_the_panel_beside_the_text_says_what_is_wrong_before_anything_is_saved(cast: Cast) -> None:
    owner = cast.clients["owner"]
    found = owner.post(
        address(cast, "check/"), FORM | {"body": "您好，{debtor}，您欠的钱该还了。"}
    ).content.decode()
    assert "不能出现任何欠款信息" in found and "我们是谁" in found
    threat = owner.post(
        address(cast, "check/"), FORM | {"body": "再不还钱，今晚就打断你的腿。"}
    ).content.decode()
    assert "措辞扫描拦截" in threat and "可以这样说" in threat
    assert "可以提交备案" in owner.post(address(cast, "check/"), FORM).content.decode()
    assert owner.post(address(cast, "check/"), {}).status_code == 200
    with site_scope(cast.site.id):
        assert not Script.objects.exists()


def test_a_reader_reads_and_a_stranger_finds_nothing(cast: Cast) -> None:
    script = written(cast.actor("owner"))
    shown = cast.clients["teammate"].get(address(cast, f"{script.id}/"))
    assert shown.status_code == 200 and "写新版本" not in shown.content.decode()
    assert cast.clients["teammate"].post(address(cast, f"{script.id}/submit/")).status_code == 403
    assert cast.clients["stranger"].get(address(cast, f"{script.id}/")).status_code == 404
    assert cast.clients["owner"].get(address(cast, f"{UUID(int=1)}/")).status_code == 404


def test_a_reviewer_finds_nothing_of_another_site(cast: Cast, judge: Client) -> None:
    theirs = submitted_elsewhere(cast)
    for verb, told in {"decide": {"decision": "file", "reference": "1"}, "revoke": {"reason": "x"}}.items():
        assert judge.post(address(cast, f"{theirs.script_id}/{verb}/"), told).status_code == 404
    picked = {"version": [str(theirs.id)], "reference": "1"}
    assert judge.post(address(cast, "queue/file/"), picked).status_code == 422
    for verb, body in {"filing": {"reference": "1"}, "return": {"reason": "x"}}.items():
        answer = judge.post(
            f"/api/v1/sites/{cast.site.slug}/scripts/{theirs.script_id}/{verb}",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert answer.status_code == 404
    with site_scope(cast.other_site.id):
        assert Script.objects.get().state == "submitted"


def submitted_elsewhere(cast: Cast) -> ScriptVersion:
    stranger = cast.actor("stranger")
    return submitted(stranger, written(stranger))


def test_the_list_filters_exports_and_costs_the_same_when_it_grows(cast: Cast) -> None:
    owner, actor = cast.clients["owner"], cast.actor("owner")
    submitted(actor, written(actor))
    for page in ("", "queue/"):
        owner.get(address(cast, page))
    few = {page: len(statements(lambda page=page: owner.get(address(cast, page)))) for page in ("", "queue/")}
    services.load_shipped(actor=actor)
    with site_scope(cast.site.id):
        drafts = list(Script.objects.filter(code__startswith="vm."))
    for script in drafts:
        submitted(actor, script)
    for page, count in few.items():
        assert len(statements(lambda page=page: owner.get(address(cast, page)))) <= count
        assert count < 40
    for query in (
        "?state=in_use",
        "?purpose=voicemail&channel=voice_ai",
        "?q=vm",
        "?sort=-code",
        "?stage=none",
        "?q=%00",
    ):
        assert owner.get(address(cast) + query).status_code == 200
    assert "vm.simple" in owner.get(address(cast).rstrip("/") + ".csv").content.decode("utf-8-sig")


def test_other_programs_do_the_same(cast: Cast) -> None:
    owner = cast.clients["owner"]
    api = f"/api/v1/sites/{cast.site.slug}/scripts"
    body = {name: FORM[name] for name in ("title", "purpose", "channels", "body", "disclosures")}
    body |= {"code": "own.api", "articles": ["GB/T 45251—2025 5.3"]}

    def post(tail: str, told: dict[str, object]) -> tuple[int, dict[str, object]]:
        key = {"Idempotency-Key": str(uuid4())}
        answer = owner.post(api + tail, told, content_type="application/json", headers=key)
        return answer.status_code, answer.json()

    status, made = post("", body)
    assert status == 200 and made["state"] == "draft"
    assert post("", body)[0] == 422
    one = f"/{made['script']}"
    assert post(f"{one}/submission", {})[1]["state"] == "submitted"
    assert post(f"{one}/filing", {"reference": "1"})[0] == 403
    assert owner.get(f"{api}{one}/filings").json()[0]["state"] == "submitted"
    assert owner.get(f"{api}/usable?channel=voice_human&purpose=identity_check").json() == []
    del body["code"]
    assert post(f"{one}/versions", body)[0] == 422, "nothing changed"
    assert (
        post(f"{one}/versions", body | {"body": "我是{agency}，找{debtor}本人。"})[1]["newest_version"] == 2
    )
