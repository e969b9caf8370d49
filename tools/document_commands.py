"""Write ``docs/commands.md`` from the command line itself: ``python -m tools.document_commands``.

One section for each command, in the order of ``jieqing --help``: its help, its arguments and options. A test
compares the committed file with ``reference()``, so the document cannot fall behind.
"""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path

import click

DOCUMENT = Path(__file__).parents[1] / "docs" / "commands.md"
INTRODUCTION = """# Commands 命令

Written by `python -m tools.document_commands`; do not edit by hand. JSON goes to standard output, everything else to standard error. Exit
codes: 0 done, 1 the answer is "no / invalid", 2 incomplete or bad input.
"""


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words."""
    from jieqing.web.cli import COMMANDS, load_command

    for name, (target, _needs_django, _help) in COMMANDS.items():
        yield from _below(name, load_command(name, target))


def _below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _below(f"{words} {name}", child)
    else:
        yield words, command


def reference() -> str:
    return INTRODUCTION + "".join(_section(words, command) for words, command in leaves())


def _section(words: str, command: click.Command) -> str:
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    shape = " ".join(["jieqing", words, *(_argument(argument) for argument in arguments)])
    lines = ["", f"## {words}", "", f"`{shape}`", "", inspect.cleandoc(command.help or ""), ""]
    if options:
        lines += ["| option | meaning |", "|---|---|", *(_row(option) for option in options), ""]
    return "\n".join(lines)


def _argument(argument: click.Argument) -> str:
    name = (argument.metavar or argument.name or "").upper()
    name += " …" if argument.nargs == -1 else ""
    return name if argument.required else f"[{name}]"


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    notes = [option.help or ""]
    if isinstance(option.type, click.Choice):
        notes.append("one of " + ", ".join(f"`{choice}`" for choice in option.type.choices))
    if option.required:
        notes.append("required")
    return f"| {names} | {'; '.join(note for note in notes if note)} |".replace("| |", "|")


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieqing.web.settings")
    django.setup()
    DOCUMENT.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
