"""Ids grow within a process, tell their millisecond, and never repeat across a fork."""

import os
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from jieqing.kernel.clock import now
from jieqing.kernel.ids import made_at, new_id


def test_ids_are_version_7_and_strictly_grow() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert {(type(i), i.version, i.variant) for i in ids} == {(UUID, 7, "specified in RFC 4122")}
    assert ids == sorted(set(ids))


def test_an_id_carries_its_moment() -> None:
    before = now()
    moment = made_at(new_id())
    assert abs((moment - before).total_seconds()) < 5
    # The example of RFC 9562, appendix A.6.
    example = UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert made_at(example) == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_other_versions_carry_no_moment() -> None:
    with pytest.raises(ValueError, match="UUIDv7"):
        made_at(uuid4())


def test_a_forked_child_draws_its_own_randomness() -> None:
    new_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, " ".join(str(new_id()) for _ in range(100)).encode())
        os._exit(0)
    ours = {new_id() for _ in range(100)}
    os.waitpid(child, 0)
    theirs = {UUID(text) for text in os.read(reader, 8_000).decode().split()}
    os.close(reader)
    os.close(writer)
    assert len(ours) == len(theirs) == 100
    assert not {i.bytes[6:] for i in ours} & {i.bytes[6:] for i in theirs}
