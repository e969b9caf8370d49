"""``jieqing scripts``: list the library, check and load the shipped texts, read a history, keep the reviewers' keys."""

from uuid import UUID

import click

from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import selectors, services
from jieqing.recovery.scripts.engine.checking import findings
from jieqing.recovery.scripts.engine.overlap import near_copies
from jieqing.recovery.scripts.library import shipped
from jieqing.recovery.scripts.services.scanning import scan_text


@click.group()
def scripts() -> None:
    """话术库：列表、检查、载入 / scripts: list, check, load."""


@scripts.command("list")
@site_option
@click.option(
    "--state", default="", help="草稿、待备案等状态 / draft, submitted, returned, filed, withdrawn, in_use."
)
@click.option("--limit", type=click.IntRange(1, 1_000), default=500, help="最多几条 / how many at most.")
@json_option
def list_(site_slug: str, state: str, limit: int, as_json: bool) -> None:
    """本站点的话术 / the site's scripts, by code."""
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        page = selectors.scripts_page(selectors.ScriptFilter(state=state), limit=limit)
        rows = [selectors.told_script(row) for row in page.rows]
    for row in rows:
        if as_json:
            emit_json(
                {key: value for key, value in row.items() if key != "version"}
                | {"script": str(row["script"])}
            )
        else:
            click.echo(f"{row['code']}\t{row['state']}\t{row['filed_version'] or '-'}\t{row['title']}")


@scripts.command()
@json_option
def check(as_json: bool) -> None:
    """检查平台提供的话术：变量、须写明的事项、重复、措辞 / check the shipped scripts; exit 1 when one is not in order."""
    told: dict[str, list[str]] = {}
    for one in shipped():
        found = [finding.zh for finding in findings(one)]
        scan = scan_text(one.body)
        if scan.verdict == "block":
            found += [f"{place.category}: {scan.words_of(place)}" for place in scan.findings]
        if found:
            told[one.code] = found
    copies = [
        f"{one} ~ {other} {share:.2f}"
        for one, other, share in near_copies((t.code, t.body) for t in shipped())
    ]
    if as_json:
        emit_json({"scripts": len(shipped()), "findings": told, "near_copies": copies})
    for code, found in told.items():
        say(f"{code}：{' '.join(found)}", f"{code}: {' '.join(found)}")
    say(
        f"共 {len(shipped())} 条，{len(told)} 条待改。",
        f"{len(shipped())} scripts, {len(told)} not in order.",
    )
    if told or copies:
        raise SystemExit(1)


@scripts.command()
@site_option
@json_option
def load(site_slug: str, as_json: bool) -> None:
    """把平台话术载入站点作为草稿 / load the shipped scripts into a site as drafts; run twice, nothing is doubled."""
    loaded = services.load_shipped(actor=unwrap(command_writer(site_slug)))
    if as_json:
        emit_json({"new": loaded.new, "updated": loaded.updated, "kept": loaded.kept})
    say(
        f"新载入 {loaded.new} 条，更新 {loaded.updated} 条，未变 {loaded.kept} 条。",
        f"{loaded.new} new, {loaded.updated} updated, {loaded.kept} kept.",
    )


@scripts.command()
@site_option
@click.argument("code")
@json_option
def history(site_slug: str, code: str, as_json: bool) -> None:
    """一条话术的来历：编写、提交、备案、使用、替换 / a script's history, oldest first; each signature is checked."""
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        page = selectors.script_page(unwrap(selectors.script_by_code(code)))
        rows = selectors.history_of(page)
    for row in rows:
        if as_json:
            emit_json({**row, "at": row["at"].isoformat()})
        else:
            proof = "" if row["proven"] is None else "✓" if row["proven"] else "✗"
            click.echo(
                f"{row['at']:%Y-%m-%d %H:%M}\tv{row['version']}\t{row['step']}\t{row['words']} {proof}"
            )


@scripts.command()
@site_option
@json_option
def keys(site_slug: str, as_json: bool) -> None:
    """审查员的签名密钥 / the reviewers' signing keys, newest first."""
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        rows = [selectors.told_key(view) for view in selectors.reviewer_keys()]
    for row in rows:
        if as_json:
            emit_json(
                {name: str(row[name]) for name in ("key", "reviewer", "public_key")}
                | {
                    "since": row["since"].isoformat(),
                    "until": row["until"].isoformat() if row["until"] else None,
                }
                | {"decisions": row["decisions"], "chained": row["chained"]}
            )
        else:
            click.echo(
                f"{row['key']}\t{row['public_key'][:16]}…\t{row['since']:%Y-%m-%d}\t{row['until'] or '-'}"
            )


@scripts.command("revoke-key")
@site_option
@click.argument("key", type=click.UUID)
@click.option("--reason", required=True, help="理由 / why.")
def revoke_key(site_slug: str, key: UUID, reason: str) -> None:
    """吊销一把密钥，立即生效；由平台运营在本机执行 / end a reviewer's key at once: the platform operator's, on the machine."""
    actor = unwrap(command_reader(site_slug))
    unwrap(services.revoke_key(actor=actor, key_id=key, reason=reason))
    say("已吊销。以前的备案仍可核验。", "Revoked. Earlier filings can still be verified.")


@scripts.command("admit-key")
@site_option
@click.argument("key", type=click.UUID)
@click.option("--reason", required=True, help="理由 / why.")
def admit_key(site_slug: str, key: UUID, reason: str) -> None:
    """吊销之后准许该审查员重新生成密钥 / let the holder of a revoked key make another one."""
    actor = unwrap(command_writer(site_slug))
    unwrap(services.admit_key(actor=actor, key_id=key, reason=reason))
    say("已准许，下一次决定时生成新密钥。", "Admitted: the next decision makes a new key.")
