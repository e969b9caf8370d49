"""What must not work: a case on a debt that the law gives no claim for, and any work on a debt that its creditor took back.

Real platform, real browser, real sequencer. Each walk has a debtor and a placement of its own, so that the standing
placement of the example company stays as the other walks need it.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from jieqing.web.commands.demo_cases import TRADE_DEBTS
from tests.journeys.conftest import Platform, sign_in
from tests.journeys.test_creditor_path import _verify

HEAD = "客户名称,发票号,开票日期,到期日,币种,价税合计\n"
PDF = b"%PDF-1.7 signed by both"
GAMBLER, RECALLED = "衢州棋牌娱乐有限公司", "丽水阀门配件有限公司"
ARTICLE = "《民间借贷规定》第13条第（四）项"
REASON = "委托人已与债务人自行和解"


def test_a_gambling_debt_is_refused_with_its_article(
    platform: Platform, open_page: Callable[..., Page], downloads: Path
) -> None:
    page = open_page()
    sign_in(page, platform, "fuzeren")
    _import(platform, downloads, GAMBLER, "RD-0001")
    placement = _place(page, platform, downloads, "RD-0001")
    _declare(page, placement, TRADE_DEBTS | {"origin": "gambling"})

    page.goto(f"/s/{platform.site}/intake/?standing=refused&q={GAMBLER}")
    page.locator("table tbody a", has_text=GAMBLER).first.click()
    expect(page.locator("h1")).to_contain_text("不能立案")
    expect(page.get_by_text(ARTICLE).first).to_be_visible()
    expect(page.get_by_role("button", name="可以立案")).to_have_count(0)  # nobody may let a red debt through

    _ask_for_case(page, platform, GAMBLER)
    refusal = page.locator(".note--bad")
    expect(refusal).to_contain_text("不能立案")
    expect(refusal).to_contain_text(ARTICLE)
    expect(refusal).to_contain_text("请不要催收")
    _expect_no_case(page, platform, GAMBLER, "all")


def test_a_recall_stops_everything_at_once(
    platform: Platform, open_page: Callable[..., Page], downloads: Path
) -> None:
    page = open_page()
    sign_in(page, platform, "fuzeren")
    _import(platform, downloads, RECALLED, "RC-0001")
    placement = _place(page, platform, downloads, "RC-0001")
    _declare(page, placement, TRADE_DEBTS)
    _ask_for_case(page, platform, RECALLED)
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    case = page.url
    _promise(page)
    # A second window has the form of a promise open while the placement is recalled in the first.
    behind = page.context.new_page()
    behind.goto(f"{case}promise/")

    page.goto(placement)
    page.fill("#recall-reason", REASON)
    page.get_by_role("button", name="撤回整份委案").click()
    expect(page.get_by_text("已撤回，联系已经停止。").first).to_be_visible()
    expect(page.locator("h1")).to_contain_text("已撤回")
    expect(page.get_by_text(REASON).first).to_be_visible()

    _expect_no_case(page, platform, RECALLED, "open")
    behind.fill("input[name=due_on]", "2026-11-25")
    behind.locator("main button[type=submit]").first.click()
    expect(behind.locator(".note--bad")).to_contain_text("已结案")
    behind.close()

    _ask_for_case(page, platform, RECALLED)
    expect(page.locator(".note--bad")).to_contain_text("没有有效委案")
    expect(page.locator(".note--bad")).to_contain_text("RC-0001")

    page.goto(case)
    expect(page.locator("h1")).to_contain_text("撤回")
    expect(page.locator("[data-key=p]")).to_have_count(0)
    newest = page.locator(".timeline__moment").first
    expect(newest).to_contain_text("撤回")
    newest.locator("a.seal").click()
    assert _verify(platform, _proof(page, downloads), downloads)["valid"] is True


def _import(platform: Platform, folder: Path, debtor: str, number: str) -> None:
    source = folder / f"{number}.csv"
    source.write_text(f"{HEAD}{debtor},{number},2026-06-01,2026-08-15,人民币,5200.00\n", encoding="utf-8")
    done = platform.command("ledger", "import", str(source), "--site", platform.site, "--yes", "--json")
    assert done.returncode == 0, done.stderr


def _place(page: Page, platform: Platform, folder: Path, number: str) -> str:
    """One debt placed by its creditor: terms, signed agreement, conflicts, in force. Returns the address of its page."""
    page.goto(f"/s/{platform.site}/placements/new/")
    page.fill("textarea[name=scope]", "函告、协商。")
    page.fill("textarea[name=numbers]", number)
    page.locator("main").get_by_role("button", name="开立委案").click()
    page.wait_for_url(re.compile(r"/placements/[0-9a-f-]{36}/$"))
    address = page.url
    agreement = folder / "agreement.pdf"
    agreement.write_bytes(PDF)
    page.set_input_files("input[type=file]", agreement)
    page.get_by_role("button", name="保存协议").click()
    page.fill("#conflict-reason", "已核对：不是同一主体。")
    page.get_by_role("button", name=re.compile("确认无冲突|可以接受")).click()
    page.get_by_role("button", name="生效", exact=True).click()
    expect(page.get_by_text("委案已生效，可以立案。").first).to_be_visible()
    return address


def _declare(page: Page, placement: str, answers: dict[str, str]) -> None:
    page.goto(placement)
    page.get_by_role("link", name="填写债权说明").click()
    for code, answer in answers.items():
        page.select_option(f"#q-{code}", answer)
    page.get_by_role("button", name="保存并审查").click()
    expect(page.get_by_text("债权说明已保存").first).to_be_visible()


def _ask_for_case(page: Page, platform: Platform, debtor: str) -> None:
    page.goto(f"/s/{platform.site}/ledger/debtors/?q={debtor}")
    page.locator("table tbody a", has_text=debtor).first.click()
    page.get_by_role("link", name="立案", exact=True).click()
    page.get_by_role("button", name="立案", exact=True).click()


def _promise(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("p")
    dialog = page.locator("#deed")
    dialog.locator("input[name=due_on]").fill("2026-11-24")
    dialog.locator("button[type=submit]").click()
    expect(page.get_by_text("承诺已记录").first).to_be_visible()


def _expect_no_case(page: Page, platform: Platform, debtor: str, state: str) -> None:
    page.goto(f"/s/{platform.site}/cases/?state={state}&q={debtor}")
    expect(page.get_by_text("没有符合条件的案件")).to_be_visible()
    expect(page.locator("a[data-case]")).to_have_count(0)


def _proof(page: Page, folder: Path) -> Path:
    """The proof of the entry that stands open; the sequencer publishes within a second or two."""
    proof = page.locator("a[href*='/bundle/']").first
    for _try in range(10):
        if proof.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    with page.expect_download() as started:
        proof.click()
    path = folder / "recall.evidence.zip"
    started.value.save_as(path)
    return path
