"""What may be kept as a paper: a document by its bytes, under a name that can harm nobody.

The first bytes say what a file is, never its name: a page or a program under the name of a contract is refused. An archive
is looked into by its directory only, nothing is unpacked. The name is kept for people: without folders, without control
and direction characters (a file shown as ``exe.pdf`` may end in ``fdp.exe``), cut to a length, with the ending of its kind.
"""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from jieqing.kernel.outcomes import Problem, ProblemKind

BYTES_MAX = 20_000_000
NAME_CHARS_MAX = 120


class PaperKind(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    CONTRACT = "contract"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
    STATEMENT = "statement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SoundFile:
    name: str
    media_type: str


_STARTS = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"II*\x00", "image/tiff", (".tif", ".tiff")),
    (b"MM\x00*", "image/tiff", (".tif", ".tiff")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", (".doc", ".xls", ".wps", ".et")),
)
_PARTS = (
    ("OFD.xml", "application/ofd", (".ofd",)),
    (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
    ),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
)


def check_file(name: str, data: bytes) -> SoundFile | Problem:
    """The cleaned name and the media type of these bytes.

    Example:
        >>> check_file("合同.pdf", b"%PDF-1.7 x").name
        '合同.pdf'
        >>> check_file("../../合同\u202efdp.exe", b"%PDF-1.7 x").name
        '合同fdp.exe.pdf'
        >>> check_file("合同.pdf", b"<html>").code
        'paper.kind_unknown'
    """
    if not data:
        return Problem.of(EMPTY)
    if len(data) > BYTES_MAX:
        return Problem.of(TOO_LARGE)
    found = _kind_of(data)
    if found is None:
        return Problem.of(KIND_UNKNOWN)
    media_type, endings = found
    return SoundFile(clean_name(name, endings), media_type)


def clean_name(name: str, endings: tuple[str, ...]) -> str:
    """The last part of a path, without characters that show as nothing or turn the rest around."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    kept = " ".join(kept.translate(str.maketrans("", "", '<>:"|?*')).split()).strip(". ")
    ending = next((one for one in endings if kept.lower().endswith(one)), "")
    stem = kept[: len(kept) - len(ending)][: NAME_CHARS_MAX - 5].strip(". ") or "file"
    return stem + (ending or endings[0])


def _kind_of(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    for start, media_type, endings in _STARTS:
        if data.startswith(start):
            return media_type, endings
    if data.startswith(b"PK\x03\x04"):
        try:
            members = set(zipfile.ZipFile(BytesIO(data)).namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
            return None
        for part, media_type, endings in _PARTS:
            if part in members:
                return media_type, endings
    return None


EMPTY = ProblemKind(
    "paper.empty",
    "没有选择文件，或文件是空的。",
    "No file was chosen, or it is empty.",
    "请重新选择文件。",
    "Choose the file again.",
)
TOO_LARGE = ProblemKind(
    "paper.too_large",
    "文件超过 20 MB。",
    "The file is larger than 20 MB.",
    "请压缩扫描件或分成几份上传。",
    "Compress the scan or send it in parts.",
)
KIND_UNKNOWN = ProblemKind(
    "paper.kind_unknown",
    "文件内容不是 PDF、OFD、图片、Word 或 Excel。没有保存。",
    "The content is no PDF, OFD, picture, Word or Excel file. Nothing was kept.",
    "请另存为 PDF 后再上传。",
    "Save it as a PDF and send that.",
)
ALREADY_THERE = ProblemKind(
    "paper.already_there",
    "这份文件已经在这里了。",
    "This file is here already.",
    "如需更正说明，请先撤下再上传。",
    "To change what is said about it, withdraw it and add it again.",
)
REASON_MISSING = ProblemKind(
    "paper.reason_missing",
    "请写明撤下的原因。",
    "Say why it is withdrawn.",
    "补上一句话即可。",
    "One sentence is enough.",
)
WITHDRAWN = ProblemKind(
    "paper.withdrawn",
    "这份附件已经撤下。",
    "This paper was withdrawn.",
    "请刷新查看。",
    "Refresh to see it.",
)
SIGNED_LATER = ProblemKind(
    "paper.signed_later",
    "签署日期在今天之后。",
    "The day of signing is still to come.",
    "请核对日期。",
    "Check the day.",
)
PAPER_UNKNOWN = ProblemKind(
    "paper.unknown",
    "没有这份附件，或您无权查看。",
    "There is no such paper, or you may not see it.",
    "请从单据或债务人页面重新打开。",
    "Open it from the item or the debtor again.",
)
