"""Point the test run at a data folder of its own, before anything reads the settings.

Loaded with ``-p`` (see ``pyproject.toml``), so that it comes before pytest-django imports the settings. The folder is
``.data/test`` in the checkout; its server is a throw-away one (no fsync) and an external ``DATABASE_URL`` is ignored:
a test run can never touch somebody's data.
"""

import os

from jieqing.plumbing.paths import checkout, make_private

_IGNORED = ("DATABASE_URL", "JIEQING_OWNER_URL", "JIEQING_SEQUENCER_URL")


def _isolate() -> None:
    for name in _IGNORED:
        os.environ.pop(name, None)
    os.environ["JIEQING_ENV"] = "test"
    os.environ["JIEQING_DATA"] = str(make_private(make_private(checkout() / ".data") / "test"))
    os.environ["JIEQING_THROWAWAY_DATABASE"] = "1"
    # No such database: a connection made before the fixture has named the clone fails instead of writing somewhere.
    os.environ["JIEQING_DATABASE"] = "not_yet_cloned"


_isolate()
