"""Reads of scripts."""

from jieqing.recovery.scripts.selectors.keys import KeyView, reviewer_keys, told_key
from jieqing.recovery.scripts.selectors.library import (
    LibraryPage,
    ScriptFilter,
    counts_by_state,
    queue_page,
    scripts_page,
)
from jieqing.recovery.scripts.selectors.script import (
    ScriptPage,
    VersionView,
    newest_version,
    script_page,
    told_filing,
    told_script,
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
    "KeyView",
    "LibraryPage",
    "ScriptFilter",
    "ScriptInUse",
    "ScriptPage",
    "UsableScript",
    "VersionView",
    "counts_by_state",
    "newest_version",
    "queue_page",
    "reviewer_keys",
    "script_page",
    "script_titles",
    "scripts_in_use",
    "scripts_page",
    "told_filing",
    "told_key",
    "told_script",
    "usable_script",
    "usable_scripts",
]
