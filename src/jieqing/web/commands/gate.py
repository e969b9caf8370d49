"""``jieqing gate export``: a site's verdicts as lines that ``jieqing gate replay`` computes again, offline.

The gate's other commands need no database; so Django starts here, and only when this one runs.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

import click

from jieqing.plumbing.cli.frame import say, site_option, unwrap

DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"])


@click.command("export")
@site_option
@click.option("--since", type=DAY, help="不早于此时 / not before this day or instant (days: Asia/Shanghai).")
@click.option("--before", type=DAY, help="早于此时 / before this day or instant.")
@click.option(
    "--out", default="-", metavar="FILE", help="写入此文件，- 为标准输出 / where to; - is standard output."
)
def export(site_slug: str, since: datetime | None, before: datetime | None, out: str) -> None:
    """导出本站点的触达裁决和当时的规则包，可离线重算 / verdicts and the packs of their day, to replay offline.

    含事实，按敏感信息保管。The lines hold the facts: keep them as sensitive.
    """
    from jieqing.web.cli import start_django

    start_django()
    from jieqing.estate.sites.services.command_actors import command_reader
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.compliance.selectors import exported_decisions

    actor = unwrap(command_reader(site_slug))
    verdicts = 0
    with site_scope(actor.own_site), _opened(out) as stream:
        for line in exported_decisions(actor.own_site, since=_instant(since), before=_instant(before)):
            verdicts += "decision" in line
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    say(f"已导出 {verdicts} 条裁决。", f"Exported {verdicts} verdicts.")


def _instant(day: datetime | None) -> datetime | None:
    from zoneinfo import ZoneInfo

    return day.replace(tzinfo=ZoneInfo("Asia/Shanghai")) if day and day.tzinfo is None else day


@contextmanager
def _opened(out: str) -> Iterator[IO[str]]:
    if out == "-":
        yield sys.stdout
        return
    with click.open_file(out, "w", encoding="utf-8", atomic=True) as stream:
        yield stream
