"""The supervisor with real processes: ready, crash, give up, stop, be killed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

SERVE = """
    import http.server, sys, signal
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("listening", flush=True)
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def supervise(
    tmp_path: Path, *children: str, port: int = 0, patience_s: float = 5
) -> "subprocess.Popen[str]":
    """Start a supervisor over python snippets; each writes its pid into ``pids``."""
    note = f"import os; print(os.getpid(), file=open({str(tmp_path / 'pids')!r}, 'a'), flush=True)\n"
    snippets = [note + textwrap.dedent(child) for child in children]
    program = f"""
from jieqing.plumbing import processes
processes.BACKOFF_FIRST_S = 0.05
made = [
    processes.Process(f"child{{n}}", [{sys.executable!r}, "-c", code, "{port}"],
                      ready_url="http://127.0.0.1:{port}/" if {port} and n == 0 else "")
    for n, code in enumerate({snippets!r})
]
raise SystemExit(processes.Supervisor(made, ready_message="all ready", stop_patience_s={patience_s}).run())
"""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )


def pids(tmp_path: Path, at_least: int) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = (tmp_path / "pids").read_text().split() if (tmp_path / "pids").exists() else []
        if len(found) >= at_least:
            return [int(pid) for pid in found]
        time.sleep(0.02)
    raise AssertionError("the children did not start")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(*gone: int) -> None:
    deadline = time.monotonic() + 120
    while any(is_alive(pid) for pid in gone):
        assert time.monotonic() < deadline, f"{gone} still run"
        time.sleep(0.02)


def test_says_ready_once_the_address_answers_and_stops_all_on_sigterm(tmp_path: Path, free_port: int) -> None:
    running = supervise(tmp_path, SERVE, "import time; time.sleep(60)", port=free_port)
    assert running.stdout is not None
    assert running.stdout.readline() == "all ready\n"
    children = pids(tmp_path, 2)
    running.send_signal(signal.SIGTERM)
    _, log = running.communicate(timeout=120)
    assert running.returncode == 0
    assert "child0    | listening" in log
    assert not any(is_alive(pid) for pid in children)


def test_starts_a_crashed_process_again(tmp_path: Path) -> None:
    running = supervise(tmp_path, "import time; time.sleep(60)")
    (first,) = pids(tmp_path, 1)
    os.kill(first, signal.SIGKILL)
    second = pids(tmp_path, 2)[1]
    assert is_alive(second)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=120) == 0
    assert not is_alive(second)


def test_gives_up_on_a_process_that_cannot_start_and_shows_why(tmp_path: Path) -> None:
    running = supervise(tmp_path, "raise SystemExit('no such setting')", "import time; time.sleep(60)")
    _, log = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "child0    | no such setting" in log
    assert "keeps ending" in log
    assert not any(is_alive(pid) for pid in pids(tmp_path, 6))


def test_insists_when_a_process_ignores_the_request(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    running = supervise(tmp_path, deaf, patience_s=0.3)
    (pid,) = pids(tmp_path, 1)
    time.sleep(0.3)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=120) == 0
    assert not is_alive(pid)


def test_children_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    running = supervise(tmp_path, "import time; time.sleep(60)", "import time; time.sleep(60)")
    children = pids(tmp_path, 2)
    running.kill()
    running.wait(timeout=120)
    wait_until_gone(*children)
