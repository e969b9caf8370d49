"""XML from strangers: no DOCTYPE, no entities, no network, no huge trees; a broken file is a Problem with its line."""

from __future__ import annotations

from lxml import etree

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.kernel.outcomes import Problem

HEAD_BYTES = 4096


def parse_xml(data: bytes) -> etree._Element | Problem:
    """Return the root. A DOCTYPE is refused before anything is expanded: honest files have none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data[:HEAD_BYTES]:
        return Problem.of(problems.XML_UNSAFE)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        return Problem.of(problems.XML_BROKEN, line=line, reason=str(error)[:200])
    if root.getroottree().docinfo.internalDTD is not None:
        return Problem.of(problems.XML_UNSAFE)
    return root


def text_at(node: etree._Element, path: str) -> str:
    """The text of the first element on a path of local names (``a/b/c``, ``a|b`` for either), whatever the namespace."""
    found = nodes_at(node, path)
    return "".join(str(part) for part in found[0].itertext()).strip() if found else ""


def nodes_at(node: etree._Element, path: str) -> list[etree._Element]:
    """Elements on a path of local names below ``node``; versions of a format differ in the namespace only."""
    level = [node]
    for step in path.split("/"):
        names = set(step.split("|"))
        level = [child for one in level for child in one if local_name(child) in names]
    return level


def local_name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def line_of(node: etree._Element) -> int:
    """Where an element begins in the file."""
    line: object = node.sourceline
    return line if isinstance(line, int) else 0
