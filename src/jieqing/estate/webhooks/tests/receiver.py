"""A real receiver on loopback: takes, refuses, hangs, drips, redirects or is gone, as a test says."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    url: str = ""
    behaviour: str = "take"
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    told = Receiver()
    release = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            match told.behaviour:
                case "hang":
                    release.wait(20)
                case "drip":
                    self._drip()
                case "redirect":
                    self.send_response(302)
                    self.send_header("Location", told.url + "/elsewhere")
                    self.end_headers()
                case _:
                    self.send_response({"take": 204, "fail": 500, "gone": 410}[told.behaviour])
                    self.end_headers()

        def _drip(self) -> None:
            for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 400:
                if release.is_set():
                    return
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.05)

        def log_message(self, *given: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        release.set()
        server.shutdown()
        server.server_close()
