"""axe-core (WCAG 2.2 A and AA) finds nothing on the living page and the main pages, in both languages and both modes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jieqing.plumbing.paths import checkout
from tests.journeys.conftest import Platform, sign_in

AXE = checkout() / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "desk/",
    "ledger/items/",
    "ledger/ageing/",
    "ledger/debtors/",
    "ledger/imports/",
    "evidence/",
    "notifications/",
    "cases/",
    "cases/board/",
    "cases/promises/",
    "cases/clocks/",
    "cases/complaints/",
    "cases/import/",
    "placements/",
    "placements/new/",
    "placements/conflicts/?q=江南",
    "intake/?standing=all",
    "desk/operator/",
    "desk/specialist/",
]
# Of each list the page of its first row.
FIRST_OF = {
    "cases/": "a[data-case]",
    "placements/": "a.table__row-link",
    "intake/?standing=all": "table tbody a",
}
pytestmark = [
    pytest.mark.serial,
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in frontend/"),
]


@pytest.fixture
def looked_at(browser: Browser, platform: Platform) -> Iterator[Callable[[str, str], Page]]:
    contexts = []

    def look(language: str, theme: str) -> Page:
        # The checker is a script of another origin than ours: only here the page's policy lets it in.
        context = browser.new_context(
            base_url=platform.base,
            viewport={"width": 1440, "height": 900},
            color_scheme=theme,
            bypass_csp=True,
        )
        contexts.append(context)
        context.add_cookies(
            [
                {"name": "django_language", "value": language, "url": platform.base},
                {"name": "jq_theme", "value": theme, "url": platform.base},
            ]
        )
        return context.new_page()

    yield look
    for context in contexts:
        context.close()


def violations(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{address} {one['id']}: {node['target']} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_violation(
    looked_at: Callable[[str, str], Page], platform: Platform, language: str, theme: str
) -> None:
    page = looked_at(language, theme)
    sign_in(page, platform, "fuzeren")
    base = f"/s/{platform.site}/"
    found = [line for address in PAGES for line in violations(page, base + address)]
    for listing, link in FIRST_OF.items():
        page.goto(base + listing)
        address = page.locator(link).first.get_attribute("href")
        assert address, listing
        found += violations(page, address)
    page.goto("/design/")
    page.locator("jq-chart[data-view]").first.wait_for()
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    design = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    found += [
        f"/design/ {one['id']}: {[node['target'] for node in one['nodes']]}" for one in design["violations"]
    ]
    assert found == []
