"""Housekeeping about people: once a night what must no longer be kept goes."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from jieqing.estate.accounts import services
from jieqing.estate.accounts.privacy import SIGN_IN_DAYS
from jieqing.estate.sites.selectors import all_sites
from jieqing.trust.notices.services import forget_old_notices


@app.periodic(cron="20 3 * * *")
@app.task(name="accounts.forget", queue="housekeeping", queueing_lock="accounts.forget")
def forget(timestamp: int) -> None:
    """The sign-in log, dead sessions, and whom old notices went to."""
    services.forget_old_sign_ins(SIGN_IN_DAYS)
    SessionStore.clear_expired()
    for site_id in (None, *(site.id for site in all_sites())):
        forget_old_notices(site_id=site_id)
