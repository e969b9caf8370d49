"""Fixtures of this room's page tests."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel import clock

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def hand_ledger(cast: Cast) -> Iterator[HandLedger]:
    """An empty ledger of the cast's site, on the day that ``hand_ledger.DAY`` names."""
    with clock.frozen(NOON):
        yield HandLedger(cast.site.id, cast.site.name, cast.actor("owner"))
