"""The ladder of proof L0–L5 as far as this entry has climbed it, in honest words.

The same levels as ``jieqing-verify`` answers. The page checks what the server can check by itself (the entry's bytes
lead to the signed root) and says plainly what nobody has vouched for yet.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence.selectors import EntryView, Inclusion


@dataclass(frozen=True, slots=True)
class Level:
    """One rung. ``tone`` colours it; ``state`` says it."""

    name: str
    title: str
    state: str
    tone: str
    reason: str


def ladder_of(view: EntryView, place: Inclusion | Problem, *, is_whole: bool) -> list[Level]:
    return [
        _source(view),
        Level("L1", _("内容"), _("已具备"), "good", _("条目是规范字节，摘要值可由任何人重算。")),
        _log(place, is_whole=is_whole),
        _absent("L3", _("见证方"), _("还没有独立见证方为这份日志联署。")),
        _absent("L4", _("时间戳"), _("还没有第三方时间戳；上面的时间是平台时钟。")),
        _absent("L5", _("链上锚定"), _("还没有写入联盟链。")),
    ]


def _source(view: EntryView) -> Level:
    if "capture" in view.content:
        return Level("L0", _("采集来源"), _("不完整"), "warn", _("条目说明了采集来源，但没有佐证。"))
    return _absent("L0", _("采集来源"), _("条目没有说明采集来源。"))


def _log(place: Inclusion | Problem, *, is_whole: bool) -> Level:
    title = _("存证日志")
    if is_problem(place):
        return Level(
            "L2", title, _("等待签名"), "warn", _("已写入，正等待进入签名的检查点，通常在一两秒内。")
        )
    if not is_whole:
        return Level("L2", title, _("与日志不符"), "bad", _("条目推不出检查点的根，请立即联系平台管理员。"))
    words = {"index": place.index, "size": place.head.size, "origin": place.head.origin}
    return Level(
        "L2",
        title,
        _("已具备"),
        "good",
        _("日志 %(origin)s 的第 %(index)d 条（从 0 起），检查点共 %(size)d 条，已由日志签名；刚刚重算一致。")
        % words,
    )


def _absent(name: str, title: str, reason: str) -> Level:
    return Level(name, title, _("尚无"), "", reason)
