"""Housekeeping about people: once a night what must no longer be kept goes."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from jieqing.estate.accounts import services
from jieqing.estate.accounts.privacy import SIGN_IN_DAYS
from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel import clock
from jieqing.plumbing import idempotency
from jieqing.trust.notices.services import forget_old_notices

TOKEN_FAILURES_KEPT = timedelta(days=2)


@app.periodic(cron="20 3 * * *")
@app.task(name="accounts.forget", queue="housekeeping", queueing_lock="accounts.forget")
def forget(timestamp: int) -> None:
    """The sign-in log, dead sessions, remembered answers of the API, and whom old notices went to."""
    services.forget_old_sign_ins(SIGN_IN_DAYS)
    services.forget_old_resets(SIGN_IN_DAYS)
    services.forget_old_failures(clock.now() - TOKEN_FAILURES_KEPT)
    SessionStore.clear_expired()
    for site in all_sites():
        idempotency.forget_old(site.id)
    for site_id in (None, *(site.id for site in all_sites())):
        forget_old_notices(site_id=site_id)
