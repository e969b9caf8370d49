"""The text of a pack: a narrow YAML, so that what is read is what was written.

Scalars are text, whole numbers, true, false and null; nothing else is guessed (plain YAML reads 22:00 as the number 1320
and 2025-02-28 as a date). A key given twice, an anchor, an alias and a tag are refused: each would make a rule say
something its reader does not see.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from jieqing.kernel.outcomes import JSON

_MERGE = "tag:yaml.org,2002:merge"


class NotAPack(ValueError):
    """What is wrong with a pack, and where: for its author."""


def read_text(text: str) -> JSON:
    """Return the data of a pack's text.

    Errors: NotAPack, with the line.
    """
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise NotAPack(f"{_place(event.start_mark)}: anchors and aliases are refused")
        value: JSON = yaml.load(text, Loader=_Loader)  # noqa: S506 - our loader builds text, numbers, lists and maps only
    except yaml.YAMLError as error:
        raise NotAPack(str(error)) from error
    return value


class _Loader(yaml.SafeLoader):
    """SafeLoader with fewer guesses."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, JSON]:  # type: ignore[override]
        found: dict[str, JSON] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            where = _place(key_node.start_mark)
            if not isinstance(key, str) or key_node.tag == _MERGE:
                raise NotAPack(f"{where}: keys are text")
            if key in found:
                raise NotAPack(f"{where}: {key} is given twice")
            found[key] = self.construct_object(value_node, deep=True)
        return found


def _place(mark: Any) -> str:
    return f"line {mark.line + 1}" if mark is not None else "somewhere"


def _plain_map(loader: _Loader, node: yaml.Node) -> dict[str, JSON]:
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


def _refuse_tag(loader: _Loader, node: yaml.Node) -> JSON:
    raise NotAPack(f"{_place(node.start_mark)}: the tag {node.tag} is refused")


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|)$"), ["n", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile("^(?:0|-?[1-9][0-9]{0,14})$"), list("-0123456789")
)
_Loader.yaml_constructors = {
    tag: constructor
    for tag, constructor in yaml.SafeLoader.yaml_constructors.items()
    if tag in {f"tag:yaml.org,2002:{name}" for name in ("bool", "null", "int", "str", "seq", "map")}
}
_Loader.add_constructor("tag:yaml.org,2002:map", _plain_map)
_Loader.add_constructor(None, _refuse_tag)
