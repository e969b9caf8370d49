"""Once a night every debt that was ever checked is checked again: days pass, registers and packs change."""

from procrastinate.contrib.django import app

from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel.actor import system_actor
from jieqing.recovery.intake import services


# After midnight in China, before the rule of opening looks for new cases.
@app.periodic(cron="12 16 * * *")
@app.task(name="intake.recheck", queue="housekeeping", queueing_lock="intake.recheck")
def recheck(timestamp: int) -> None:
    """Each live site by itself."""
    for site in all_sites():
        if site.state == "live":
            services.recheck_site(actor=system_actor(site.id, "intake"))
