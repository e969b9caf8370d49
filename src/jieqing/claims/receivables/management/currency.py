"""The currency of a file that names none: as given, asked once at a terminal, else CNY and said so.

A command that runs unattended must end with an answer; the assumption stands in the batch and is told on standard
error, and another ``--currency`` before the import, or undoing the batch after it, takes it back.
"""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.cli.frame import say, unwrap

ASSUMED = "CNY"
_UNSAID = "mapping.currency"

T = TypeVar("T")


def settle_currency(attempt: Callable[[str | None], T | Problem], given: str | None) -> T:
    """Run ``attempt`` with the currency given; where the file turns out to need one, settle it and run again."""
    found = attempt(unwrap(known_currency(given)) if given else None)
    if not (is_problem(found) and found.code == _UNSAID):
        return unwrap(found)
    chosen = ASSUMED
    if sys.stdin.isatty():
        chosen = click.prompt(
            "文件没有币种，按哪种货币记账 / the file names no currency", default=ASSUMED, err=True
        )
    else:
        say(
            f"文件没有币种，按 {ASSUMED} 记账；可用 --currency（make demo 用 CURRENCY=）指定其他货币。",
            f"The file names no currency: it counts as {ASSUMED}; --currency (CURRENCY= with make demo) picks another.",
        )
    return unwrap(attempt(unwrap(known_currency(chosen))))
