"""The bound on applications begun from one network address; tries of one address are counted under a lock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from jieqing.estate.sites.engine.patience import SIGN_UPS, SOURCE_KEPT, address_digest, wait_until
from jieqing.estate.sites.models import SignUp
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import keys

SOURCE_KEY = "sites.sign_up"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def count_sign_up(*, address: str) -> Problem | None:
    """Count one more application from here, in the caller's transaction; refused when there were too many lately."""
    source = address_digest(keys.seed(SOURCE_KEY), address)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [source.hex()])
        now = clock.now()
        earlier = SignUp.objects.filter(source=source, at__gt=now - SOURCE_KEPT)
        until = wait_until(list(earlier.values_list("at", flat=True)), now, SIGN_UPS)
        if until:
            return too_many(until)
        SignUp.objects.create(source=source, at=now)
    return None


def forget_old_sign_ups() -> int:
    """Destroy what is no longer counted."""
    count, _tables = SignUp.objects.filter(at__lte=clock.now() - SOURCE_KEPT).delete()
    return count


def too_many(until: datetime) -> Problem:
    shown = until.astimezone(SHANGHAI)
    return Problem(
        code="rental.too_many",
        zh="从您的网络开始的申请太多，这一份没有提交。",
        en="Too many applications were begun from your network; this one was not sent.",
        todo_zh=f"您填写的内容保留着；{shown:%m-%d %H:%M} 之后可以再提交，也可以换一个网络。",
        todo_en=f"What you typed is kept; send it after {shown:%m-%d %H:%M}, or from another network.",
        details={"until": until.isoformat()},
    )
