"""Personal fields of the gate: the facts a verdict was made on. They hold no name and no number, but say of a debtor what
the law protects (minor, deceased, hardship), so they are sensitive, masked, and kept as long as records of collection must be
(law.md NIFA-01, CFC-01). The keys of the reservation table are HMACs under the platform's key and go after forty days.
"""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

RECORD_DAYS = 5 * 365

declare(
    PersonalField(
        "compliance_decision",
        "facts",
        Basis.LEGAL_DUTY,
        "重算每一次触达裁决",
        "Replaying each verdict on a contact",
        RECORD_DAYS,
        Mask.HIDDEN,
        is_sensitive=True,
    ),
    *(
        PersonalField(
            table,
            "why",
            Basis.LEGAL_DUTY,
            "说明为何收紧本站规则",
            "Saying why the site's rules were tightened",
            RECORD_DAYS,
            Mask.HIDDEN,
        )
        for table in ("compliance_overlay", "compliance_overlay_step")
    ),
)
