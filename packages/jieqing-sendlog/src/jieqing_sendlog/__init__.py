"""Checks a log of contacts that were really made against the law's rows, by their timelines.

Written from the list of law alone, apart from the gate that permits contacts, so that one misreading cannot vouch for
itself. Nothing here imports Jieqing; a supervisor can run it on a log and a register without us. The forms of both
are in ``contracts/send-log.md``.
"""

from jieqing_sendlog.checking import Checker, check
from jieqing_sendlog.finding import Finding
from jieqing_sendlog.reading import BadInput, read_contact, read_log, read_register

__all__ = ["BadInput", "Checker", "Finding", "check", "read_contact", "read_log", "read_register"]
