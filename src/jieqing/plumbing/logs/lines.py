"""How every process logs: structlog and the standard library end in one chain and one form.

JSON lines on standard error; in a terminal during development the same fields for people to read (``JIEQING_LOG=json`` or
``console`` decides otherwise). The masks stand first in the chain and once more before the line is written, so that
neither a caller nor a later processor can put a word past them. Lines of other packages keep their constant template; what
they would fill into it is dropped unless it is a number or an id.

What is bound for the length of a request or a job (``bound``) stands in every line written meanwhile.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog

from jieqing.plumbing import personal
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.logs.faults import told_of
from jieqing.plumbing.logs.masking import masked_fields

Line = MutableMapping[str, Any]
# Loggers of this program: their templates and arguments are ours. Others fill in paths, queries, rows.
_OURS = ("jieqing",)
# Lines that say nothing which our own access and job lines do not say better.
_QUIET = (
    "django.request",
    "django.security",
    "django.server",
    "procrastinate",
    "uvicorn.access",
    "httpx",
    "asyncio",
)


def settings() -> dict[str, Any]:
    """Django's LOGGING for this process."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "jieqing.plumbing.logs.lines.formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # What is refused (404, 403) stands in the request's own line; failures bring their error along.
        "loggers": {"jieqing": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
    }


def formatter() -> logging.Formatter:
    """The last step of every line, whoever wrote it."""
    configure()
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if _for_people():
        render = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_foreign, _mask, *_chain()],
        pass_foreign_args=True,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _mask, _order, render],
    )


def configure() -> None:
    """Point structlog at the standard library; harmless when done again."""
    structlog.configure(
        processors=[_mask, *_chain(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


@contextmanager
def bound(**fields: Any) -> Iterator[None]:
    """Put these fields into every line until the block ends."""
    with structlog.contextvars.bound_contextvars(site=None, actor=None, **fields):
        yield


def add_to_bound(**fields: Any) -> None:
    """Say more about the request or job that is running; ends with the block that it runs in."""
    structlog.contextvars.bind_contextvars(**fields)


def current_request_id() -> str | None:
    found = structlog.contextvars.get_contextvars().get("request_id")
    return found if isinstance(found, str) else None


def _chain() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _name_process,
        _tell_error,
    ]


def _mask(logger: Any, method: str, line: Line) -> Line:
    meta = {name: line[name] for name in ("_record", "_from_structlog", "exc_info") if name in line}
    columns = {field.column for field in personal.declared()}
    return {**masked_fields({k: v for k, v in line.items() if k not in meta}, columns), **meta}


def _foreign(logger: Any, method: str, line: Line) -> Line:
    """A line of the standard library: its template, and of its arguments what can be no person's."""
    record: logging.LogRecord = line["_record"]
    arguments = line.pop("positional_args", None) or ()
    if record.name.startswith(_QUIET):
        line["event"] = str(getattr(record, "action", "") or record.name)
    else:
        safe = _of_ours if record.name.split(".")[0] in _OURS else _of_others
        line["event"] = _filled(str(record.msg), arguments, safe)
    if record.exc_info:
        line["exc_info"] = record.exc_info
    return line


def _filled(template: str, arguments: Any, safe: Callable[[object], object]) -> str:
    if not arguments:
        return template
    parts: Any = tuple(map(safe, arguments)) if isinstance(arguments, tuple) else ()
    try:
        return template % parts
    except (TypeError, ValueError):
        return template


def _of_ours(part: object) -> object:
    """An exception's sentence may quote what somebody typed; our own faults do not."""
    if isinstance(part, BaseException):
        return part.en if isinstance(part, Fault) else type(part).__name__
    return part


def _of_others(part: object) -> object:
    return part if isinstance(part, int | float | UUID) else "…"


def _tell_error(logger: Any, method: str, line: Line) -> Line:
    info = line.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    if error is not None:
        line.update(told_of(error))
    return line


def _name_process(logger: Any, method: str, line: Line) -> Line:
    line.setdefault("process", os.environ.get("JIEQING_PROCESS", "command"))
    return line


def _order(logger: Any, method: str, line: Line) -> Line:
    first = ("at", "level", "event", "request_id", "site", "actor")
    return {name: line[name] for name in (*first, *line) if line.get(name) is not None}


def _for_people() -> bool:
    chosen = os.environ.get("JIEQING_LOG")
    if chosen in ("json", "console"):
        return chosen == "console"
    return os.environ.get("JIEQING_ENV", "dev") == "dev" and sys.stderr.isatty()
