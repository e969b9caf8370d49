"""One supervisor for the processes of one machine: start them, keep them, stop them all.

``jieqing up`` hands over a list of processes. The supervisor starts them, prefixes their log lines with their name,
says one line when all that have a ready address answer, starts a crashed one again (waiting longer each time, so a
broken one does not eat the machine), and on Ctrl-C or SIGTERM asks all to stop, then insists. Invariant: no process
outlives it; on Linux the kernel itself ends the children when the supervisor is killed with -9. A process that ends
again and again as soon as it starts (a port in use, a broken setting) is not worth hiding: the supervisor gives up,
stops the rest and returns 1.

One thread, one loop: pipes, signals and timers are waited for together.
"""

import contextlib
import ctypes
import http.client
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from urllib.parse import urlsplit

from jieqing.plumbing.faults import Fault

BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 30.0
HEALTHY_AFTER_S = 10.0
QUICK_ENDS_MAX = 5
STOP_PATIENCE_S = 20.0
GUARD_EVERY_S = 5.0
_TICK_S = 0.2
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Process:
    """What to run: a name for the log, a command, and where it answers once it is ready."""

    name: str
    command: Sequence[str]
    ready_url: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Child:
    """One process and its history; owned by the supervisor's loop."""

    process: Process
    running: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_ends: int = 0
    is_ready: bool = False
    unfinished_line: bytes = b""

    @property
    def pid(self) -> int | None:
        return self.running.pid if self.running else None


class Supervisor:
    """Runs the processes until a signal comes or one of them cannot be kept alive."""

    def __init__(
        self,
        processes: Sequence[Process],
        *,
        ready_message: str = "",
        guard: Callable[[], object] | None = None,
        stop_patience_s: float = STOP_PATIENCE_S,
    ) -> None:
        """``guard`` is called every few seconds to keep up what is no child of ours (the database server)."""
        self._children = [_Child(process) for process in processes]
        self._ready_message = ready_message
        self._guard = guard
        self._stop_patience_s = stop_patience_s
        self._signals = 0
        self._pipes = selectors.DefaultSelector()

    def run(self) -> int:
        """Return 0 when asked to stop, 1 when a process could not be kept alive."""
        previous = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        announced, guarded_at = False, time.monotonic()
        try:
            while not self._signals:
                for child in self._children:
                    if not self._keep_alive(child):
                        return 1
                self._pass_on_logs(_TICK_S)
                announced = announced or self._announce_when_ready()
                if self._guard and time.monotonic() - guarded_at > GUARD_EVERY_S:
                    self._call_guard(self._guard)
                    guarded_at = time.monotonic()
            return 0
        finally:
            self._stop_all()
            self._pipes.close()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _keep_alive(self, child: _Child) -> bool:
        """Start what is not running when its time has come; False when there is no point any more."""
        now = time.monotonic()
        if child.running is None:
            if now >= child.start_again_at:
                self._start(child)
            return True
        code = child.running.poll()
        if code is None:
            return True
        self._drain(child)
        lived_s = now - child.started_at
        child.running, child.is_ready = None, False
        child.quick_ends = child.quick_ends + 1 if lived_s < HEALTHY_AFTER_S else 1
        _say(child.process.name, f"ended with {code} after {lived_s:.1f} s")
        if child.quick_ends >= QUICK_ENDS_MAX:
            _say(
                "jieqing",
                f"{child.process.name} 反复退出，已停止全部进程；原因见上面的日志。"
                f" / {child.process.name} keeps ending; everything is stopped, the reason is in the lines above.",
            )
            return False
        child.start_again_at = now + min(BACKOFF_FIRST_S * 2 ** (child.quick_ends - 1), BACKOFF_MAX_S)
        return True

    def _start(self, child: _Child) -> None:
        child.started_at = time.monotonic()
        child.running = subprocess.Popen(
            list(child.process.command),
            env={**os.environ, **child.process.environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C at the terminal reaches the supervisor only, which stops them in order.
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid()),
        )
        assert child.running.stdout is not None
        os.set_blocking(child.running.stdout.fileno(), False)
        self._pipes.register(child.running.stdout, selectors.EVENT_READ, child)

    def _pass_on_logs(self, wait_s: float) -> None:
        for key, _ in self._pipes.select(wait_s):
            self._read(key.data)

    def _read(self, child: _Child) -> bool:
        """Pass on what a child wrote; False when there is nothing (more) to read."""
        if child.running is None or child.running.stdout is None or child.running.stdout.closed:
            return False
        try:
            data = os.read(child.running.stdout.fileno(), 65536)
        except BlockingIOError:
            return False
        if not data:
            self._pipes.unregister(child.running.stdout)
            child.running.stdout.close()
            return False
        *lines, child.unfinished_line = (child.unfinished_line + data).split(b"\n")
        for line in lines:
            _say(child.process.name, line.decode("utf-8", errors="replace"))
        return True

    def _drain(self, child: _Child) -> None:
        while self._read(child):
            pass
        if child.running and child.running.stdout and not child.running.stdout.closed:
            # A grandchild still holds the pipe; what it writes later belongs to nobody.
            self._pipes.unregister(child.running.stdout)
            child.running.stdout.close()
        if child.unfinished_line:
            _say(child.process.name, child.unfinished_line.decode("utf-8", errors="replace"))
            child.unfinished_line = b""

    def _announce_when_ready(self) -> bool:
        for child in self._children:
            if child.running and not child.is_ready:
                child.is_ready = not child.process.ready_url or _answers(child.process.ready_url)
        if not all(child.is_ready for child in self._children):
            return False
        if self._ready_message:
            print(self._ready_message, flush=True)  # noqa: T201 (the one line a caller waits for)
        return True

    def _call_guard(self, guard: Callable[[], object]) -> None:
        try:
            guard()
        except Fault as fault:
            _say("jieqing", f"{fault.zh} / {fault.en}")

    def _stop_all(self) -> None:
        """Ask all at once, wait, then insist: to a second signal at once."""
        asked = self._signals
        for child in self._children:
            if child.running:
                child.running.terminate()
        deadline = time.monotonic() + self._stop_patience_s
        while any(child.running and child.running.poll() is None for child in self._children):
            if time.monotonic() > deadline or self._signals > max(asked, 1):
                break
            self._pass_on_logs(0.05)
        for child in self._children:
            if child.running:
                # Its whole session: a worker of a worker must not stay behind either.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.running.pid, signal.SIGKILL)
                child.running.wait()
                self._drain(child)


def end_in_order_on_sigterm() -> None:
    """Let SIGTERM end this process like ``sys.exit``: what it opened is closed, the database is released."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """A hook for the new process: the kernel sends it SIGTERM when the supervisor dies (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def hook() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return hook


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=1)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say(name: str, line: str) -> None:
    # A line that is JSON already says whose it is; a name before it would make it unreadable to a machine.
    told = line if line.startswith('{"at"') else f"{name:<10}| {line}"
    print(told, file=sys.stderr, flush=True)  # noqa: T201
