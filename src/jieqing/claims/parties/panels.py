"""What the room shows on a desk: how a party is reached, masked, with marks and the person's own time of day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.claims.parties.models import Party
from jieqing.claims.parties.shown import contacts_context


def contacts(request: HttpRequest, party: Party) -> SafeString | None:
    """The contact panel; nothing for whoever may not see contact points."""
    if request.allow("contacts.read"):  # type: ignore[attr-defined]
        return None
    context = contacts_context(request, party) | {"site": request.site}
    return SafeString(render_to_string("parties/panels/contacts.html", context, request=request))
