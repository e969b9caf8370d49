"""Words, as people handle them: a threat pasted into the editor is stopped, explained and said lawfully; a script goes from its author to
the reviewer, is filed, used in a contact, complained of and replaced, and its history can be read in every step.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Platform, sign_in

pytestmark = pytest.mark.serial

THREAT = "{debtor}，今天不还钱，明天就带人上门找你家里人。"
LAWFUL = "您好，{agency}给您打电话，通话有录音。方便的话，请{debtor}本人告诉我们一个合适的回电时间。"
BETTER = LAWFUL.replace("方便的话，", "不方便也没关系，")
# The first scan of a process builds its scanner.
SCAN_MS = 30_000


def write(page: Page, body: str) -> None:
    page.fill("textarea[name=body]", body)


def scripts(platform: Platform, tail: str = "") -> str:
    return f"/s/{platform.site}/scripts/{tail}"


def ask(page: Page, path: str, told: dict[str, Any] | None = None) -> Any:
    """The API, as whoever is signed in on this page."""
    return page.evaluate(
        """async ([path, told, key]) => {
            const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
            const answer = await fetch(path, told === null ? {} : {
                method: 'POST', body: JSON.stringify(told),
                headers: {'Content-Type': 'application/json', 'X-CSRFToken': token, 'Idempotency-Key': key},
            });
            return [answer.status, await answer.json()];
        }""",
        [path, told, str(uuid4())],
    )


def file_newest(page: Page, reference: str) -> None:
    """The reviewer reads the text and signs."""
    page.fill("#reference", reference)
    page.get_by_role("button", name="签名备案").click()
    expect(page.get_by_text("签名有效").first).to_be_visible()


def test_a_threat_is_stopped_and_a_script_has_a_readable_life(
    open_page: Callable[..., Page], platform: Platform
) -> None:
    author, judge = open_page(), open_page(width=390, height=844)
    sign_in(author, platform, "zhuguan")
    sign_in(judge, platform, "shencha")
    stopped_in_the_editor(author, platform)
    address = author.url
    author.get_by_role("button", name="提交备案").click()
    expect(author.get_by_text("已提交，等待审查员备案。")).to_be_visible()
    judge.goto(scripts(platform, "queue/"))
    judge.get_by_role("link", name="约回电时间").click()
    file_newest(judge, "锡司备〔2026〕90号")
    script = address.rstrip("/").rsplit("/", 1)[-1]
    is_used = used_in_a_contact(author, platform, script)
    replaced(author, judge, address)
    history(author, platform, address, is_used)


def stopped_in_the_editor(page: Page, platform: Platform) -> None:
    page.goto(scripts(platform, "new/"))
    page.fill("input[name=code]", "own.callback-time")
    page.fill("input[name=title]", "约回电时间")
    page.check("input[name=channels][value=voice_human]")
    page.check("input[name=channels][value=sms]")
    page.fill("textarea[name=articles]", "GB/T 45251—2025 5.3")
    write(page, THREAT)
    beside = page.locator("#script-check")
    expect(beside.get_by_text("措辞扫描拦截：不能提交。")).to_be_visible(timeout=SCAN_MS)
    expect(beside.locator("mark").first).to_contain_text("上门")
    expect(beside.get_by_text("可以这样说").first).to_be_visible()
    expect(beside.get_by_text("【太湖应收管理中心】")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="提交备案").click()
    expect(page.get_by_text("措辞扫描拦截了这段文字")).to_be_visible()
    page.get_by_role("link", name="写新版本").click()
    page.uncheck("input[name=channels][value=sms]")
    write(page, LAWFUL)
    page.check("input[name=disclosures][value=agency]")
    page.check("input[name=disclosures][value=recording]")
    expect(page.locator("#script-check").get_by_text("措辞扫描没有发现问题。")).to_be_visible(timeout=SCAN_MS)
    page.fill("input[name=note]", "改成先约时间")
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile(r"/scripts/[0-9a-f-]{36}/$"))


def used_in_a_contact(page: Page, platform: Platform, script: str) -> bool:
    """A permit that names the script. The gate decides by the real hour: by night it refuses, and nothing was used."""
    api = f"/api/v1/sites/{platform.site}"
    _status, usable = ask(page, f"{api}/scripts/usable?channel=voice_human&purpose=identity_check")
    assert script in {one["script"] for one in usable}
    case, point = a_point(page, api)
    told = {
        "point": point,
        "channel": "voice_human",
        "purpose": "identity_check",
        "content": {"identity_verified": False},
        "script": script,
        "values": {"agency": "江南轴承", "debtor": "财务"},
    }
    status, answer = ask(page, f"{api}/cases/{case}/permits", told)
    assert status == 200, answer
    wrong = ask(page, f"{api}/cases/{case}/permits", told | {"values": {"agency": "江南轴承"}})
    assert (wrong[0], wrong[1]["code"]) == (409, "outreach.values_wrong")
    return answer["permit"] is not None


def a_point(page: Page, api: str) -> tuple[str, str]:
    _status, found = ask(page, f"{api}/cases?state=open")
    for case in found["cases"]:
        _status, verdicts = ask(page, f"{api}/cases/{case['id']}/contact-verdicts?purpose=identity_check")
        for point in verdicts["points"]:
            if any(one["channel"] == "voice_human" for one in point["channels"]):
                return case["id"], point["point"]
    raise AssertionError("no case of the demonstration has a number")


def replaced(author: Page, judge: Page, address: str) -> None:
    author.goto(f"{address}edit/")
    write(author, BETTER)
    author.fill("input[name=note]", "不方便也可以")
    author.get_by_role("button", name="保存草稿").click()
    author.get_by_role("button", name="提交备案").click()
    expect(author.get_by_text("已提交，等待审查员备案。")).to_be_visible()
    judge.goto(address)
    file_newest(judge, "锡司备〔2026〕91号")


def history(page: Page, platform: Platform, address: str, is_used: bool) -> None:
    page.goto(address)
    shown = page.locator("main")
    for words in (
        "已被替换",
        "锡司备〔2026〕90号",
        "锡司备〔2026〕91号",
        "改成先约时间",
        "签名有效",
        "陈审查",
        "方主管",
    ):
        expect(shown.get_by_text(words).first).to_be_visible()
    expect(shown.locator("ins", has_text="没关系").first).to_be_visible()
    read = platform.command("scripts", "history", "own.callback-time", "--site", platform.site)
    assert read.returncode == 0, read.stderr
    steps = [line.split("\t")[1:3] for line in read.stdout.splitlines()]
    assert steps[0] == ["v1", "written"] and ["v2", "filed"] in steps and ["v3", "filed"] in steps
    assert (["v2", "used"] in steps) == is_used
    assert steps[-1] == ["v2", "replaced"] and "✗" not in read.stdout
    page.goto(scripts(platform, "statistics/"))
    expect(page.get_by_role("link", name="约回电时间").first).to_be_visible()
