"""The log fixture of this room's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jieqing.trust.evidence.tests.log import Log


@pytest.fixture
def log(tmp_path: Path, transactional_db: None) -> Iterator[Log]:
    made = Log(tmp_path / "kept")
    yield made
    for writer in made.writers:
        writer.close()
    made.inbox.close()
