"""The cases' own day: every hour what time changes, once a night the rule of opening."""

from procrastinate.contrib.django import app

from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.selectors.ladders import opening_terms


@app.periodic(cron="7 * * * *")
@app.task(name="cases.wake", queue="housekeeping", queueing_lock="cases.wake")
def wake(timestamp: int) -> None:
    """Stages, promises, holds, due days and overrun clocks of every live site."""
    for site in all_sites():
        if site.state == "live":
            services.wake(actor=system_actor(site.id, "cases"))
            services.escalate(actor=system_actor(site.id, "cases"))


# After midnight in China.
@app.periodic(cron="25 16 * * *")
@app.task(name="cases.open_by_rule", queue="housekeeping", queueing_lock="cases.open_by_rule")
def open_by_rule(timestamp: int) -> None:
    """Open what the rule says, where a site has switched it on."""
    for site in all_sites():
        with site_scope(site.id):
            is_on = opening_terms()[1]
        if is_on and site.state == "live":
            services.open_by_rule(actor=system_actor(site.id, "cases"))


@app.periodic(cron="50 18 * * *")
@app.task(name="cases.forget_previews", queue="housekeeping", queueing_lock="cases.forget_previews")
def forget_previews(timestamp: int) -> None:
    """Files of cases that were looked at and never read in, after the days that each site set."""
    for site in all_sites():
        services.forget_previews(actor=system_actor(site.id, "cases"))
