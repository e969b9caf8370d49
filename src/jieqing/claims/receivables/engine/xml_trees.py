"""XML from strangers: no DOCTYPE, no entity, no network, no huge tree; and short paths that ignore namespaces.

Every reader of the claims wing that opens XML opens it here (bank statements, e-invoices), so that what is refused is
refused alike. A DOCTYPE is refused in whatever encoding it is written: honest business files have none.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

REASON_CHARS_MAX = 120


@dataclass(frozen=True, slots=True)
class BrokenXml:
    """Why no tree could be made. ``is_unsafe``: a DOCTYPE; else ``reason`` and ``line`` of the first fault."""

    is_unsafe: bool = False
    reason: str = ""
    line: int = 1


def parse_tree(data: bytes) -> etree._Element | BrokenXml:
    """Return the root. A DOCTYPE is refused before anything is expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    if (
        b"<!DOCTYPE" in data
        or "<!DOCTYPE".encode("utf-16-le") in data
        or "<!DOCTYPE".encode("utf-16-be") in data
    ):
        return BrokenXml(is_unsafe=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return BrokenXml(
            reason=str(error)[:REASON_CHARS_MAX] or "empty", line=getattr(error, "lineno", None) or 1
        )
    if root.getroottree().docinfo.internalDTD is not None:
        return BrokenXml(is_unsafe=True)
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


def anywhere(node: etree._Element, *names: str) -> str:
    """The first text that is not empty of any element so named, in the order of the names."""
    for name in names:
        for found in node.iter(f"{{*}}{name}"):
            text = "".join(str(part) for part in found.itertext()).strip()
            if text:
                return text
    return ""


def local_name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def line_of(node: etree._Element) -> int:
    """Where an element begins in the file."""
    line: object = node.sourceline
    return line if isinstance(line, int) else 0
