"""What the gate would answer now, for many contacts at once: for buttons. Holds nothing, records nothing, promises nothing.

The counts are read under the same locks as for a permit, because the function of the database knows no other way; they
are let go at once with the savepoint, so a page that shows verdicts keeps nobody waiting.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from jieqing.kernel import clock
from jieqing.trust.compliance.engine.facts import Facts
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.slots import Subject, wanted_slots
from jieqing.trust.compliance.engine.verdicts import Verdict
from jieqing.trust.compliance.services.minting import compiled, with_counts
from jieqing.trust.compliance.services.slot_table import look, slots_secret


def preview(
    asked: Sequence[tuple[Subject, Facts]], *, site_id: UUID, packs: PackSet | None = None
) -> list[Verdict]:
    """Return the verdict of each contact as things stand, in the order asked. Call inside the site's transaction."""
    if not asked:
        return []
    secret = slots_secret()
    wanted = [wanted_slots(subject, facts, secret) for subject, facts in asked]
    with transaction.atomic():
        counts, standing = look(wanted, site_id, clock.now())
        if connection.in_atomic_block:
            transaction.set_rollback(True)
    decide = compiled(packs or standing)
    return [decide(with_counts(facts, one)) for (_subject, facts), one in zip(asked, counts, strict=True)]
