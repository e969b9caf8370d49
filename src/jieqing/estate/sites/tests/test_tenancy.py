"""Who may rent a site, and under what address."""

import pytest

from jieqing.estate.sites.engine.tenancy import FORBIDDEN_WORDS, SiteKind, check_kind, check_name, check_slug
from jieqing.kernel.outcomes import Problem


@pytest.mark.parametrize("word", FORBIDDEN_WORDS)
def test_a_name_that_announces_a_banned_company_is_refused(word: str) -> None:
    problem = check_name(f"无锡诚信{word}有限公司")
    assert problem is not None and problem.code == "site.name_forbidden" and word in problem.zh


@pytest.mark.parametrize("name", ["无锡某某律师事务所", "江南轴承有限公司", "收获数字科技"])
def test_lawful_names_pass(name: str) -> None:
    assert check_name(name) is None


@pytest.mark.parametrize(
    "slug", ["", "a", "Abc", "a_b", "a b", "ab\n", "api", "a" * 41, "-ab", "ab-", "讨债"]
)
def test_slugs_that_cannot_be_an_address(slug: str) -> None:
    problem = check_slug(slug)
    assert problem is not None and problem.code == "site.slug_invalid"


@pytest.mark.parametrize("slug", ["abc", "ab", "1abc", "jiangnan", "a-1", "a" * 40])
def test_slugs_that_can(slug: str) -> None:
    assert check_slug(slug) is None


def test_kinds() -> None:
    assert check_kind("law_firm") is SiteKind.LAW_FIRM
    assert isinstance(check_kind("debt_collector"), Problem)
