"""Real servers on loopback: one for mail that drops its connection when told to, one mailbox that speaks IMAP."""

import asyncio
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from jieqing.trust.notices.tests.mail_server import Keeper


class Dropper(Keeper):
    """Keeps what it is given; ``is_dropping``: takes the text and hangs up instead of answering."""

    def __init__(self) -> None:
        super().__init__()
        self.is_dropping = False
        self.raws: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.raws.append(bytes(envelope.content or b""))
        answer = await super().handle_DATA(server, session, envelope)
        if self.is_dropping:
            assert server.transport is not None
            server.transport.abort()
        return answer


@contextmanager
def dropping_server() -> Iterator[tuple[Dropper, str]]:
    keeper = Dropper()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop())
    controller.start()
    try:
        yield keeper, f"smtp://127.0.0.1:{port}?starttls=no"
    finally:
        controller.stop()


class Box(socketserver.ThreadingTCPServer):
    """Unread messages by uid, and the flags that a client stored."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, messages: dict[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages, self.flags = messages, {}


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as a client needs that looks for unread messages."""

    server: Box

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, command, *rest = line.decode().split()
            if command.upper() == "UID":
                command, *rest = rest
            answer = getattr(self, f"_{command.lower()}", lambda _rest: b"")(rest)
            self.wfile.write(answer + f"{tag} OK done\r\n".encode())
            if command.upper() == "LOGOUT":
                return

    def _capability(self, _rest: list[str]) -> bytes:
        return b"* CAPABILITY IMAP4rev1\r\n"

    def _select(self, _rest: list[str]) -> bytes:
        return f"* {len(self.server.messages)} EXISTS\r\n".encode()

    def _search(self, _rest: list[str]) -> bytes:
        open_ones = [str(uid) for uid in self.server.messages if uid not in self.server.flags]
        return f"* SEARCH {' '.join(open_ones)}\r\n".encode()

    def _fetch(self, rest: list[str]) -> bytes:
        raw = self.server.messages[int(rest[0])]
        return f"* 1 FETCH (UID {rest[0]} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"

    def _store(self, rest: list[str]) -> bytes:
        self.server.flags[int(rest[0])] = rest[2].strip("()")
        return b""


@contextmanager
def mailbox(messages: dict[int, bytes]) -> Iterator[tuple[Box, str]]:
    box = Box(messages)
    thread = threading.Thread(target=box.serve_forever, daemon=True)
    thread.start()
    try:
        yield box, f"imap://someone:secret@127.0.0.1:{box.server_address[1]}/INBOX"
    finally:
        box.shutdown()
        box.server_close()
        thread.join()
