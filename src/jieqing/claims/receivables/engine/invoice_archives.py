"""Zips of invoices, and OFD, which is a zip too: opened in memory only, within bounds, one member at a time.

Nothing is ever unpacked to disk, so a name with ``..`` can reach nothing; such a member is refused all the same and says
so, because an honest export has none. Sizes are counted while inflating: what an archive declares may be a lie.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.invoice_types import InvoiceFault
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.engine.sheet_areas import bomb
from jieqing.kernel.outcomes import Problem

MEMBERS_MAX = 5_000
MEMBER_BYTES_MAX = 16 * 1024 * 1024
ALL_BYTES_MAX = 512 * 1024 * 1024
SUFFIXES = (".xml", ".ofd", ".pdf", ".zip")
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive, or why it was not opened."""

    name: str
    data: bytes = b""
    fault: InvoiceFault | None = None


def names_in(data: bytes) -> list[str] | None:
    """The names in an archive, cleaned for display; None when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [shown_name(entry) for entry in archive.infolist() if not entry.is_dir()]
    except ZIP_ERRORS:
        return None


def members_of(data: bytes, limits: Limits) -> list[Member] | Problem:
    """Every file of an archive that could be an invoice, in the archive's order."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        return Problem.of(problems.BROKEN, format="ZIP", reason=str(error) or type(error).__name__)
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not shown_name(entry).startswith("__MACOSX/")
    ]
    if len(entries) > MEMBERS_MAX:
        return bomb(f"超过 {MEMBERS_MAX} 个文件", f"more than {MEMBERS_MAX} files")
    found: list[Member] = []
    total = 0
    for entry in entries:
        name = shown_name(entry)
        member = _member(archive, entry, name)
        total += len(member.data)
        ratio = total // max(1, len(data))
        if total > ALL_BYTES_MAX or (
            total > limits.archive_ratio_free_bytes and ratio > limits.archive_ratio_max
        ):
            return bomb(f"解压后超过 {total} 字节", f"more than {total} bytes once unpacked")
        found.append(member)
    return found


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return Member(name, fault=InvoiceFault("invoice.path", name))
    if entry.flag_bits & 1:
        return Member(name, fault=InvoiceFault("invoice.password", name))
    try:
        with archive.open(entry) as stream:
            data = stream.read(MEMBER_BYTES_MAX + 1)
    except ZIP_ERRORS:
        return Member(name, fault=InvoiceFault("invoice.damaged", name))
    if len(data) > MEMBER_BYTES_MAX:
        return Member(name, fault=InvoiceFault("invoice.too_big", name))
    return Member(name, data)


def shown_name(entry: zipfile.ZipInfo) -> str:
    """A member's name: Chinese tools write GBK without saying so, which Python then reads as CP437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
