"""Asking for leave to contact, through a year of the demonstration: numbers, clearances, verdicts of every kind.

Every verdict is asked for by the real service under the clock of its own day, so reasons, evidence and counts are those of
that day. Nothing is sent. Running it again changes nothing: a site whose debtors have numbers is left as it is.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from jieqing.plumbing.cli.frame import unwrap

BEGAN = datetime(2026, 1, 5, 1, tzinfo=UTC)
DEBTORS, ASKS_A_WEEK = 9, 4
# Minutes after 08:00 in Beijing: mostly working hours, now and then an evening or a night that is closed.
TIMES = (70, 135, 190, 245, 380, 430, 560, 860, 905)
CLEARANCES = ("pledge", "background", "exam", "level_basic", "annual_training")


def seed_contacts(lead: Any, workers: Sequence[Any]) -> int:
    """Give debtors numbers and people clearances as of the year's start, then ask; returns how many verdicts there are."""
    from jieqing.kernel import clock
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.recovery.cases import selectors

    with site_scope(lead.own_site):
        cases = list(selectors.cases_page(lead, selectors.CaseFilter(state="open"), limit=DEBTORS).rows)
        today = clock.now()
    with clock.frozen(BEGAN):
        found = {case.id: _numbers(lead, case.debtor_id, at) for at, case in enumerate(cases)}
    points = {case_id: point for case_id, point in found.items() if point is not None}
    if not cases or len(points) < len(found):
        return 0
    _clear(lead, [lead, *workers])
    asked = 0
    for number, at in enumerate(_moments(today)):
        case = cases[number % len(cases)]
        who = (
            _cleared(lead) if number % 3 else _cleared(workers[0] if case.owner_id == workers[0].id else lead)
        )
        with clock.frozen(at), site_scope(lead.own_site):
            _ask(who, case.id, points[case.id], number)
        asked += 1
    return asked


def _numbers(lead: Any, debtor_id: UUID, at: int) -> UUID | None:
    """A mobile number and a mail address of a debtor; None where there are points already."""
    from jieqing.claims.parties import access, selectors, services
    from jieqing.claims.parties.engine.contact_points import PointKind
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(lead.own_site):
        if selectors.contact_points_of([debtor_id]).get(debtor_id):
            return None
        party = unwrap(access.party_by_id(lead, debtor_id))
        point = services.add_contact_point(
            actor=lead, party=party, kind=PointKind.MOBILE, value=f"1380510{at:04d}", holder="财务"
        )
        if at % 3 == 0:
            unwrap(
                services.add_contact_point(
                    actor=lead, party=party, kind=PointKind.EMAIL, value=f"caiwu{at}@debtor.example"
                )
            )
        found: UUID = unwrap(point).pk
        return found


def _clear(lead: Any, people: Sequence[Any]) -> None:
    """Clearances of the demonstration's people, attested by the site's owner today for a year."""
    from jieqing.estate.accounts import selectors, services
    from jieqing.estate.accounts.engine.clearances import ClearanceKind
    from jieqing.kernel import clock
    from jieqing.kernel.actor import system_actor
    from jieqing.plumbing.db.scopes import site_scope

    wanted = {one.id for one in people}
    with site_scope(lead.own_site):
        day = clock.today()
        for person in selectors.people_of_site():
            if person.user.id not in wanted:
                continue
            for kind in CLEARANCES:
                unwrap(
                    services.attest_clearance(
                        actor=system_actor(lead.own_site, "demo"),
                        membership=person.memberships[0],
                        kind=ClearanceKind(kind),
                        from_on=day,
                        to_on=day + timedelta(days=365),
                        source_digest=bytes(32),
                        reason="示例：已核对原件",
                    )
                )


def _cleared(actor: Any) -> Any:
    """The same person with the clearances of today, as the door would give them."""
    from dataclasses import replace

    return replace(actor, clearances=frozenset(CLEARANCES))


def _moments(until: datetime) -> Iterator[datetime]:
    """A few moments of every week, in Beijing's day."""
    week = BEGAN.replace(hour=0) + timedelta(days=7)
    number = 0
    while week + timedelta(days=5) < until:
        for place in range(ASKS_A_WEEK):
            yield week + timedelta(days=place, minutes=TIMES[number % len(TIMES)], seconds=number % 50)
            number += 1
        week += timedelta(days=7)


def _ask(actor: Any, case_id: UUID, point_id: UUID, number: int) -> None:
    from jieqing.claims.parties.engine.choices import Channel
    from jieqing.recovery.outreach import services
    from jieqing.recovery.outreach.engine.contents import Content
    from jieqing.recovery.outreach.engine.purposes import Purpose

    verified = number % 4 == 0
    wording = _filed_words(number) if number % 4 == 1 else None
    unwrap(
        services.request_permit(
            wording=wording,
            actor=actor,
            case=case_id,
            point=point_id,
            channel=(Channel.VOICE_HUMAN, Channel.VOICE_HUMAN, Channel.SMS, Channel.VOICE_AI)[number % 4],
            purpose=Purpose.IDENTITY_CHECK
            if wording
            else Purpose.PLAN_OFFER
            if number % 11 == 5
            else Purpose.COLLECT,
            content=Content(
                discloses_debt=verified or number % 13 == 7,
                threatens_suit=number % 17 == 9,
                identity_verified=verified,
                ai_label=number % 16 != 3,
                recording_notice=True,
                script_filed=number % 14 != 6,
                scan_verdict="needs_approval" if number % 9 == 4 else "clean",
            ),
        )
    )


def _filed_words(number: int) -> Any:
    """A script that is filed for the opening of a call, filled with nobody's data."""
    from jieqing.kernel import clock
    from jieqing.recovery.outreach.engine.spoken import Wording
    from jieqing.recovery.scripts.engine.variables import VARIABLES
    from jieqing.recovery.scripts.selectors import usable_scripts

    found = usable_scripts("voice_human", "identity_check", clock.now())
    if not found:
        return None
    one = found[number % len(found)]
    return Wording(one.script_id, {name: VARIABLES[name].example for name in one.variables})
