"""Who a site is, as it may be shown to anybody: kind, licence, filing, supervised account (masked). Empty: not published."""

from dataclasses import dataclass
from typing import Any

from jieqing.estate.sites.selectors import letterhead
from jieqing.plumbing.templatetags.kit import lang


@dataclass(frozen=True, slots=True)
class Identity:
    """Empty text: not published yet, and the page says so."""

    name: str
    kind: str
    licence_number: str
    filing_number: str
    account_masked: str
    address: str
    phone: str


def identity_of(site: Any) -> Identity:
    """From the site's letterhead, so that the public page and a letter say the same."""
    head = letterhead(site.id, with_logo=False)
    return Identity(
        name=head.name,
        kind=head.kind_zh if lang() == "zh" else head.kind_en,
        licence_number=head.licence_number,
        filing_number=head.filing_number,
        account_masked=head.supervised_account_masked,
        address=head.address,
        phone=head.phone,
    )
