"""``jieqing site``: open a site from the command line."""

import click

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.tenancy import KIND_NAMES
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.cli.frame import emit_json, json_option, say, unwrap


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
