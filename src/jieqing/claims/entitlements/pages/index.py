"""The list of the calculators of a site."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.claims.entitlements.pages.frame import calculator_page
from jieqing.plumbing.http import PUBLIC, requires


@requires(PUBLIC)
@require_safe
def calculators(request: HttpRequest, site_slug: str) -> HttpResponse:
    return calculator_page(
        request,
        "entitlements/calculators.html",
        description=_(
            "公开计算器：利息与违约金、诉讼费用、诉讼时效、程序期限、保证期间、管辖。不登录、不存储。"
        ),
    )
