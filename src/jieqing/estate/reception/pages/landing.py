"""The public face of a site: who we are, what we do and never do, how to check that we are who we say, what we keep."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.estate.reception import selectors
from jieqing.estate.reception.engine.conduct import FRAUD_SIGNS, HOTLINES, NEVER, duties_of
from jieqing.estate.reception.engine.consent import KEPT_DAYS, KEPT_DAYS_OPEN
from jieqing.estate.reception.engine.enquiries import Pair
from jieqing.estate.reception.engine.public_lines import Slot
from jieqing.estate.reception.pages.frame import public_page, site_of
from jieqing.estate.reception.pages.log import log_face
from jieqing.estate.reception.privacy import ENQUIRY_TABLE
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.personal import declared
from jieqing.plumbing.templatetags.kit import lang


@require_safe
@requires(PUBLIC)
def home(request: HttpRequest, site_slug: str) -> HttpResponse:
    site, lines = site_of(request), selectors.public_lines()
    return public_page(
        request,
        "reception/home.html",
        description=_(
            "%(name)s的公开页面：机构资质、我们做什么和绝不做什么、如何核实来电来函、72 小时内答复的咨询。"
        )
        % {"name": site.name},
        lines=lines,
        slogan=lines[Slot.SLOGAN].value,
        introduction=lines[Slot.INTRODUCTION].value,
        services=[one.strip() for one in re.split(r"[;；]", lines[Slot.SERVICES].value) if one.strip()],
        duties=[(_said(line.text), _said(line.source)) for line in duties_of(site.kind)],
        never=[(_said(line.text), _said(line.source)) for line in NEVER],
        share=selectors.measured_share(),
        log=log_face(),
    )


@require_safe
@requires(PUBLIC)
def genuine(request: HttpRequest, site_slug: str) -> HttpResponse:
    """这是真的吗？ How somebody who was called or written to finds out, without trusting the caller."""
    return public_page(
        request,
        "reception/genuine.html",
        description=_("收到以%(name)s名义打来的电话、发来的短信或信件，怎样自己核实真假。")
        % {"name": site_of(request).name},
        signs=[_said(sign) for sign in FRAUD_SIGNS],
        hotlines=[(number, _said(what)) for number, what in HOTLINES],
    )


@require_safe
@requires(PUBLIC)
def privacy(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The notice of article 17, printed from the same register that holds the terms."""
    names = {
        (ENQUIRY_TABLE, "name_sealed"): _("称呼"),
        (ENQUIRY_TABLE, "contact_sealed"): _("电话或邮箱"),
        (ENQUIRY_TABLE, "story_sealed"): _("事情经过"),
        ("reception_step", "text_sealed"): _("我们的答复"),
        (ENQUIRY_TABLE, "source_key"): _("网络地址的加密摘要"),
    }
    kept = {(field.table, field.column): field for field in declared()}
    lines = selectors.public_lines()
    return public_page(
        request,
        "reception/privacy.html",
        description=_("在%(name)s的公开页面提交咨询时，我们处理哪些信息、为了什么、保存多久、您有哪些权利。")
        % {"name": site_of(request).name},
        lines=lines,
        fields=[
            {
                "name": name,
                "purpose": kept[key].purpose_zh if lang() == "zh" else kept[key].purpose_en,
                "days": kept[key].retention_days,
            }
            for key, name in names.items()
        ],
        kept_days=KEPT_DAYS,
        kept_days_open=KEPT_DAYS_OPEN,
        privacy_contact=lines[Slot.PRIVACY_CONTACT].value,
    )


def _said(pair: Pair) -> str:
    return pair[0 if lang() == "zh" else 1]
