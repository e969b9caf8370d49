"""The first path through the house: sign in, import, read the ageing, open a number down to its proof, verify it.

Real platform, real browser, real sequencer; the proof is checked by ``jieqing-verify`` in a process of its own with
only the policy file as its trust.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jieqing.plumbing.paths import checkout
from tests.journeys.conftest import Platform, sign_in

LEDGER = """应收账款明细表,,,,,
截止日期：2026-11-20,,,,,
客户名称,发票号,开票日期,到期日,币种,价税合计
无锡路桥机械有限公司,JY-0001,2026-08-01,2026-09-30,人民币,"120,000.50"
无锡路桥机械有限公司,JY-0002,2026-10-10,2026-12-10,人民币,8000
金华某某农机厂,JY-0003,2026-07-01,2026-13-01,人民币,5000
合计,,,,,"133,000.50"
"""


def test_from_a_file_to_a_verified_proof(
    platform: Platform, open_page: Callable[..., Page], downloads: Path
) -> None:
    page = open_page()
    sign_in(page, platform, "caiwu")
    expect(page.get_by_role("heading", level=1)).to_have_text("债权人工作台")

    page.get_by_role("link", name="导入", exact=True).click()
    page.get_by_role("link", name="导入账本").first.click()
    source = downloads / "journey.csv"
    source.write_text(LEDGER, encoding="gb18030")
    page.set_input_files("input[type=file]", source)
    page.wait_for_url("**/columns/")
    page.get_by_role("button", name="下一步：检查").click()
    page.wait_for_url("**/check/")
    expect(page.get_by_text("2026-13-01").first).to_be_visible()
    page.get_by_role("button", name="确认导入 2 行").dblclick()
    page.wait_for_url(re.compile(r"/ledger/imports/[0-9a-f-]+/(\?done=1)?$"))
    expect(page.get_by_text("journey.csv").first).to_be_visible()

    page.get_by_role("link", name="账龄", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("账龄")
    page.get_by_role("link", name="债务人", exact=True).click()
    page.get_by_role("link", name="无锡路桥机械有限公司").first.click()
    expect(page.get_by_text("128,000.50").first).to_be_visible()
    page.get_by_role("link", name="JY-0001").first.click()
    expect(page.get_by_text("120,000.50").first).to_be_visible()

    bundle = _proof_of_this_row(page, downloads)
    verdict = _verify(platform, bundle, downloads)
    assert verdict["valid"] is True
    assert {name: verdict["levels"][name]["state"] for name in ("L1", "L2")} == {"L1": "ok", "L2": "ok"}

    damaged = downloads / "damaged.evidence.zip"
    data = bytearray(bundle.read_bytes())
    data[data.index(b"claims.receivables.imported")] ^= 1
    damaged.write_bytes(data)
    assert _verify(platform, damaged, downloads)["valid"] is False


def _proof_of_this_row(page: Page, downloads: Path) -> Path:
    """Download the row's own proof; the sequencer publishes within a second or two, so the page may need a reload."""
    proof = page.get_by_role("link", name="下载证明").first
    for _try in range(10):
        if proof.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    with page.expect_download() as started:
        proof.click()
    path = downloads / started.value.suggested_filename
    started.value.save_as(path)
    return path


def _verify(platform: Platform, bundle: Path, folder: Path) -> dict[str, object]:
    policy = folder / "policy.txt"
    asked = platform.command("evidence", "policy", "--out", str(policy))
    assert asked.returncode == 0, asked.stderr
    checked = subprocess.run(
        [sys.executable, "-m", "jieqing_verify", str(bundle), "--policy", str(policy), "--json"],
        env={**os.environ, "PYTHONPATH": str(checkout() / "packages" / "jieqing-verify" / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    verdict: dict[str, object] = json.loads(checked.stdout)
    assert checked.returncode == (0 if verdict["valid"] else 1), checked.stderr
    return verdict


@pytest.mark.parametrize(("username", "status"), [("zhaiwuren", 403), ("jianguan", 403)])
def test_debtor_and_supervisor_meet_a_closed_door(
    platform: Platform, open_page: Callable[..., Page], username: str, status: int
) -> None:
    page = open_page(width=360, height=740)
    sign_in(page, platform, username)
    answer = page.goto(f"/s/{platform.site}/desk/")
    assert answer is not None and answer.status == status
