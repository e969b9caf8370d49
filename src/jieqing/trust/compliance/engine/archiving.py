"""Sets of packs beside the verdicts they gave, so that a file of verdicts can be replayed anywhere, whatever the packs say today.

A line ``{"pack_set": DIGEST, "packs": [document, …]}`` stands before the first verdict of its set. It is believed only when the
documents give that digest again; so a changed rule cannot pass for the one that decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.pack_text import NotAPack
from jieqing.trust.compliance.engine.packs import PacksClash, PackSet, standing_set


def set_line(packs: PackSet) -> dict[str, JSON]:
    """Return the line that brings a set along."""
    return {"pack_set": packs.digest, "packs": [pack.document for pack in packs.packs]}


def set_of(documents: Sequence[JSON], digest: str) -> PackSet | Problem:
    """Return the set of these documents if it is the one of this digest."""
    try:
        packs = [pack_from(one) for one in documents if isinstance(one, Mapping)]
        found = standing_set(
            (pack for pack in packs if not pack.overlay), (pack for pack in packs if pack.overlay)
        )
    except (NotAPack, PacksClash) as error:
        return Problem.of(SET_UNREADABLE, digest=digest, why=str(error))
    if found.digest != digest:
        return Problem.of(SET_CHANGED, digest=digest, found=found.digest)
    return found


class Archive:
    """The sets that a file brought along, and the one by which everything else is judged."""

    def __init__(self, given: PackSet) -> None:
        self.given = given
        self.sets = {given.digest: given}

    def take(self, line: Mapping[str, JSON]) -> None | Problem:
        """Keep the set of a line."""
        digest, documents = line.get("pack_set"), line.get("packs")
        if not isinstance(digest, str) or not isinstance(documents, list | tuple):
            return Problem.of(SET_UNREADABLE, digest=str(digest), why="pack_set, packs")
        found = set_of(documents, digest)
        if isinstance(found, Problem):
            return found
        self.sets[digest] = found
        return None

    def set_for(self, answer: Mapping[str, JSON]) -> PackSet:
        """The set a recorded answer names; the given one where it is not known (the digests then differ, and are told)."""
        digest = answer.get("pack_digest")
        return self.sets.get(digest, self.given) if isinstance(digest, str) else self.given


SET_UNREADABLE = ProblemKind(
    "gate.set_unreadable",
    "规则包集 {digest} 无法读取：{why}",
    "The set of packs {digest} cannot be read: {why}",
    "请重新导出。",
    "Export it again.",
)
SET_CHANGED = ProblemKind(
    "gate.set_changed",
    "规则包集 {digest} 的内容已被改动（现为 {found}）。",
    "The set of packs {digest} was changed (it is {found} now).",
    "请使用未经改动的导出文件，或重新导出。",
    "Use the export as it was, or export it again.",
)
