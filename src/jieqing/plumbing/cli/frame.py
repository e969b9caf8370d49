"""The frame of the ``jieqing`` command: how every command speaks.

JSON goes to standard output, one object a line; everything else (progress, hints, problems) to standard error.
Exit 0 done, 1 the answer is "no / invalid", 2 incomplete or bad input with a sentence that says what to do.
Language: ``JIEQING_LANG`` or the locale; Chinese first where neither says English.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from jieqing.kernel.outcomes import Problem, is_problem

T = TypeVar("T")

EXIT_DONE, EXIT_NO, EXIT_BAD_INPUT = 0, 1, 2


def language() -> str:
    chosen = os.environ.get("JIEQING_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "zh"
    return "en" if chosen.lower().startswith("en") else "zh"


def say(zh: str, en: str) -> None:
    """Tell the person something, on standard error."""
    click.echo(en if language() == "en" else zh, err=True)


def emit_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=False))


def fail(problem: Problem, exit_code: int = EXIT_BAD_INPUT) -> NoReturn:
    """End the command with what happened and what to do."""
    lang = language()
    click.echo(problem.text(lang), err=True)
    if problem.todo(lang):
        click.echo(("To do: " if lang == "en" else "请这样处理：") + problem.todo(lang), err=True)
    sys.exit(exit_code)


def unwrap(outcome: T | Problem) -> T:
    """The value, or the end of the command with the problem's sentence."""
    if is_problem(outcome):
        fail(outcome)
    return outcome


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on standard error; ``advance(n)`` and ``update(completed=…)`` move it. Silent when not a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)

        def advance(step: float = 1, *, completed: float | None = None, total: float | None = None) -> None:
            bar.update(
                task, advance=None if completed is not None else step, completed=completed, total=total
            )

        yield advance


json_option = click.option(
    "--json", "as_json", is_flag=True, help="机器可读的 JSON 输出 / machine-readable JSON."
)
site_option = click.option("--site", "site_slug", required=True, metavar="SLUG", help="站点 / the site.")
