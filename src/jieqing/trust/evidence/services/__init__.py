"""Verbs of evidence: record a step, record many rows as one, erase persons from what was recorded."""

from jieqing.trust.evidence.services.erasing import (
    catch_up_erasures,
    destroy_row_salts,
    destroy_salts,
    entries_without_salts,
    open_journal,
    replay_erasures,
)
from jieqing.trust.evidence.services.recording import (
    EvidenceRefused,
    NotInTransaction,
    Step,
    record,
    record_bulk,
    step,
)

__all__ = [
    "EvidenceRefused",
    "NotInTransaction",
    "Step",
    "catch_up_erasures",
    "destroy_row_salts",
    "destroy_salts",
    "entries_without_salts",
    "open_journal",
    "record",
    "record_bulk",
    "replay_erasures",
    "step",
]
