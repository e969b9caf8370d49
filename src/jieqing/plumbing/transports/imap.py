"""IMAP: give each unread message of one mailbox to whoever asks, and mark as read what was taken.

Named by ``JIEQING_IMAP_URL`` (``imaps://user:password@host:993/INBOX``; ``imap://`` for a server on loopback only). A message is
fetched without touching it and marked only after it was taken, so a killed worker reads it again. What nobody took is flagged,
stays unread for a person and is not fetched again.
"""

import imaplib
import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from jieqing.plumbing.faults import Fault

TIMEOUT_SECONDS, AT_ONCE = 20, 200
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PORTS = {"imap": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class Mailbox:
    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool

    def each_unread(self, take: Callable[[bytes], bool]) -> int:
        """Call ``take`` with each message; how many were taken. Errors: OSError or imaplib's when the server fails."""
        taken = 0
        with self._connected() as server:
            server.login(self.user, self.password)
            server.select(self.folder)
            _answer, found = server.uid("SEARCH", "UNSEEN UNFLAGGED")
            for uid in (found[0] or b"").split()[:AT_ONCE]:
                _answer, parts = server.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
                raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
                if raw is None:
                    continue
                is_taken = take(raw)
                server.uid("STORE", uid.decode(), "+FLAGS", r"(\Seen)" if is_taken else r"(\Flagged)")
                taken += is_taken
        return taken

    def _connected(self) -> imaplib.IMAP4:
        if self.is_tls:
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_SECONDS
            )
        return imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_SECONDS)


def configured() -> Mailbox | None:
    """The mailbox that the environment names, or None."""
    url = os.environ.get("JIEQING_IMAP_URL", "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    is_usable = parts.scheme in _PORTS and parts.hostname and parts.username
    if not is_usable or (parts.scheme == "imap" and parts.hostname not in _LOOPBACK):
        raise Fault(
            "JIEQING_IMAP_URL 应写成 imaps://用户:密码@主机:993/INBOX；imap:// 只允许用于本机。",
            "JIEQING_IMAP_URL reads imaps://user:password@host:993/INBOX; imap:// is for this machine only.",
        )
    return Mailbox(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_tls=parts.scheme == "imaps",
    )
