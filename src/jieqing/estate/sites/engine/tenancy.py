"""Who may be a tenant, and how a site may be named.

A site is rented by a lawful kind of organisation only. A company that exists to collect other people's debts
("讨债公司") cannot be registered in mainland China, so a name or slug that says so is refused; the later rental
wizard adds licence, filing and agreement on top of this rule.

Source: 国家经贸委、公安部、国家工商行政管理局《关于取缔各类讨债公司严厉打击非法讨债活动的通知》(2000年);
law.md "Who may be a tenant".
"""

import re
from enum import StrEnum

from jieqing.kernel.outcomes import Problem


class SiteKind(StrEnum):
    LAW_FIRM = "law_firm"
    IN_HOUSE = "in_house"
    OUTSOURCING = "outsourcing"
    AMC = "amc"
    MEDIATION = "mediation"


KIND_NAMES: dict[SiteKind, tuple[str, str]] = {
    SiteKind.LAW_FIRM: ("律师事务所", "Law firm"),
    SiteKind.IN_HOUSE: ("企业自有应收账款团队", "In-house receivables team"),
    SiteKind.OUTSOURCING: ("金融外包服务机构", "Outsourcing agency"),
    SiteKind.AMC: ("资产管理公司", "Asset management company"),
    SiteKind.MEDIATION: ("调解组织", "Mediation organisation"),
}


class SiteState(StrEnum):
    """Member values stand in evidence and in rows: never rename one. ``states`` says how one follows another."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    FILED = "filed"
    LIVE = "live"
    SUSPENDED = "suspended"
    CLOSED = "closed"


STATE_NAMES: dict[SiteState, tuple[str, str]] = {
    SiteState.DRAFT: ("草稿", "Draft"),
    SiteState.SUBMITTED: ("待核验", "Submitted"),
    SiteState.FILED: ("已备案", "Filed"),
    SiteState.LIVE: ("已开通", "Live"),
    SiteState.SUSPENDED: ("已暂停", "Suspended"),
    SiteState.CLOSED: ("已关闭", "Closed"),
}

FORBIDDEN_WORDS = ("讨债", "追债", "要账", "收数")
BAN = "《关于取缔各类讨债公司严厉打击非法讨债活动的通知》（国经贸综合〔2000〕568号）"
# What a host name's label may be (RFC 1123), because a slug becomes a subdomain.
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")
RESERVED_SLUGS = frozenset(
    {
        "api",
        "admin",
        "www",
        "static",
        "sign-in",
        "sign-out",
        "design",
        "health",
        "rent",
        "operator",
        "theme",
        "mail",
    }
)


def check_slug(slug: str) -> Problem | None:
    """Return why this slug cannot be an address, or None.

    Example:
        >>> check_slug("jiangnan") is None
        True
        >>> check_slug("讨债").code
        'site.slug_invalid'
    """
    if _SLUG.fullmatch(slug) and slug not in RESERVED_SLUGS:
        return None
    return Problem(
        code="site.slug_invalid",
        zh=f"站点代号“{slug}”不能使用。",
        en=f'The site slug "{slug}" cannot be used.',
        todo_zh="请用 2 至 40 个小写字母、数字或连字符，首尾不用连字符，且不是保留字。",
        todo_en="Use 2 to 40 lower-case letters, digits or hyphens, no hyphen at either end, not a reserved word.",
    )


def check_name(name: str) -> Problem | None:
    """Return why an organisation may not carry this name here, or None."""
    if not name.strip():
        return Problem(
            code="site.name_missing",
            zh="没有填写机构名称。",
            en="The organisation's name is missing.",
            todo_zh="请填写营业执照或执业许可证上的全称。",
            todo_en="Give the full name on the licence.",
        )
    word = _forbidden_word(name)
    if word is None:
        return None
    return Problem(
        code="site.name_forbidden",
        zh=f"名称含“{word}”，不能开通站点：国家禁止任何单位和个人开办讨债公司。",
        en=f'The name contains "{word}": debt-collection companies of this kind are banned in mainland China.',
        todo_zh=f"请由律师事务所、债权人自有团队或依法登记的机构申请。依据：{BAN}。",
        todo_en=f"A law firm, the creditor's own team or a lawfully registered organisation may apply. Source: {BAN}.",
        details={"word": word, "article": BAN},
    )


def check_scope(scope: str) -> Problem | None:
    """Why a business scope bars an organisation, or None; an empty one is asked for at submission."""
    word = _forbidden_word(scope)
    if word is None:
        return None
    return Problem(
        code="site.scope_forbidden",
        zh=f"经营范围含“{word}”，不能开通站点：国家禁止任何单位和个人开办讨债公司。",
        en=f'The business scope contains "{word}": such companies are banned in mainland China.',
        todo_zh=f"请依法变更登记后再申请。依据：{BAN}。",
        todo_en=f"Change the registration first, then apply. Source: {BAN}.",
        details={"word": word, "article": BAN},
    )


def _forbidden_word(text: str) -> str | None:
    """The first banned word in a text, also when somebody put blanks or dots between its characters."""
    plain = re.sub(r"[\W_]+", "", text)
    return next((word for word in FORBIDDEN_WORDS if word in plain), None)


def check_kind(kind: str) -> SiteKind | Problem:
    if kind in SiteKind._value2member_map_:
        return SiteKind(kind)
    return Problem(
        code="site.kind_unknown",
        zh=f"不支持的机构类型“{kind}”。",
        en=f'Unknown kind of organisation "{kind}".',
        todo_zh="可选：" + "、".join(f"{k}（{names[0]}）" for k, names in KIND_NAMES.items()),
        todo_en="Choose one of: " + ", ".join(KIND_NAMES),
    )


def unknown_site(slug: str) -> Problem:
    return Problem(
        code="site.unknown",
        zh=f"没有站点“{slug}”。",
        en=f'There is no site "{slug}".',
        todo_zh="先运行 jieqing site create，或用 jieqing site list 查看已有站点。",
        todo_en="Run jieqing site create first, or see jieqing site list.",
    )
