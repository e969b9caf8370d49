"""What a visitor agrees to, word for word, and how long what they wrote is kept.

The consent is separate and unticked; its wording is part of the evidence of each enquiry by its digest, so that what
somebody agreed to stays answerable after the wording changes.
Source: 《个人信息保护法》13(1) (consent), 14, 17 (notice), 19 (shortest retention), 47 (erasure).
"""

from hashlib import sha256

CONSENT = (
    "我已阅读隐私说明，单独同意为答复本次咨询而处理我填写的称呼、联系方式和事情经过。",
    "I have read the privacy notice and separately consent to my name, contact and account being processed to answer "
    "this enquiry.",
)
# After the enquiry has ended; an enquiry that never ends is emptied a year after it came.
KEPT_DAYS, KEPT_DAYS_OPEN = 180, 365


def consent_digest() -> bytes:
    """SHA-256 of the wording in both languages."""
    return sha256("\n".join(CONSENT).encode()).digest()
