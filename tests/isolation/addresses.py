"""Every address and every command of the platform, found by asking the resolver, the API and the command line."""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import click
from django.urls import URLPattern, URLResolver, get_resolver

from jieqing.web.cli import COMMANDS

API_PREFIX = "api/v1/"
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Page:
    """One URL pattern with its view, outside the API."""

    route: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> list[str]:
        return _CONVERTER.findall(self.route)

    def address(self, values: Mapping[str, Any]) -> str:
        return "/" + _CONVERTER.sub(lambda match: str(values[match[1]]), self.route)


@dataclass(frozen=True)
class Operation:
    """One method of one API path."""

    method: str
    path: str
    handler: Any

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def address(self, values: Mapping[str, Any]) -> str:
        return re.sub(r"{(\w+)}", lambda match: str(values[match[1]]), self.path)


def pages() -> list[Page]:
    return [page for page in walk(get_resolver().url_patterns) if not page.route.startswith(API_PREFIX)]


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[Page]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield Page(route, pattern.callback)


def operations() -> list[Operation]:
    """Every operation of the API, from django-ninja's own routers (the OpenAPI document can hide some)."""
    from jieqing.web.api import api

    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                full = re.sub(
                    r"{\w+:(\w+)}",
                    r"{\1}",
                    "/".join(part.strip("/") for part in (prefix, path) if part.strip("/")),
                )
                found += [
                    Operation(method, f"/{API_PREFIX}{full}", operation) for method in operation.methods
                ]
    return found


def commands() -> dict[str, click.Command]:
    """Every leaf command by its words, e.g. ``ledger import``."""
    found: dict[str, click.Command] = {}
    for name, (target, _django, _help) in COMMANDS.items():
        module, attribute = target.split(":")
        found |= dict(_leaves(name, getattr(importlib.import_module(module), attribute)))
    return found


def _leaves(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _leaves(f"{words} {name}", child)
    else:
        yield words, command
