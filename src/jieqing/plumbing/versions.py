"""Which release this is."""

import tomllib
from importlib.metadata import PackageNotFoundError, version

from jieqing.plumbing.paths import checkout


def release() -> str:
    """The version as installed, else as the checkout's ``pyproject.toml`` says it."""
    try:
        return version("jieqing")
    except PackageNotFoundError:
        project = tomllib.loads((checkout() / "pyproject.toml").read_text("utf-8"))["project"]
        return str(project["version"])
