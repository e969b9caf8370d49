"""Word to the tenant about the rental itself: fixed notices to the mailbox given in the application, if there is one."""

from datetime import date
from uuid import UUID

from jieqing.estate.sites.models import Invoice, Profile, Site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import is_problem
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.engine.rendering import Value
from jieqing.trust.notices.services import send_notice


def tell_of_state(actor: Actor, site: Site) -> None:
    _send(actor, NoticeKind.SITE_STATE, {"site": site.name, "state": site.state, "at": clock.now()})


def tell_of_invoice(actor: Actor, site: Site, kind: NoticeKind, invoice: Invoice, day: date) -> UUID | None:
    values: dict[str, Value] = {
        "site": site.name,
        "reference": invoice.reference,
        "amount": format_amount(invoice.amount_fen, "CNY", "zh"),
        "day": day,
    }
    return _send(actor, kind, values)


def _send(actor: Actor, kind: NoticeKind, values: dict[str, Value]) -> UUID | None:
    """None when there is no mailbox or the name cannot stand in a notice: the page says the same."""
    profile = Profile.objects.first()
    if profile is None or not profile.email:
        return None
    sent = send_notice(
        actor=actor, kind=kind, recipient=RecipientKind.MEMBER, address=profile.email, values=values
    )
    return None if is_problem(sent) else sent
