"""The doors to an enquiry: by id for members of the active site, by the secret link for whoever holds it."""

from uuid import UUID

from jieqing.estate.reception.engine.receipts import read_receipt
from jieqing.estate.reception.models import Enquiry, with_ending
from jieqing.estate.reception.problems import LINK_UNKNOWN, UNKNOWN
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import keys
from jieqing.plumbing.db.scopes import active_site_id

LINK_KEY = "reception.link"


def enquiry_by_id(enquiry_id: UUID) -> Enquiry | Problem:
    """An enquiry of the active site, with ``ending`` and ``ended_at``."""
    return with_ending(Enquiry.objects.filter(pk=enquiry_id)).first() or UNKNOWN


def enquiry_by_token(token: str) -> Enquiry | Problem:
    """The enquiry of a visitor's secret link on the active site: the link is the permission."""
    site_id = active_site_id()
    named = read_receipt(keys.seed(LINK_KEY), site_id, token) if site_id else None
    found = with_ending(Enquiry.objects.filter(pk=named)).first() if named else None
    return found or LINK_UNKNOWN
