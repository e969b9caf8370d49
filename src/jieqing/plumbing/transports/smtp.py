"""SMTP: hand one message to the mail server that the operator named, and say plainly what it answered.

The server is named by ``JIEQING_SMTP_URL`` (``smtp://user:password@host:587``, ``smtps://…:465``) and the sender by
``JIEQING_MAIL_FROM``. Without them there is no transport: callers wait, nothing is dropped, nothing is pretended.

``smtp://`` upgrades by STARTTLS and refuses to go on without it; ``?starttls=no`` is accepted only for a server on
loopback. Certificates are checked. The answer is a value: accepted, try again later, or refused for good; the text of
the server's reply is left out because it may repeat the address.

``hand_over`` is for mail that must not leave twice: where the connection is lost after the text was given and before the
answer came, it says *uncertain*, because the server may have kept it. ``send`` says *later* there, and its callers send again.
"""

import os
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from jieqing.plumbing.faults import Fault

TIMEOUT_SECONDS, PROBE_SECONDS = 20, 2
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PORTS = {"smtp": 587, "smtps": 465}
_KEPT = 250
# No folding below the limit of RFC 5322: a long Message-ID would be folded into something that answers do not repeat.
_WIRE = policy.SMTP.clone(max_line_length=998)


class Answer(StrEnum):
    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server said; ``reply_code`` is its three digits, None when there was no answer."""

    answer: Answer
    reply_code: int | None = None


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    is_tls: bool = False
    is_starttls: bool = True

    def send(self, message: EmailMessage, to: str) -> Outcome:
        """Hand over one message; never raises for what a server or a network does."""
        message["From"] = self.sender
        message["To"] = to
        try:
            with self._connected() as server:
                server.send_message(message, from_addr=self.sender, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as refused:
            return _judged(next(iter(refused.recipients.values()))[0])
        except smtplib.SMTPAuthenticationError as refused:
            # Our own password is wrong: that is for the operator to mend, the message must wait.
            return Outcome(Answer.LATER, refused.smtp_code)
        except smtplib.SMTPResponseException as refused:
            return _judged(refused.smtp_code)
        except (smtplib.SMTPException, OSError):
            return Outcome(Answer.LATER)
        return Outcome(Answer.ACCEPTED, 250)

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Hand over one message at most once; never raises for what a server or a network does."""
        message["From"] = self.sender
        message["To"] = to
        lost = Outcome(Answer.LATER)
        try:
            with self._connected() as server:
                server.ehlo_or_helo_if_needed()
                steps = (
                    lambda: server.mail(self.sender),
                    lambda: server.rcpt(to),
                    lambda: server.docmd("DATA"),
                )
                for step, wanted in zip(steps, ((250,), (250, 251), (354,)), strict=True):
                    code = step()[0]
                    if code not in wanted:
                        return _judged(code)
                lost = Outcome(Answer.UNCERTAIN)
                server.send(_stuffed(message.as_bytes(policy=_WIRE)))
                code = server.getreply()[0]
                # From here on the answer stands, whatever becomes of the connection.
                lost = Outcome(Answer.ACCEPTED, code) if code == _KEPT else _judged(code)
        except smtplib.SMTPAuthenticationError as refused:
            return Outcome(Answer.LATER, refused.smtp_code)
        except (smtplib.SMTPException, OSError):
            return lost
        return lost

    def answers(self) -> bool:
        """Whether something accepts connections there; says nothing of what it would accept."""
        try:
            socket.create_connection((self.host, self.port), timeout=PROBE_SECONDS).close()
        except OSError:
            return False
        return True

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.is_starttls:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def configured() -> SmtpTransport | None:
    """The transport that the environment names, or None."""
    url = os.environ.get("JIEQING_SMTP_URL", "").strip()
    return _transport(url, os.environ.get("JIEQING_MAIL_FROM", "").strip()) if url else None


def _transport(url: str, sender: str) -> SmtpTransport:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Fault(
            "JIEQING_SMTP_URL 应写成 smtp://用户:密码@主机:587 或 smtps://…:465。",
            "JIEQING_SMTP_URL reads smtp://user:password@host:587 or smtps://…:465.",
        )
    if "@" not in sender:
        raise Fault(
            "配置了 JIEQING_SMTP_URL，还要用 JIEQING_MAIL_FROM 写明发件地址。",
            "With JIEQING_SMTP_URL, JIEQING_MAIL_FROM must name the sender's address.",
        )
    is_plain = parse_qs(parts.query).get("starttls") == ["no"]
    if is_plain and parts.hostname not in _LOOPBACK:
        raise Fault(
            "starttls=no 只允许用于本机的邮件服务器。",
            "starttls=no is allowed for a server on this machine only.",
        )
    return SmtpTransport(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        is_starttls=parts.scheme == "smtp" and not is_plain,
    )


def _judged(reply_code: int) -> Outcome:
    """RFC 5321 4.2.1: 4yz may succeed later, 5yz will not."""
    return Outcome(Answer.REFUSED if 500 <= reply_code <= 599 else Answer.LATER, reply_code)


def _stuffed(raw: bytes) -> bytes:
    """RFC 5321 4.5.2: a line that begins with a dot gets another; a line with a dot alone ends the text."""
    return re.sub(rb"(?m)^\.", b"..", raw.rstrip(b"\r\n")) + b"\r\n.\r\n"
