"""Reads of scripts."""

from jieqing.recovery.scripts.selectors.keys import KeyView, reviewer_keys, told_key
from jieqing.recovery.scripts.selectors.library import (
    LibraryPage,
    ScriptFilter,
    counts_by_state,
    queue_page,
    scripts_page,
)
from jieqing.recovery.scripts.selectors.past_texts import past_texts
from jieqing.recovery.scripts.selectors.script import (
    ScriptPage,
    VersionView,
    history_of,
    newest_version,
    script_by_code,
    script_page,
    told_filing,
    told_script,
)
from jieqing.recovery.scripts.selectors.statistics import (
    CategoryRow,
    ScanStatistics,
    scan_statistics,
    told_statistics,
)
from jieqing.recovery.scripts.selectors.using import (
    ScriptInUse,
    UsableScript,
    script_titles,
    scripts_in_use,
    usable_script,
    usable_scripts,
)

__all__ = [
    "CategoryRow",
    "KeyView",
    "LibraryPage",
    "ScanStatistics",
    "ScriptFilter",
    "ScriptInUse",
    "ScriptPage",
    "UsableScript",
    "VersionView",
    "counts_by_state",
    "history_of",
    "newest_version",
    "past_texts",
    "queue_page",
    "reviewer_keys",
    "scan_statistics",
    "script_by_code",
    "script_page",
    "script_titles",
    "scripts_in_use",
    "scripts_page",
    "told_filing",
    "told_key",
    "told_script",
    "told_statistics",
    "usable_script",
    "usable_scripts",
]
