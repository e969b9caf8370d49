"""Take the pictures of the README from a running demo: zh and en, desktop and phone.

Usage: make demo (in another terminal), then .venv/bin/python tools/screenshots.py [ADDRESS]
Writes docs/screenshots/<page>-<language>-<device>.png. Needs Chromium (apt-get install chromium fonts-noto-cjk).
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
DEVICES = {"desktop": (1440, 900), "phone": (360, 760)}
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium here: apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language, locale in LANGUAGES.items():
            for device, (width, height) in DEVICES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale=locale, base_url=ADDRESS
                )
                page = context.new_page()
                desk = _sign_in(page)
                for name, path in _pages(page, desk).items():
                    if name == "desk" or language == "zh":
                        _take(page, path, FOLDER / f"{name}-{language}-{device}.png", width)
                context.close()
        browser.close()


def _sign_in(page: Page) -> str:
    page.goto("/sign-in/")
    page.fill("input[name=username]", "caiwu")
    page.fill("input[name=password]", "jieqing-demo-2026")
    page.click("form.form button[type=submit]")
    page.wait_for_url("**/s/**")
    return page.url.split("?")[0]


def _pages(page: Page, desk: str) -> dict[str, str]:
    """The pages worth a picture, down one path: desk, ageing, one item, its proof, import, worklist, a case, the public page."""
    site = desk.removesuffix("desk/")
    page.goto(f"{site}ledger/items/")
    item = page.locator("table a[href*='/ledger/items/']").first.get_attribute("href") or ""
    page.goto(f"{site}evidence/")
    proof = page.locator("table a[href*='/evidence/']").first.get_attribute("href") or ""
    page.goto(f"{site}cases/")
    case = page.locator("table a[href*='/cases/']").first.get_attribute("href") or ""
    return {
        "desk": desk,
        "ageing": f"{site}ledger/ageing/",
        "item": item,
        "proof": proof,
        "import": f"{site}ledger/imports/new/",
        "cases": f"{site}cases/",
        "case": case,
        "public": site,
    }


def _take(page: Page, path: str, target: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(path)
    page.wait_for_load_state("networkidle")
    # As tall as the page itself, so that what sticks to the window's edge hides nothing.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), 3_000)})
    page.wait_for_timeout(400)
    page.screenshot(path=str(target))


if __name__ == "__main__":
    main()
