"""Put a backup back into an empty place, and into no other.

The order is the point. First everything that can be refused is refused, before a byte is written: a backup that is not
whole or was changed, a place that is not empty, other keys, no journal of erasures from outside. Then the mark stands
(``plumbing.postgres.unfinished``) and nothing serves the place until the last step: rows and files back, rights and counts
equal to the manifest, the log held to the head that was signed last, every erasure replayed, every session ended, outward mail
held. A restore that ends early leaves the mark, and is done again.

The journal must be the one from outside: it holds every erasure that the backup's own copy holds, or it is older and refused.
That it is lost can be said with a reason; then the copy in the backup is used and the evidence says so.
"""

import base64
import os
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from jieqing.plumbing import keys
from jieqing.plumbing.backups import database, locked_keys
from jieqing.plumbing.backups.manifest import MAC_KEY, Manifest, manifest_digest
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.paths import data_dir, outside_dir
from jieqing.plumbing.postgres import (
    BACKUP,
    OWNER,
    SEQUENCER,
    connection_url,
    ensure_database,
    unfinished,
)
from jieqing.trust.evidence.engine.checkpoints import read_checkpoint
from jieqing.trust.evidence.sequencer.kept import kept_head_of
from jieqing.web.operations import emptiness

JOURNAL = "erasures.jsonl"
MAIL_HELD_HOURS = 24


@dataclass(frozen=True)
class Wishes:
    """What the operator said on the command line; every reason is recorded."""

    passphrase: str | None = None
    replace: str | None = None
    journal_lost: str | None = None
    behind_head: str | None = None


@dataclass
class Restored:
    """What a restore did."""

    backup: str
    taken_at: str
    rows: int
    files: int
    erasures: int = 0
    sessions: int = 0
    held_notices: int = 0
    log: str = ""
    findings: list[str] = field(default_factory=list)


def restore_backup(folder: Path, wishes: Wishes) -> Restored:
    """Put ``folder`` back here. Errors: Fault with what stands in the way."""
    manifest = Manifest.read(folder)
    secrets = _keys_for(folder, manifest, wishes.passphrase)
    _refuse_changed(folder, manifest, secrets)
    emptiness.make_way(wishes.replace)
    _refuse_without_journal(folder, wishes.journal_lost)
    _refuse_behind_head(manifest, wishes.behind_head)
    with unfinished.restoring(data_dir()):
        _put_outside_back(folder)
        keys.put_back(secrets)
        ensure_database()
        emptiness.refuse_full_database()
        database.restore(folder / "database", connection_url(OWNER))
        wrong = database.differences(connection_url(BACKUP), manifest.facts["rows"], manifest.facts["walls"])
        if wrong:
            raise Fault(
                "恢复后的数据库与备份清单不一致：" + "；".join(wrong[:5]),
                "The restored database is not what the manifest says: " + "; ".join(wrong[:5]),
            )
        _give_defaults_again()
        files = _put_files_back(folder, manifest)
        done = Restored(
            backup=manifest_digest(folder),
            taken_at=manifest.facts["taken_at"],
            rows=sum(manifest.facts["rows"].values()),
            files=files,
        )
        _make_safe(done, wishes)
    return done


def _keys_for(folder: Path, manifest: Manifest, passphrase: str | None) -> dict[str, str]:
    """The keys of the backup's data: from the backup when they are in it and can be opened, else those of this place."""
    wanted: dict[str, str] = manifest.facts["keys"]["fingerprint"]
    here = keys.all_secrets()
    if wanted.items() <= locked_keys.fingerprint(here).items():
        return {name: here[name] for name in wanted}
    if manifest.facts["keys"]["locked"] and passphrase is not None:
        opened = locked_keys.unlock((folder / "keys.locked").read_bytes(), passphrase)
        if wanted.items() <= locked_keys.fingerprint(opened).items():
            return opened
    if any(name in here for name in wanted):
        raise Fault(
            f"{data_dir() / 'keys.json'} 中是另一套密钥，这份备份用它打不开：请换一个空的数据目录。",
            f"{data_dir() / 'keys.json'} holds other keys than this backup's: use an empty data folder.",
        )
    raise Fault(
        "这份备份的密钥不在这里：请先把当时的 keys.json 放入数据目录（权限 0600），或用 --passphrase-file 打开备份中的密钥。",
        "The keys of this backup are not here: put its keys.json (mode 0600) into the data folder, "
        "or open those in the backup with --passphrase-file.",
    )


def _refuse_changed(folder: Path, manifest: Manifest, secrets: dict[str, str]) -> None:
    findings = list(manifest.findings(folder, base64.b64decode(secrets[MAC_KEY])))
    if findings:
        raise Fault(
            f"备份 {folder} 不完整或被改动过，没有恢复任何内容：" + "；".join(findings[:5]),
            f"The backup {folder} is incomplete or was changed; nothing was restored: "
            + "; ".join(findings[:5]),
        )


def _refuse_without_journal(folder: Path, journal_lost: str | None) -> None:
    """The journal from outside, holding at least what the backup's copy holds; an empty one says that nobody was erased."""
    outside = outside_dir() / JOURNAL
    if journal_lost or (outside.is_file() and _lines(folder / "outside" / JOURNAL) <= _lines(outside)):
        return
    raise Fault(
        f"缺少库外保存的删除记录 {outside}（或它比备份还旧）：没有它，已删除的人会重新出现。请把它放回原处；"
        "确实丢失时用 --journal-lost 写明原因，将改用备份中的副本并记入存证。",
        f"The journal of erasures from outside the database, {outside}, is missing or older than the backup: without it "
        "erased persons would be back. Put it there; if it is really lost, say why with --journal-lost; then the copy in "
        "the backup is used and the evidence says so.",
    )


def _lines(journal: Path) -> set[str]:
    return set(journal.read_text("utf-8").splitlines()) if journal.is_file() else set()


def _put_outside_back(folder: Path) -> None:
    """What is missing outside comes from the backup; what is there stays: it is newer."""
    for source in sorted(path for path in (folder / "outside").rglob("*") if path.is_file()):
        target = outside_dir() / source.relative_to(folder / "outside")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if target.name == JOURNAL and target.is_file():
            missing = _lines(source) - _lines(target)
            with target.open("a", encoding="utf-8") as journal:
                journal.writelines(f"{line}\n" for line in sorted(missing))
        elif not target.exists():
            shutil.copyfile(source, target)
            target.chmod(0o600)


def _put_files_back(folder: Path, manifest: Manifest) -> int:
    root, count = data_dir() / "files", 0
    for name in manifest.files:
        if not name.startswith("files/"):
            continue
        target = root / name.removeprefix("files/")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(folder / name, target)
        target.chmod(0o600)
        count += 1
    return count


def _give_defaults_again() -> None:
    """Default privileges for tables of later migrations; then those migrations themselves."""
    from jieqing.plumbing.postgres.roles import grant_defaults
    from jieqing.web.operations.schema import migrate_all

    grant_defaults(connection_url(OWNER))
    migrate_all()


def _make_safe(done: Restored, wishes: Wishes) -> None:
    """From here on Django runs: what must not come back does not, and what was done stands in the evidence."""
    from django.db import transaction

    from jieqing.estate.accounts.services import end_every_session
    from jieqing.estate.reception.services import empty_erased
    from jieqing.estate.sites.selectors import all_sites
    from jieqing.kernel import clock
    from jieqing.kernel.actor import system_actor
    from jieqing.plumbing import upkeep
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.plumbing.models import UpkeepKind
    from jieqing.trust.evidence import services as evidence
    from jieqing.trust.notices.services import hold_waiting

    log = _settle_log(wishes.behind_head)
    for site in all_sites():
        evidence.catch_up_erasures(site.id)
    done.erasures = evidence.replay_erasures()
    for site in all_sites():
        with site_scope(site.id):
            empty_erased(actor=system_actor(site.id, "restore"))
    done.sessions = end_every_session(reason="restore")
    done.held_notices = hold_waiting(until=clock.now() + timedelta(hours=MAIL_HELD_HOURS), reason="restore")
    done.log = log["outcome"]
    facts = {
        "backup": done.backup,
        "taken_at": done.taken_at,
        "erasures": done.erasures,
        "sessions": done.sessions,
        "held_notices": done.held_notices,
        "journal_lost": wishes.journal_lost,
        "log": log,
    }
    with transaction.atomic():
        upkeep.note(UpkeepKind.RESTORE, is_ok=True, facts=facts)
        evidence.record(
            actor=system_actor(None, "restore"),
            action="web.operations.restored",
            subject="web.operations.platform:main",
            facts=facts,
        )


def _refuse_behind_head(manifest: Manifest, reason: str | None) -> None:
    """The head that was signed last lies outside: a backup that does not reach it is refused before anything is written."""
    told = manifest.facts["evidence"]
    note = kept_head_of(told["origin"]).read() if told["origin"] else None
    kept = read_checkpoint(note) if note else None
    if kept and kept.size > told["entries"] and not reason:
        raise _behind(told["entries"], kept.size)


def _behind(entries: int, signed: int) -> Fault:
    return Fault(
        f"备份中的存证日志只有 {entries} 条，而已签名到 {signed} 条：继续会分叉。请恢复较新的备份；"
        "确实丢失时用 --behind-head 写明原因，旧日志到此为止，另立新日志并记入存证。",
        f"The backup's evidence log holds {entries} entries, but {signed} were signed: going on would fork it. "
        "Restore a newer backup; if the rest is really lost, say why with --behind-head: the old log ends, a new one "
        "begins, and the evidence says so.",
    )


def _settle_log(reason: str | None) -> dict[str, Any]:
    """The log goes on, or, when what was signed is lost and somebody said why, ends and begins anew."""
    from jieqing.trust.evidence.sequencer.restored import begin_new_log, state_of_log

    state = state_of_log(connection_url(SEQUENCER))
    told = {"origin": state.origin, "entries": state.entries, "last_signed": state.kept_entries}
    if not state.is_behind:
        return {"outcome": "continues", **told}
    if not reason:
        raise _behind(state.entries, state.kept_entries)
    if os.environ.get("JIEQING_LOG_ORIGIN") == state.origin:
        raise Fault(
            "JIEQING_LOG_ORIGIN 仍是旧日志的名字：请改成新名字再恢复。",
            "JIEQING_LOG_ORIGIN still names the old log: give it a new name first.",
        )
    begin_new_log(connection_url(OWNER), state, reason)
    return {"outcome": "begun anew", "reason": reason, **told}
