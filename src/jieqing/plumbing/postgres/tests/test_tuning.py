from pathlib import Path

import pytest

from jieqing.plumbing.postgres import tuning

GIB = 1024 * tuning.MIB


@pytest.mark.parametrize(
    ("memory", "buffers", "work"),
    [(1 * GIB, "128MB", "8MB"), (24 * GIB, "3072MB", "64MB"), (512 * GIB, "4096MB", "64MB")],
)
def test_settings_follow_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, memory: int, buffers: str, work: str
) -> None:
    monkeypatch.setattr(tuning, "_memory_bytes", lambda: memory)
    settings = tuning.server_settings(tmp_path)
    assert (settings["shared_buffers"], settings["work_mem"]) == (buffers, work)


def test_durability_is_never_traded_for_speed_outside_tests(tmp_path: Path) -> None:
    assert not {"fsync", "synchronous_commit", "full_page_writes"} & set(tuning.server_settings(tmp_path))
