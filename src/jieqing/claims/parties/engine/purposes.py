"""What a masked contact may be opened for. A closed list: an opening without one of these does not happen.

Source: 《个人信息保护法》6, 51; GB/T 35273—2020 7.1 (least privilege, audit), 7.2 (mask on display).
"""

from enum import StrEnum

from jieqing.claims.parties.engine.contact_points import Pair


class RevealPurpose(StrEnum):
    """Values stand in evidence: never rename one."""

    PERMITTED_CONTACT = "permitted_contact"
    CORRECTION = "correction"
    LEGAL_DOCUMENT = "legal_document"
    PERSONS_REQUEST = "persons_request"
    COMPLAINT = "complaint"


PURPOSE_NAMES: dict[RevealPurpose, Pair] = {
    RevealPurpose.PERMITTED_CONTACT: ("已取得触达许可的联系", "A contact that has its permit"),
    RevealPurpose.CORRECTION: ("核对或更正联系方式", "Checking or correcting it"),
    RevealPurpose.LEGAL_DOCUMENT: ("制作法律文书", "Writing a legal document"),
    RevealPurpose.PERSONS_REQUEST: ("本人要求查阅", "The person asks to see it"),
    RevealPurpose.COMPLAINT: ("处理投诉", "Working on a complaint"),
}
