"""``jieqing backup`` and ``jieqing restore``."""

import sys
from pathlib import Path

import click

from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, json_option, say
from jieqing.plumbing.faults import Fault

_passphrase = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="JIEQING_BACKUP_PASSPHRASE_FILE",
    help="用其中的口令锁住密钥放入备份 / lock the keys into the backup with the passphrase in this file.",
)


@click.command()
@click.argument("place", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="只核对最新一份 / check the newest one, make none.")
@click.option(
    "--drill",
    is_flag=True,
    help="演练：恢复到临时目录并核对 / restore the newest one elsewhere and check it.",
)
@click.option("--keep", type=click.IntRange(min=1), help="只保留最新 N 份 / keep the newest N only.")
@_passphrase
@json_option
def backup(
    place: Path, check: bool, drill: bool, keep: int | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """备份运行中的平台到 DIR 下的新目录 / back up the running platform into a new folder under DIR."""
    from jieqing.plumbing.backups import shelf
    from jieqing.web.operations import making
    from jieqing.web.operations.drill import rehearse

    if check:
        folder = shelf.chosen(place)
        _end(folder, making.check_backup(folder), as_json)
    if drill:
        folder = shelf.chosen(place)
        _end(folder, rehearse(folder), as_json)
    made = making.make_backup(place, _read(passphrase_file))
    dropped = shelf.drop_older(place, keep) if keep else []
    if as_json:
        emit_json({**made.as_dict(), "dropped": [path.name for path in dropped]})
    say(
        f"已备份到 {made.folder}：{made.files} 个文件，{made.size_bytes:,} 字节，其中 {made.linked_bytes:,} 字节沿用上一份。",
        f"Backed up to {made.folder}: {made.files} files, {made.size_bytes:,} bytes, {made.linked_bytes:,} of them reused.",
    )
    if not made.has_keys:
        say(
            "备份中没有密钥：恢复时需要 keys.json，请把它另行保存在别处。",
            "The keys are not in it: a restore needs keys.json, so keep that file in another safe place.",
        )


@click.command()
@click.argument("place", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--replace",
    metavar="PATH",
    help="替换非空的数据目录，须写出其完整路径 / replace what is there: spell its path.",
)
@click.option(
    "--journal-lost",
    metavar="REASON",
    help="库外的删除记录确已丢失 / the journal of erasures is lost: say why.",
)
@click.option(
    "--behind-head",
    metavar="REASON",
    help="备份早于已签名的存证，另立新日志 / older than what was signed: say why.",
)
@_passphrase
@json_option
def restore(
    place: Path,
    replace: str | None,
    journal_lost: str | None,
    behind_head: str | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """把备份恢复到空的数据目录（JIEQING_DATA）/ restore DIR, or the newest backup in it, into an empty data folder."""
    from jieqing.plumbing.backups import shelf
    from jieqing.plumbing.postgres import release_database
    from jieqing.web.operations.restoring import Wishes, restore_backup

    wishes = Wishes(_read(passphrase_file), replace, journal_lost, behind_head)
    done = restore_backup(shelf.chosen(place), wishes)
    release_database()
    if as_json:
        emit_json(vars(done))
    say(
        f"已恢复 {done.taken_at} 的备份：{done.rows:,} 行、{done.files} 个文件；重放删除 {done.erasures} 次，"
        f"结束会话 {done.sessions} 个，暂缓通知 {done.held_notices} 条。请运行 jieqing fsck。",
        f"Restored the backup of {done.taken_at}: {done.rows:,} rows, {done.files} files; {done.erasures} erasures replayed, "
        f"{done.sessions} sessions ended, {done.held_notices} notices held. Now run jieqing fsck.",
    )


def _end(folder: Path, findings: list[str], as_json: bool) -> None:
    if as_json:
        emit_json({"backup": str(folder), "ok": not findings, "findings": findings})
    for finding in findings:
        click.echo(finding, err=True)
    say(
        f"{folder}：" + ("完好。" if not findings else f"{len(findings)} 处问题。"),
        f"{folder}: " + ("sound." if not findings else f"{len(findings)} findings."),
    )
    sys.exit(EXIT_NO if findings else 0)


def _read(passphrase_file: Path | None) -> str | None:
    if passphrase_file is None:
        return None
    text = passphrase_file.read_text("utf-8").strip()
    if not text:
        raise Fault(
            f"口令文件 {passphrase_file} 是空的。", f"The passphrase file {passphrase_file} is empty."
        )
    return text
