"""Statistics, keys, trials, the queue's days and what each channel shows: as people see them, and no dearer with more rows."""

from datetime import date, timedelta

from django.test import Client
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import selectors, services
from jieqing.recovery.scripts.engine.patience import patience
from jieqing.recovery.scripts.engine.previews import preview, segments
from jieqing.recovery.scripts.engine.words import Channel
from jieqing.recovery.scripts.models import ScriptScan
from jieqing.recovery.scripts.tests.filing import OWN, filed, reviewer, submitted, written
from jieqing.recovery.scripts.tests.test_pages import FORM, address
from jieqing.recovery.scripts.tests.test_pages import judge as judge

THREAT = "我是{agency}，{debtor}再不还钱弄死你。"


def test_what_is_kept_is_counted_by_category_with_masked_examples(cast: Cast) -> None:
    owner = cast.actor("owner")
    script = written(owner, code="own.bad", body=THREAT)
    version = selectors_newest(script)
    assert is_problem(services.submit_version(actor=owner, version=version))
    written(owner, code="own.good")
    cast.clients["owner"].post(address(cast, "check/"), FORM | {"body": THREAT})
    with site_scope(cast.site.id):
        found = selectors.scan_statistics()
        assert (found.scans, found.blocked) == (3, 2), "typing is not counted"
        assert found.by_occasion == {"written": 2, "submitted": 1}
        [threat] = [row for row in found.categories if row.category == "threat"]
        assert (threat.texts, threat.blocked) == (2, 2)
        assert len({bytes(row.digest) for row in ScriptScan.objects.all()}) == 2
        columns = {field.name for field in ScriptScan._meta.get_fields()}
        assert "text" not in columns, "the text itself is not kept"
    page = cast.clients["teammate"].get(address(cast, "statistics/")).content.decode()
    assert "威胁恐吓" in page and "弄死你" in page
    told = cast.clients["owner"].get(f"/api/v1/sites/{cast.site.slug}/scripts/scans").json()
    assert told["blocked"] == 2 and told["categories"][0]["examples"]
    assert cast.clients["stranger"].get(address(cast, "statistics/")).status_code == 404


def selectors_newest(script):  # type: ignore[no-untyped-def]
    with site_scope(script.site_id):
        return selectors.newest_version(script)


def test_pages_cost_the_same_when_they_grow(cast: Cast) -> None:
    owner, client = cast.actor("owner"), cast.clients["owner"]
    filed(cast, written(owner), reviewer(cast))
    written(owner, code="own.bad", body=THREAT)
    tails = ("statistics/", "keys/", "past/", "queue/")
    for tail in tails:
        client.get(address(cast, tail))
    few = {tail: len(statements(lambda tail=tail: client.get(address(cast, tail)))) for tail in tails}
    for number in range(6):
        judge = reviewer(cast)
        body = "".join(chr(0x4E00 + number * 97 + place) for place in range(60)) + "{agency}{debtor}"
        filed(cast, written(owner, code=f"own.{number}", body=body), judge)
        services.rotate_key(actor=judge)
        written(owner, code=f"own.bad{number}", body=THREAT)
    for tail in tails:
        assert len(statements(lambda tail=tail: client.get(address(cast, tail)))) <= few[tail] < 40, tail


def test_a_reviewer_replaces_the_own_key_and_nobody_else_does(cast: Cast, judge: Client) -> None:
    owner = cast.clients["owner"]
    version = submitted(cast.actor("owner"), written(cast.actor("owner")))
    picked = {"version": [str(version.id)], "reference": "1号"}
    assert judge.post(address(cast, "queue/file/"), picked).status_code == 302
    assert "换用新密钥" in judge.get(address(cast, "keys/")).content.decode()
    assert "换用新密钥" not in owner.get(address(cast, "keys/")).content.decode()
    assert owner.post(address(cast, "keys/rotate/")).status_code == 403
    assert judge.post(address(cast, "keys/rotate/")).status_code == 302
    page = owner.get(address(cast, "keys/")).content.decode()
    assert "旧密钥已签名确认" in page and "已换新" in page
    keys = owner.get(f"/api/v1/sites/{cast.site.slug}/scripts/keys").json()
    assert [one["chained"] for one in keys] == [True, None]
    assert keys[1]["steps"][0]["statement"]["new_key"] == keys[0]["public_key"]


def test_a_draft_is_tried_on_what_was_really_said(cast: Cast) -> None:
    owner, client = cast.actor("owner"), cast.clients["owner"]
    used, unused = (
        written(owner),
        written(owner, code="own.2", body="我这里是{agency}，请问{debtor}本人方便吗"),
    )
    filed(cast, used, reviewer(cast))
    filed(cast, unused, reviewer(cast), "2号")
    for number in range(3):
        services.record_use(
            actor=owner,
            script_id=used.id,
            channel="voice_human",
            purpose="identity_check",
            source=f"c:{number}",
        )
    page = client.post(address(cast, "past/"), {"words": "想{确认,核实}您 方便吗"}).content.decode()
    assert "想确认您" in page and "own.first" in page and "own.2" not in page
    assert client.post(address(cast, "past/"), {"words": "没有这样的话"}).status_code == 200
    wrong = client.post(address(cast, "past/"), {"words": "{上,到你家"})
    assert wrong.status_code == 422 and "{上,到你家" in wrong.content.decode()
    alike = client.post(address(cast, "past/"), {"body": OWN.body}).content.decode()
    assert "100 %" in alike or "%" in alike
    assert cast.clients["teammate"].post(address(cast, "past/"), {"words": "x"}).status_code == 403


def test_a_submission_has_its_day(cast: Cast, judge: Client) -> None:
    owner = cast.actor("owner")
    with clock.frozen(clock.now() - timedelta(days=20)):
        submitted(owner, written(owner))
    assert "已超期" in judge.get(address(cast, "queue/")).content.decode()
    assert patience(date(2026, 9, 30), date(2026, 10, 9)).due_on == date(2026, 10, 13), (
        "the holiday counts no day"
    )


def test_each_channel_shows_what_it_makes_of_a_text() -> None:
    sms = preview("{debtor}，您好。", Channel.SMS, "zh")
    assert sms.text.startswith("【太湖应收管理中心】") and sms.parts == (sms.text,)
    assert preview("【{agency}】您好", Channel.SMS, "zh").text.count("【") == 1
    long = preview("您" * 100, Channel.SMS, "zh")
    assert len(long.parts) == 2 and "".join(long.parts) == long.text
    assert len(segments("😀" * 35)) == 1 and len(segments("😀" * 36)) == 2
    assert all("😀" * (len(part) // 1) == part for part in segments("😀" * 80)), "no sign is cut in two"
    assert len(segments("a" * 160)) == 1 and len(segments("[" * 81)) == 2
    mail = preview("您好", Channel.EMAIL, "zh", "对账")
    assert dict(mail.head)["subject"] == "对账"
    letter = preview("您好", Channel.LETTER, "zh", "对账")
    assert letter.foot and dict(letter.head)["letterhead"]
    call = preview("您好。我是{agency}。", Channel.VOICE_HUMAN, "zh")
    assert call.parts == ("您好。", "我是太湖应收管理中心。") and call.seconds


def test_a_history_reads_from_author_to_replacement(cast: Cast) -> None:
    owner, judge_ = cast.actor("owner"), reviewer(cast)
    script = written(owner)
    filed(cast, script, judge_)
    services.record_use(
        actor=owner, script_id=script.id, channel="voice_human", purpose="identity_check", source="c:1"
    )
    from dataclasses import replace

    services.revise_script(
        actor=owner, script=script, template=replace(OWN, body=OWN.body + "方便吗？"), note="问"
    )
    filed(cast, script, judge_, "2号")
    with site_scope(cast.site.id):
        found = selectors.script_by_code("own.first")
        assert not is_problem(found)
        steps = [(row["version"], row["step"]) for row in selectors.history_of(selectors.script_page(found))]
    assert steps == [
        (1, "written"),
        (1, "submitted"),
        (1, "filed"),
        (1, "used"),
        (2, "written"),
        (2, "submitted"),
        (2, "filed"),
        (1, "replaced"),
    ]
