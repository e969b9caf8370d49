"""The one thing an invitation's mail carries: where the invitation lies, and the secret that proves the mail arrived.

A token names its site and row in the clear, so that the row is found behind the site's wall and nobody needs to look
across sites; the secret is kept only as a digest. 32 random bytes need no slow hash: there is nothing to guess.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

SECRET_BYTES = 32
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class InvitationToken:
    site_id: UUID
    invitation_id: UUID
    secret: bytes

    def text(self) -> str:
        """As it stands in the link."""
        raw = self.site_id.bytes + self.invitation_id.bytes + self.secret
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def digest(self) -> bytes:
        """What is kept of the secret."""
        return sha256(b"jieqing invitation\x00" + self.invitation_id.bytes + self.secret).digest()

    def opens(self, digest: bytes) -> bool:
        """Whether this token's secret is the one kept, compared in constant time."""
        return hmac.compare_digest(self.digest(), digest)


def read_token(text: str) -> InvitationToken | None:
    """The token of a link, or None when it is not one.

    Example:
        >>> made = InvitationToken(UUID(int=1), UUID(int=2), bytes(32))
        >>> read_token(made.text()) == made, read_token("x")
        (True, None)
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != 2 * _ID_BYTES + SECRET_BYTES:
        return None
    return InvitationToken(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:])
