"""The entry: the exact bytes of one leaf of the log.

An entry says who did what to what and when, with facts that are not personal, digests of originals, and salted
commitments of personal fields. It is RFC 8785 canonical JSON, so the same statement has the same bytes in every
language. The form is fixed by ``contracts/evidence/entry.md`` (version 1) and is never reinterpreted: a change is
a new version number beside this one.

A chained entry also holds its number in a chain (a case) and the SHA-256 of the entry before it, so that leaving
one out shows. Number and predecessor are known only to the database at the moment of writing; the encoder
therefore returns the bytes before and after that link, and the database joins them in one statement.

Two times stand apart: ``event_time`` is what the writer claims, ``recorded_at`` is when the platform wrote it
down. When it existed at the latest is proved from outside, by the checkpoint and whatever covers that.

Refuses, as a Problem: more than 65,535 bytes (the largest leaf a tile can carry: digests go in, not documents), names out of
form, facts that have no canonical bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from jieqing.kernel.canonical import NotCanonical, canonical_bytes, canonical_value, instant_text
from jieqing.kernel.outcomes import Problem
from jieqing.trust.evidence.engine.digests import Artefact, Commitment

VERSION: Final = 1
ENTRY_BYTES_MAX: Final = 65_535
FIRST_PREVIOUS: Final = bytes(32)
_LINK_BYTES_MAX = 160

_ACTION = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){1,5}")
_SUBJECT = re.compile(r"[a-z][a-z0-9_.]{0,79}:[!-~]{1,160}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class BulkRoot:
    """Many rows in one entry: how many, the root of their tree, and how a row becomes a leaf."""

    count: int
    root: bytes
    leaf_format: str

    def as_json(self) -> dict[str, int | str]:
        return {"count": self.count, "format": self.leaf_format, "root": self.root.hex()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry before it is bytes. ``site_id`` is None for the platform's own work."""

    id: UUID
    site_id: UUID | None
    actor_id: UUID
    actor_kind: str
    action: str
    subject: str
    event_time: datetime
    recorded_at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    artefacts: Mapping[str, Artefact] = field(default_factory=dict)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    bulk: BulkRoot | None = None
    capture: Mapping[str, object] | None = None
    chain: UUID | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """The leaf bytes; for a chained entry the bytes around the link."""

    head: bytes
    tail: bytes = b""

    def linked(self, sequence: int, previous: bytes) -> bytes:
        """The whole leaf of a chained entry, as the database joins it."""
        return b'%b%b","seq":%d%b' % (self.head, previous.hex().encode(), sequence, self.tail)


def encode(draft: Draft) -> Encoded | Problem:
    """The canonical bytes of an entry."""
    problem = _check_names(draft)
    if problem:
        return problem
    try:
        encoded = _encode(draft)
    except (NotCanonical, TypeError) as error:
        return _refuse("facts", "事实中有无法写成规范字节的值", f"facts without canonical bytes: {error}")
    size = len(encoded.head) + (len(encoded.tail) + _LINK_BYTES_MAX if draft.chain else 0)
    return _too_large(size) if size > ENTRY_BYTES_MAX else encoded


def _encode(draft: Draft) -> Encoded:
    before: dict[str, object] = {
        "action": draft.action,
        "actor": {"id": str(draft.actor_id), "kind": draft.actor_kind},
    }
    if draft.artefacts:
        before["artefacts"] = {name: artefact.as_json() for name, artefact in draft.artefacts.items()}
    if draft.bulk:
        before["bulk"] = draft.bulk.as_json()
    if draft.capture:
        before["capture"] = canonical_value(draft.capture)
    after: dict[str, object] = {
        "event_time": instant_text(draft.event_time),
        "facts": canonical_value(draft.facts),
        "id": str(draft.id),
        "recorded_at": instant_text(draft.recorded_at),
        "site": None if draft.site_id is None else str(draft.site_id),
        "subject": draft.subject,
        "v": VERSION,
    }
    if draft.commitments:
        after["commitments"] = {name: made.as_json() for name, made in draft.commitments.items()}
    if draft.chain is None:
        return Encoded(canonical_bytes(before | after))
    # "chain" sorts between every name in `before` and every name in `after`.
    opening = canonical_bytes(before)[:-1]
    closing = canonical_bytes(after)[1:]
    return Encoded(b'%b,"chain":{"id":"%b","prev":"' % (opening, str(draft.chain).encode()), b"}," + closing)


def _check_names(draft: Draft) -> Problem | None:
    if not _ACTION.fullmatch(draft.action):
        return _refuse("action", "动作代码格式不对", f"action {draft.action!r} is not dotted lower case")
    if not _SUBJECT.fullmatch(draft.subject):
        return _refuse("subject", "对象标识格式不对", f"subject {draft.subject!r} is not '<room.noun>:<id>'")
    for name in (*draft.artefacts, *draft.commitments):
        if not _NAME.fullmatch(name):
            return _refuse("name", "字段名格式不对", f"name {name!r} is not lower case with underscores")
    return None


def _refuse(part: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"evidence.entry.{part}",
        zh=f"存证条目无法写入：{zh}。",
        en=f"The evidence entry cannot be written: {en}.",
        todo_zh="这是程序错误，请联系平台管理员。",
        todo_en="This is a fault of the program; tell the platform's operator.",
    )


def _too_large(size: int) -> Problem:
    return Problem(
        code="evidence.entry.too_large",
        zh=f"存证条目有 {size} 字节，超过上限 {ENTRY_BYTES_MAX} 字节。",
        en=f"The evidence entry has {size} bytes; at most {ENTRY_BYTES_MAX} fit.",
        todo_zh="请只写入文件的摘要，不要写入文件内容；大量行请改用批量存证。",
        todo_en="Put in digests of documents, not documents; record many rows as one bulk entry.",
        details={"bytes": size, "bytes_max": ENTRY_BYTES_MAX},
    )
