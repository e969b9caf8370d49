"""A proposed change of rules: what is put before the site, read from text or from a day. Values only.

Three kinds. `tightening`: the site's own rules, which it may adopt. `pack`: a pack of the platform in a new version, or a new one;
the site sees what it would change, the release brings it. `day`: a day on which shipped rules begin or end, compared with the
day before.
"""

from __future__ import annotations

from enum import StrEnum

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.trust.compliance.engine.overlays import read_overlay
from jieqing.trust.compliance.engine.pack_reading import read_pack
from jieqing.trust.compliance.engine.pack_text import NotAPack
from jieqing.trust.compliance.engine.packs import Pack, PacksClash, PackSet, pack_set


class ChangeKind(StrEnum):
    """Values stand in rows: never rename one."""

    TIGHTENING = "tightening"
    PACK = "pack"
    DAY = "day"


KIND_NAMES: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.TIGHTENING: ("本站加严", "Rules of this site"),
    ChangeKind.PACK: ("规则包新版本", "New version of a pack"),
    ChangeKind.DAY: ("到期施行", "A day that rules begin or end"),
}
TEXT_CHARS_MAX = 200_000


def read_proposal(text: str) -> Pack | Problem:
    """Return the pack of a text: an overlay where it says so, a pack of the platform otherwise."""
    try:
        pack = read_pack(text[:TEXT_CHARS_MAX])
    except NotAPack as error:
        return Problem.of(UNREADABLE, why=str(error))
    if pack.overlay:
        return read_overlay(text)
    return pack


def with_pack(packs: PackSet, pack: Pack) -> PackSet | Problem:
    """Return the set with a pack in the place of its earlier version, or beside the others."""
    try:
        return pack_set((*(one for one in packs.packs if one.id != pack.id), pack))
    except PacksClash as error:
        return Problem.of(CLASH, why=str(error))


UNREADABLE = ProblemKind(
    "assurance.pack_unreadable",
    "规则包无法读取：{why}",
    "The pack cannot be read: {why}",
    "请按 docs/law/packs.md 更正后重新提交，您的文字还在下面。",
    "Mend it by docs/law/packs.md and send it again; your text is still below.",
)
CLASH = ProblemKind(
    "assurance.packs_clash",
    "规则包与现有的不能并存：{why}",
    "The pack does not go together with the others: {why}",
    "请更正编号后重新提交。",
    "Mend the ids and send it again.",
)
