"""The sentences of evidence: what a reader or exporter can be told."""

from uuid import UUID

from jieqing.kernel.outcomes import Problem, ProblemKind

_NO_ENTRY = ProblemKind(
    "evidence.no_entry", "没有存证条目 {entry}。", "There is no evidence entry {entry}.",
    "请核对编号，并确认是在该条目所属的站点内查询。", "Check the id, and that you look in the entry's own site.",
)  # fmt: skip
_NOT_PUBLISHED = ProblemKind(
    "evidence.not_published", "存证条目 {entry} 尚未进入已签名的检查点。",
    "Evidence entry {entry} is not yet under a signed checkpoint.",
    "请等待一两秒后重试；如一直如此，请检查存证排序进程是否在运行。",
    "Try again in a second or two; if it stays so, check that the sequencer runs.",
)  # fmt: skip
_NO_LOG = ProblemKind(
    "evidence.no_log", "存证日志尚未建立。", "The evidence log has not been opened yet.",
    "请先启动存证排序进程：jieqing sequencer。", "Start the sequencer first: jieqing sequencer.",
)  # fmt: skip
_NO_ROW = ProblemKind(
    "evidence.no_row", "该条目没有第 {row} 行（从 0 起）。", "The entry has no row {row} (counted from 0).",
    "请核对行号；只有批量条目才有行。", "Check the number; only bulk entries have rows.",
)  # fmt: skip
_SALT_GONE = ProblemKind(
    "evidence.salt_gone", "“{field}”的盐值不存在或已按删除请求销毁，无法再披露。",
    "The salt of “{field}” does not exist or was destroyed on an erasure request; it cannot be disclosed.",
    "条目本身仍可导出和核验，只是不再显示该内容。", "The entry itself can still be exported and verified, without that content.",
)  # fmt: skip
_OTHER_TEXT = ProblemKind(
    "evidence.other_text", "“{field}”的文本与存证时承诺的不一致。", "The text of “{field}” is not what was committed.",
    "请使用当时的原文；更正后的内容须另行存证。", "Use the text of that time; a corrected one is an entry of its own.",
)  # fmt: skip
_OTHER_ORIGINAL = ProblemKind(
    "evidence.other_original", "文件“{name}”不是该条目存证的原件。", "The file “{name}” is not the original of this entry.",
    "请提供未经任何改动的原文件。", "Give the original file, unchanged in every byte.",
)  # fmt: skip
_OTHER_ROW = ProblemKind(
    "evidence.other_row", "第 {row} 行的内容与存证时不一致。", "Row {row} is not what was recorded.",
    "请使用导入时的行内容；如为系统数据，请运行 jieqing fsck。", "Use the row as imported; if it is the system's own, run jieqing fsck.",
)  # fmt: skip


def no_entry(entry_id: UUID | str) -> Problem:
    return Problem.of(_NO_ENTRY, entry=str(entry_id))


def not_published(entry_id: UUID) -> Problem:
    return Problem.of(_NOT_PUBLISHED, entry=str(entry_id))


def no_log() -> Problem:
    return Problem.of(_NO_LOG)


def no_row(index: int) -> Problem:
    return Problem.of(_NO_ROW, row=index)


def salt_gone(field: str) -> Problem:
    return Problem.of(_SALT_GONE, field=field)


def other_text(field: str) -> Problem:
    return Problem.of(_OTHER_TEXT, field=field)


def other_original(name: str) -> Problem:
    return Problem.of(_OTHER_ORIGINAL, name=name)


def other_row(index: int) -> Problem:
    return Problem.of(_OTHER_ROW, row=index)
