"""``jieqing up`` and the processes it starts: web, worker, sequencer."""

import asyncio
import os
import signal
import sys
import threading

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to bind.")
@click.option("--port", default=8000, show_default=True, help="端口 / port.")
def up(host: str, port: int) -> None:
    """启动数据库、网页、后台任务和存证排序，Ctrl-C 全部停止。

    Start the database, web, worker and sequencer; Ctrl-C or SIGTERM stops all of them.
    """
    prepare_platform()
    sys.exit(serve_platform(host, port))


def prepare_platform() -> None:
    """Take the data folder for this supervisor, start the database, bring the schema up to date."""
    from jieqing.plumbing.metrics import forget_former_processes
    from jieqing.plumbing.postgres import supervise_database
    from jieqing.web.operations.schema import migrate_all

    supervise_database()
    forget_former_processes()
    migrate_all()


def serve_platform(host: str, port: int, ready_message: str = "") -> int:
    """Supervise every process until a signal comes; return the exit code."""
    from jieqing.plumbing.postgres import ensure_database, release_database
    from jieqing.plumbing.processes import Process, Supervisor

    me = [sys.executable, "-m", "jieqing.web.cli"]
    supervisor = Supervisor(
        [
            Process(
                "web",
                [*me, "web", "--host", host, "--port", str(port)],
                ready_url=f"http://{host}:{port}/health",
                environment={"JIEQING_PROCESS": "web"},
            ),
            Process("worker", [*me, "worker"], environment={"JIEQING_PROCESS": "worker"}),
            Process("sequencer", [*me, "sequencer"], environment={"JIEQING_PROCESS": "sequencer"}),
        ],
        ready_message=ready_message or f"结清 Jieqing: http://{host}:{port}/",
        guard=ensure_database,
    )
    try:
        return supervisor.run()
    finally:
        release_database()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to bind.")
@click.option("--port", default=8000, show_default=True, help="端口 / port.")
@click.option("--workers", default=1, show_default=True, help="进程数 / processes that share the port.")
def web(host: str, port: int, workers: int) -> None:
    """只启动网页进程 / the web process alone."""
    import uvicorn

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieqing.web.settings")
    # For the children that uvicorn makes; what this process is must be known before metrics are imported.
    os.environ.setdefault("JIEQING_PROCESS", "web")
    # Opening a connection costs as much as the queries of a page; twenty open ones serve more people than two cores can.
    os.environ.setdefault("JIEQING_POOL", "20")
    # No uvloop, no httptools: the pure loop is enough and one wheel less to trust. Its own log set-up stays out: every
    # line leaves through ours.
    uvicorn.run(
        "jieqing.web.asgi:application",
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        log_level="warning",
        access_log=False,
        # Whom a proxy speaks for is decided once, for every rule: jieqing.web.client_address.
        proxy_headers=False,
        # Streams of live pages stay open until somebody ends them; the browser comes back by itself.
        timeout_graceful_shutdown=3,
    )


@click.command()
def worker() -> None:
    """只启动后台任务进程 / the worker alone."""
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def run() -> None:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=2, install_signal_handlers=True, shutdown_graceful_timeout=20
            )

    asyncio.run(run())


@click.command()
def sequencer() -> None:
    """只启动存证排序进程 / the sequencer alone: it holds the log key, nobody else does."""
    from jieqing.trust.evidence.sequencer import run_sequencer

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_sequencer(stop)
