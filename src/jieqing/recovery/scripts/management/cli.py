"""``jieqing scripts``: list the library, check the shipped texts, load them into a site."""

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
