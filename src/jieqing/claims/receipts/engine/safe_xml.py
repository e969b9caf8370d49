"""XML bank statements: opened by the ledger's one safe reader; a broken file is a Problem with its line."""

from __future__ import annotations

from lxml import etree

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receivables.engine.xml_trees import (
    BrokenXml,
    line_of,
    local_name,
    nodes_at,
    parse_tree,
    text_at,
)
from jieqing.kernel.outcomes import Problem

__all__ = ["line_of", "local_name", "nodes_at", "parse_xml", "text_at"]


def parse_xml(data: bytes) -> etree._Element | Problem:
    """Return the root, or the sentence that says why the file was not opened."""
    found = parse_tree(data)
    if not isinstance(found, BrokenXml):
        return found
    if found.is_unsafe:
        return Problem.of(problems.XML_UNSAFE)
    return Problem.of(problems.XML_BROKEN, line=found.line, reason=found.reason)
