"""A complaint on a case is laid at the door of what was said there lately: every script used in the days before it.

Wired ``now`` in ``web/subscriptions.py``. Nobody judges here whether the words were the cause; a rate over many uses tells.
"""

from datetime import timedelta

from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.events import ComplaintFiled
from jieqing.recovery.scripts.models import ScriptUse
from jieqing.recovery.scripts.services.counting import record_complaint

# A complaint counts against what was said in the month before it.
COMPLAINT_REACH = timedelta(days=30)


def hear_complaint(event: ComplaintFiled) -> None:
    """Count the complaint against the uses of the case within reach; the same news told twice counts once."""
    actor = system_actor(event.site_id, "scripts")
    with site_scope(event.site_id):
        lately = ScriptUse.objects.filter(case_id=event.case_id, at__gt=clock.now() - COMPLAINT_REACH)
        for source in lately.order_by("at", "id").values_list("source", flat=True):
            unwrap(record_complaint(actor=actor, source=source, complaint_id=event.complaint_id))
