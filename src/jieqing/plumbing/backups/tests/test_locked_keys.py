"""The keys in a backup open with their passphrase, and with nothing else."""

import pytest

from jieqing.plumbing.backups import locked_keys
from jieqing.plumbing.faults import Fault

KEYS = {"django": "a" * 43, "evidence.log": "b" * 44, "postgres.jieqing_app": "c" * 43}


def test_they_open_with_the_passphrase_and_no_other() -> None:
    locked = locked_keys.lock(KEYS, "sixteen letters!")
    assert b"aaaa" not in locked
    # Database passwords belong to a server; a restored place makes its own.
    assert locked_keys.unlock(locked, "sixteen letters!") == {"django": "a" * 43, "evidence.log": "b" * 44}
    with pytest.raises(Fault):
        locked_keys.unlock(locked, "sixteen letters?")
    changed = locked.replace(b'"nonce": "', b'"nonce": "A', 1)
    with pytest.raises(Fault):
        locked_keys.unlock(changed, "sixteen letters!")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Fault):
        locked_keys.lock(KEYS, "short")


def test_another_key_has_another_fingerprint() -> None:
    here, there = locked_keys.fingerprint(KEYS), locked_keys.fingerprint({**KEYS, "django": "x" * 43})
    assert here["evidence.log"] == there["evidence.log"]
    assert here["django"] != there["django"]
    assert "postgres.jieqing_app" not in here
