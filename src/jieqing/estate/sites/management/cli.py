"""``jieqing site``: open a site from the command line, export it, check an export."""

import sys
import zipfile
from pathlib import Path

import click

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.archive import check
from jieqing.estate.sites.engine.tenancy import KIND_NAMES, unknown_site
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, fail, json_option, say, unwrap

NOTHING_NAMED = Problem(
    code="export.nothing_named",
    zh="没有写明要导出的站点和文件。",
    en="The site or the file to write is missing.",
    todo_zh="jieqing site export 站点 --out 文件，或 jieqing site export --check 文件",
    todo_en="jieqing site export SLUG --out FILE, or jieqing site export --check FILE",
)
NO_ARCHIVE = Problem(
    code="export.no_archive",
    zh="这不是 zip 文件。",
    en="This is no zip file.",
    todo_zh="请给出 jieqing site export 写出的文件。",
    todo_en="Name a file that jieqing site export wrote.",
)


@click.group()
def site() -> None:
    """站点 / sites."""


@site.command()
@click.argument("slug")
@click.option("--type", "kind", required=True, help="机构类型 / kind: " + "|".join(KIND_NAMES))
@click.option("--name", required=True, help="机构全称 / full name of the organisation.")
@click.option("--live", is_flag=True, help="立即开通（仅演示与测试）/ live at once (demo and tests only).")
@json_option
def create(slug: str, kind: str, name: str, live: bool, as_json: bool) -> None:
    """开通一个站点 / open a site."""
    actor = system_actor(None, "command-line")
    opened = unwrap(services.create_site(actor=actor, slug=slug, kind=kind, name=name, live=live))
    if as_json:
        emit_json({"site": opened.slug, "state": opened.state})
    else:
        say(
            f"站点 {opened.slug}（{opened.name}）已创建：{opened.state}",
            f"Site {opened.slug} created: {opened.state}",
        )


@site.command("list")
@json_option
def list_sites(as_json: bool) -> None:
    """列出全部站点 / list every site."""
    for row in selectors.all_sites():
        if as_json:
            emit_json({"site": row.slug, "state": row.state, "kind": row.kind, "name": row.name})
        else:
            click.echo(f"{row.slug}\t{row.state}\t{row.kind}\t{row.name}")


@site.command()
@click.argument("slug", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件 / write to a file.")
@click.option(
    "--check",
    "checked",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="离线核验一个导出文件 / check an export offline.",
)
@json_option
def export(slug: str | None, out: Path | None, checked: Path | None, as_json: bool) -> None:
    """完整导出一个站点，或核验导出文件 / export a whole site, or check an export."""
    if checked:
        _check(checked, as_json)
        return
    if slug is None or out is None:
        fail(NOTHING_NAMED)
    found = selectors.site_by_slug(slug)
    if found is None:
        fail(unknown_site(slug))
    # Sealed fields stay sealed: only the owner, on the page, has them opened.
    digest, size = services.export_site(site_id=found.id, out=out, is_clear=False)
    if as_json:
        emit_json({"site": slug, "file": str(out), "sha256": digest.hex(), "size_bytes": size})
    say(f"已导出 {out}（{size:,} 字节）。", f"Exported {out} ({size:,} bytes).")


def _check(file: Path, as_json: bool) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            result = check(archive)
    except zipfile.BadZipFile:
        fail(NO_ARCHIVE)
    if as_json:
        emit_json(result.as_json())
    for line in result.wrong:
        say(line, line)
    if not result.is_valid:
        say("导出文件不完整或已被改动。", "The export is incomplete or was changed.")
        sys.exit(EXIT_NO)
    say(
        f"完整：{result.members} 个文件，{result.rows} 行，{result.proofs} 份存证核验通过。",
        f"Whole: {result.members} members, {result.rows} rows, {result.proofs} proofs verified.",
    )
