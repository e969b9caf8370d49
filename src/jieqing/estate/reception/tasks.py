"""Housekeeping of the reception: once a night what must no longer be kept goes."""

from procrastinate.contrib.django import app

from jieqing.estate.reception import services
from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope


@app.periodic(cron="40 3 * * *")
@app.task(name="reception.forget", queue="housekeeping", queueing_lock="reception.forget")
def forget(timestamp: int) -> None:
    """Old enquiries are emptied, digests of network addresses destroyed; each site in a transaction of its own."""
    for site in all_sites():
        with site_scope(site.id):
            services.empty_erased(actor=system_actor(site.id, "reception"))
            services.forget_old(actor=system_actor(site.id, "reception"))


@app.periodic(cron="30 1 * * *")
@app.task(name="reception.words", queue="housekeeping", queueing_lock="reception.words")
def read_words(timestamp: int) -> None:
    """What sites say of themselves is read again as it stands, after the names and scopes of `sites`."""
    for site in all_sites():
        services.read_standing_lines(site_id=site.id)
