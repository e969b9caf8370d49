"""Verbs of deadlines: record and end what is watched, record and withdraw acts, ring alarms."""

from jieqing.claims.deadlines.services.keeping import end_record, record_act, watch
from jieqing.claims.deadlines.services.ringing import ring_alarms

__all__ = ["end_record", "record_act", "ring_alarms", "watch"]
