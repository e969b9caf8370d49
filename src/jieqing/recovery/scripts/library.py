"""The scripts this installation ships, read from the room's files. No Django, no database."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from jieqing.recovery.scripts.engine.templates import NotATemplate, Template, read_template

SHIPPED = Path(__file__).parent / "shipped"


@lru_cache(maxsize=1)
def shipped() -> tuple[Template, ...]:
    """Every shipped script, by code. Errors: NotATemplate, with the file."""
    found: dict[str, Template] = {}
    for file in sorted(SHIPPED.glob("*.yaml")):
        for told in yaml.safe_load(file.read_text(encoding="utf-8")):
            try:
                template = read_template(told)
            except NotATemplate as error:
                raise NotATemplate(f"{file.name}: {error}") from error
            if template.code in found:
                raise NotATemplate(f"{file.name}: {template.code} is there twice")
            found[template.code] = template
    return tuple(found[code] for code in sorted(found))
