"""One attempt to hand a message over: at most ``SECONDS_MAX`` in all, no redirect followed, little of the answer read.

The time limit is on the whole exchange, handshake included: a server that sends one byte now and then is cut off by a
timer, not waited for. (Looking the name up has the limits of the machine's resolver.) Certificates are checked against
the host's name. Nothing of the answer's body is kept.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jieqing.plumbing.webhooks import addresses
from jieqing.plumbing.webhooks.addresses import Target

SECONDS_MAX = 10.0
BODY_BYTES_MAX = 256 << 10
ANSWER_BYTES_READ = 16 << 10
GONE = 410
_CONTEXT = ssl.create_default_context()


class Outcome(StrEnum):
    """What came of an attempt; values stand in rows."""

    TAKEN = "taken"
    GONE = "gone"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is the response code, None when there was no response."""

    outcome: Outcome
    status: int | None
    duration_ms: int


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds_max: float | None = None) -> Answer:
    """Send ``body`` once; never raises for what a network, a name or a server does."""
    if len(body) > BODY_BYTES_MAX:
        raise ValueError("a webhook carries ids and amounts, not documents")
    begun = time.monotonic()
    limit = seconds_max or SECONDS_MAX
    try:
        target = addresses.find(url)
        if target is None:
            outcome, status = Outcome.FORBIDDEN, None
        else:
            status = _exchange(target, body, headers, begun + limit)
            outcome = _judged(status)
    except TimeoutError:
        outcome, status = Outcome.TIMED_OUT, None
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        # Cut off by the timer, the socket says that it was closed.
        is_late = time.monotonic() - begun >= limit
        outcome, status = (Outcome.TIMED_OUT if is_late else Outcome.UNREACHABLE), None
    return Answer(outcome, status, int((time.monotonic() - begun) * 1000))


def _exchange(target: Target, body: bytes, headers: Mapping[str, str], deadline: float) -> int:
    line: socket.socket = socket.create_connection((target.ip, target.port), timeout=_left(deadline))
    cut = threading.Timer(_left(deadline), lambda: _shut(line))
    cut.daemon = True
    cut.start()
    try:
        # Made by hand: the connection goes to the address that was checked, the certificate is for the name.
        connection = http.client.HTTPConnection(target.host, target.port)
        if target.is_tls:
            line = _CONTEXT.wrap_socket(line, server_hostname=target.host, do_handshake_on_connect=False)
            line.do_handshake()  # the timer must hold the wrapped line by now
        connection.sock = line
        sent = {
            "Host": target.authority,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "User-Agent": "Jieqing-Webhooks/1",
            "Connection": "close",
            **headers,
        }
        connection.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.read(ANSWER_BYTES_READ)
        return answer.status
    finally:
        cut.cancel()
        line.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shut(line: socket.socket) -> None:
    """End whoever waits on the line; it may have been closed a moment ago."""
    with contextlib.suppress(OSError, ValueError):
        line.shutdown(socket.SHUT_RDWR)


def _judged(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status == GONE:
        return Outcome.GONE
    return Outcome.REDIRECTED if 300 <= status < 400 else Outcome.REFUSED
