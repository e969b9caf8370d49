"""The pages that everybody sees: no script, no other host, what is not published is said so, the owner's lines in form."""

import re

import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.estate.reception.models import PublicLine
from jieqing.plumbing.db.scopes import site_scope

PAGES = ("", "genuine/", "privacy/", "verify/", "consultation/")
ICP = "苏ICP备12345678号-1"


@pytest.fixture
def public(cast: Cast) -> str:
    return f"/s/{cast.site.slug}/"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_public_page_runs_no_script_and_asks_no_other_host(public: str, page: str, language: str) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE=language).get(public + page)
    text = response.content.decode()
    assert response.status_code == 200 and "<script" not in text and "onclick" not in text
    loaded = re.findall(r'<(?:link|img|iframe|source)[^>]*(?:href|src)="([^"]+)"', text)
    assert not [address for address in loaded if address.startswith("http") and "testserver" not in address]
    assert text.count("<h1") == 1 and "<main" in text and 'name="description" content="' in text
    assert re.search(r'property="og:title" content="[^"]+"', text)
    if language == "en":
        body = re.sub(r"<[^>]+>", " ", text).replace("江南精密机械有限公司", "").replace("中文", "")
        assert not re.findall(r"[\u4e00-\u9fff]{3,}", body.replace("结清", ""))


def test_what_is_not_published_is_said_to_be_so(cast: Cast, public: str) -> None:
    page = Client().get(public).content.decode()
    assert page.count("尚未公示") >= 4
    assert "ICP" not in page, "an empty slot is not shown"


def test_every_never_has_its_article(public: str) -> None:
    page = Client().get(public).content.decode()
    for article in ("第 238、245、293 条之一", "第 253 条之一", "第 279、280 条", "5.3（推荐性国家标准）"):
        assert article in page


def test_the_owners_lines_stand_in_public_with_their_history(cast: Cast, public: str) -> None:
    owner, settings = cast.clients["owner"], f"{public}public-page/"
    lines = {"icp": ICP, "verify_phone": "0510-85000000", "hours": "工作日 9:00–17:30"}
    assert owner.post(settings, lines).status_code == 302
    page = Client().get(public).content.decode()
    assert ICP in page and 'href="tel:051085000000"' in page and "beian.miit.gov.cn" in page
    assert owner.post(settings, {**lines, "icp": ""}).status_code == 302
    assert ICP not in Client().get(public).content.decode()
    with site_scope(cast.site.id):
        ended = PublicLine.objects.get(slot="icp")
    assert ended.ended_by == cast.users["owner"].id
    assert "改动 0 处" in owner.post(settings, {**lines, "icp": ""}, follow=True).content.decode()


def test_a_wrong_number_is_refused_and_nothing_is_saved(cast: Cast, public: str) -> None:
    response = cast.clients["owner"].post(
        f"{public}public-page/", {"icp": "12345678", "hours": "工作日 9:00–17:30"}
    )
    assert response.status_code == 200 and "格式不对" in response.content.decode()
    with site_scope(cast.site.id):
        assert not PublicLine.objects.exists()


def test_lines_are_words_not_markup(cast: Cast, public: str) -> None:
    cast.clients["owner"].post(f"{public}public-page/", {"hours": "<img src=x>周一"})
    assert "<img" not in Client().get(public).content.decode()


def test_the_notice_says_what_the_register_holds(public: str) -> None:
    page = Client().get(f"{public}privacy/").content.decode()
    for words in ("180 天", "2 天", "送达回执和答复", "12377", "365 天"):
        assert words in page
