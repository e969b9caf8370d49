"""The examples in the kernel's docstrings are true, and every module that computes has one."""

import doctest
import importlib
import pkgutil

import pytest

from jieqing import kernel

MODULES = [
    f"jieqing.kernel.{found.name}" for found in pkgutil.iter_modules(kernel.__path__) if not found.ispkg
]
NOTHING_TO_SHOW = {"jieqing.kernel.actor", "jieqing.kernel.currencies"}


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert not outcome.failed
    assert outcome.attempted or name in NOTHING_TO_SHOW
