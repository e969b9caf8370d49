"""Once a night: what ran out is written down as ended. Readers ask for the term anyway, so a late job delays nothing."""

from procrastinate.contrib.django import app

from jieqing.estate.sites.selectors import all_sites
from jieqing.recovery.placements import services


@app.periodic(cron="5 0 * * *")
@app.task(name="placements.end_due", queue="housekeeping", queueing_lock="placements.end_due")
def end_due(timestamp: int) -> None:
    """Each site in a transaction of its own."""
    for site in all_sites():
        services.end_due_placements(site_id=site.id)
