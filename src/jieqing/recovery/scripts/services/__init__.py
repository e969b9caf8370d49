"""Verbs of scripts: write, send to review, decide with the reviewer's own key, count what was used."""

from jieqing.recovery.scripts.services.counting import Heard, record_complaint, record_stopped, record_use
from jieqing.recovery.scripts.services.deciding import file_version, return_version, withdraw_script
from jieqing.recovery.scripts.services.hearing import hear_complaint
from jieqing.recovery.scripts.services.keys import admit_key, revoke_key, rotate_key
from jieqing.recovery.scripts.services.loading import Loaded, load_shipped
from jieqing.recovery.scripts.services.scanning import Scan, scan_as_said, scan_text
from jieqing.recovery.scripts.services.submitting import submit_shipped, submit_version
from jieqing.recovery.scripts.services.trying import Hit, Trial, like_past_texts, try_words
from jieqing.recovery.scripts.services.writing import create_script, revise_script

__all__ = [
    "Heard",
    "Hit",
    "Loaded",
    "Scan",
    "Trial",
    "admit_key",
    "create_script",
    "file_version",
    "hear_complaint",
    "like_past_texts",
    "load_shipped",
    "record_complaint",
    "record_stopped",
    "record_use",
    "return_version",
    "revise_script",
    "revoke_key",
    "rotate_key",
    "scan_as_said",
    "scan_text",
    "submit_shipped",
    "submit_version",
    "try_words",
    "withdraw_script",
]
