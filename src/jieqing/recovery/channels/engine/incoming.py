"""Reading what comes back: a reply in words, a machine's report that a message bounced or arrived, or a machine's chatter.

Read by the standard library's parser, which takes any bytes; what cannot be decoded is read as far as it can be. Our own words,
quoted below an answer, are taken out before it is scanned: our line about opting out must not opt anybody out.
Source: RFC 3464 (delivery reports), RFC 3834 (automatic answers), RFC 5322 3.6.4 (threads).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import StrEnum

TEXT_CHARS_MAX = 20_000
_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/p|/div)[^>]*>", re.IGNORECASE)
_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:原始邮件|Original Message|转发的邮件).*|On .{4,120} wrote:|在.{4,120}写道[:：]|发件人[:：].*|From:\s.*)$",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """Values stand in rows: never rename one."""

    REPLY = "reply"
    BOUNCE = "bounce"
    DELIVERED = "delivered"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class Incoming:
    """``references`` are all ids it names; ``status`` is the report's own code (RFC 3463), empty for words."""

    kind: Kind
    references: tuple[str, ...]
    text: str
    status: str = ""

    @property
    def is_address_wrong(self) -> bool:
        """5.1.x: the address itself is wrong; a full mailbox is not."""
        return self.kind is Kind.BOUNCE and self.status.startswith("5.1.")


def read_incoming(raw: bytes) -> Incoming:
    """Read one message as it came from the mail server."""
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    references = _references(found)
    report = _report(found)
    if report is not None:
        action, status = report
        kinds = {"failed": Kind.BOUNCE, "delivered": Kind.DELIVERED}
        return Incoming(kinds.get(action, Kind.AUTOMATIC), references, "", status)
    is_automatic = str(found.get("Auto-Submitted", "no")).strip().lower() not in ("", "no")
    kind = Kind.AUTOMATIC if is_automatic else Kind.REPLY
    return Incoming(kind, references, _text(found)[:TEXT_CHARS_MAX])


def own_words(text: str, sent: str) -> str:
    """What the writer wrote: without quotations, and without any line that we had sent.

    Example:
        >>> own_words("请发对账单。\\n> 如不希望再收到，回复“退订”\\n在2026年某日某人写道：\\n别的", "")
        '请发对账单。'
    """
    ours = {line.strip() for line in sent.splitlines() if line.strip()}
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTE_BEGINS.match(line):
            break
        if not line.lstrip().startswith(">") and line.strip() not in ours:
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _references(found: EmailMessage) -> tuple[str, ...]:
    """Ids named by the message, then by the message that a report returns."""
    texts = [str(found.get(name, "")) for name in ("In-Reply-To", "References")]
    for part in found.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            texts += [
                line
                for line in _plain(part).splitlines()
                if "message-id" in line.lower() or line[:1] in " \t"
            ]
    return tuple(text for text in texts if text)


def _report(found: EmailMessage) -> tuple[str, str] | None:
    """Action and status of a delivery report; None for anything else."""
    for part in found.walk():
        if part.get_content_type() == "message/delivery-status":
            fields = re.findall(r"(?im)^(Action|Status):\s*(\S+)", _plain(part))
            told = {name.lower(): value.lower() for name, value in fields}
            return told.get("action", ""), told.get("status", "")
    return None


def _plain(part: Message) -> str:
    return part.as_string()


def _text(found: EmailMessage) -> str:
    body = found.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError, ValueError):
        raw = body.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    if body.get_content_type() == "text/html":
        text = _TAGS.sub("", _BREAKS.sub("\n", text))
    return text
