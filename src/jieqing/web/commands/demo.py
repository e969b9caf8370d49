"""``jieqing demo``: a site, people, a ledger, and everything running, from nothing.

The default ledger is synthetic and labelled so. A ledger of the past is replayed at ``--as-of``; without it the
program takes the day with the largest open balance and says so. Running it again changes nothing that is there.
"""

import re
import sys
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from jieqing.plumbing.cli.frame import emit_json, fail, say, unwrap
from jieqing.plumbing.paths import checkout

PASSWORD = "jieqing-demo-2026"  # noqa: S105  printed on purpose: a demonstration on loopback
ACCOUNTS = [
    ("caiwu", "钱财务", "finance"),
    ("fuzeren", "周负责", "site_owner"),
    ("zhuguan", "方主管", "case_manager"),
    ("zhuanyuan", "陆专员", "specialist"),
    ("zhuanyuan2", "程专员", "specialist"),
    ("shenji", "沈审计", "auditor"),
    ("shencha", "陈审查", "justice_reviewer"),
    ("zhaiwuren", "债务人示例", "debtor"),
    ("jianguan", "监管示例", "supervisor"),
]
OPERATOR = ("yunying", "平台运营示例")
SYNTHETIC = Path("examples") / "jiangnan-bearing-ledger.csv"
# The day the example ledger says it was closed (截止日期); later days would only make everything overdue.
SYNTHETIC_AS_OF = date(2026, 11, 20)


@click.command()
@click.option(
    "--ledger",
    "ledgers",
    type=click.Path(path_type=Path),
    multiple=True,
    help="账本文件，可多次 / ledger files.",
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="回放日期 / the day to replay."
)
@click.option("--currency", default=None, help="账本没有币种时使用 / for a file without one, e.g. USD.")
@click.option("--port", default=8000, show_default=True, help="端口 / port.")
@click.option("--no-serve", is_flag=True, help="只准备，不启动 / prepare and stop.")
def demo(
    ledgers: tuple[Path, ...], as_of: datetime | None, currency: str | None, port: int, no_serve: bool
) -> None:
    """导入一个账本并启动平台 / import a ledger and serve it."""
    from jieqing.plumbing.postgres import release_database
    from jieqing.web.commands.processes import prepare_platform, serve_platform

    paths = [_existing(path) for path in ledgers or (checkout() / SYNTHETIC,)]
    prepare_platform()
    prepared = _prepare(
        paths, is_synthetic=not ledgers, as_of=as_of.date() if as_of else None, currency=currency
    )
    address = f"http://127.0.0.1:{port}/s/{prepared['site']}/desk/"
    emit_json({"address": address, **prepared, "password": PASSWORD})
    _explain(address, prepared)
    if no_serve:
        release_database()
        return
    sys.exit(
        serve_platform("127.0.0.1", port, ready_message=f"已启动 / serving: {address}  (Ctrl-C 停止 / stops)")
    )


def _existing(path: Path) -> Path:
    from jieqing.kernel.outcomes import Problem

    if not path.is_file():
        fail(
            Problem(
                code="demo.no_file",
                zh=f"找不到账本文件：{path}",
                en=f"There is no ledger file at {path}",
                todo_zh="请检查 LEDGER= 后的路径；不写 LEDGER 则使用示例账本。",
                todo_en="Check the path after LEDGER=; without LEDGER the example ledger is used.",
            )
        )
    return path


def _prepare(
    paths: list[Path], *, is_synthetic: bool, as_of: date | None, currency: str | None
) -> dict[str, Any]:
    """Site, people, ledger and reporting day; each step leaves what exists as it is."""
    from jieqing.estate.sites.selectors import site_by_slug
    from jieqing.web.commands.demo_approvals import seed_approvals
    from jieqing.web.commands.demo_cases import seed_cases
    from jieqing.web.commands.demo_contacts import seed_contacts
    from jieqing.web.commands.demo_rules import seed_rules
    from jieqing.web.commands.demo_scripts import seed_scripts
    from jieqing.web.commands.demo_tenant import appoint_demo_operator, open_demo_site

    slug, name = ("demo", "江南轴承有限公司（示例数据）") if is_synthetic else _site_of(paths[0])
    site = site_by_slug(slug) or open_demo_site(slug, name)
    appoint_demo_operator(*OPERATOR, PASSWORD)
    people = _people(site)
    finance = people["caiwu"]
    imports = []
    for path in paths:
        say(f"正在导入 {path.name} …", f"Importing {path.name} …")
        result = _import(finance, path, currency)
        imports.append({"file": path.name, **result.as_dict()})
    day = _reporting_day(finance, as_of or (SYNTHETIC_AS_OF if is_synthetic else None))
    if is_synthetic:
        _report_in_yuan(finance, day)
        seed_rules(finance, day)
    cases = seed_cases(people["zhuguan"], [people["zhuanyuan"].id, people["zhuanyuan2"].id])
    seed_scripts(people["zhuguan"], people["shencha"])
    verdicts = seed_contacts(people["zhuguan"], [people["zhuanyuan"]])
    approvals = seed_approvals(people["zhuguan"], people["zhuanyuan"])
    return {
        "site": slug,
        "accounts": [account for account, _name, _role in ACCOUNTS],
        "as_of": day.isoformat() if day else None,
        "imports": imports,
        "cases": cases,
        "verdicts": verdicts,
        "approvals": approvals,
    }


def _site_of(path: Path) -> tuple[str, str]:
    """A site of its own for each file, so that two replays never mix; the same file finds its site again."""
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:24]
    digest = sha256(str(path.resolve()).encode()).hexdigest()[:6]
    return f"demo-{stem}-{digest}".replace("--", "-"), f"账本演示 {path.name[:60]}"


def _people(site: Any) -> dict[str, Any]:
    """The demonstration's accounts, as actors by their names."""
    from jieqing.estate.accounts import selectors, services
    from jieqing.estate.accounts.access import actor_for
    from jieqing.kernel.actor import system_actor

    people = {}
    for username, display_name, role in ACCOUNTS:
        person = selectors.user_by_username(username) or unwrap(
            services.register_user(username=username, display_name=display_name, password=PASSWORD)
        )
        services.join_site(actor=system_actor(site.id, "demo"), user=person, role=role)
        people[username] = person
    return {username: unwrap(actor_for(person, site.id)) for username, person in people.items()}


def _import(actor: Any, path: Path, currency: str | None) -> Any:
    from jieqing.claims.receivables.management.currency import settle_currency
    from jieqing.claims.receivables.services import ImportOptions, import_file

    def enter(code: str | None) -> Any:
        return import_file(actor=actor, name=path.name, source=path, options=ImportOptions(currency=code))

    return settle_currency(enter, currency.upper() if currency else None)


def _reporting_day(actor: Any, as_of: date | None) -> date | None:
    """Replay the day asked for, else the day with the largest open balance."""
    from jieqing.claims.receivables import selectors
    from jieqing.claims.receivables.services.reporting import set_reporting_day
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(actor.site_id):
        proposal = selectors.propose_as_of() if as_of is None else None
        day = as_of or (proposal.as_of if proposal else None)
        set_reporting_day(actor=actor, as_of=day)
    if proposal:
        say(
            f"未指定 AS_OF：回放未结余额最大的一天 {day}。",
            f"No AS_OF: replaying {day}, the day with the largest open balance.",
        )
    return day


def _report_in_yuan(actor: Any, day: date | None) -> None:
    """The example ledger has two currencies: a total in yuan, at a rate that says it is an example."""
    from decimal import Decimal

    from jieqing.claims.exchange import selectors, services
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(actor.site_id):
        if selectors.reporting_currency() is not None or day is None:
            return
        unwrap(services.set_reporting_currency(actor=actor, currency="CNY"))
        rate = services.enter_rate(
            actor=actor, base="USD", quote="CNY", on=day, rate=Decimal("7.1000"), source="示例汇率"
        )
        unwrap(rate)


def _explain(address: str, prepared: dict[str, Any]) -> None:
    for counts in prepared["imports"]:
        say(
            f"{counts['file']}：入账 {counts['accepted']} 行，待处理 {counts['staged']}，"
            f"重复 {counts['duplicates']}，更新 {counts['updated']}。",
            f"{counts['file']}: {counts['accepted']} rows in, {counts['staged']} staged, "
            f"{counts['duplicates']} known, {counts['updated']} updated.",
        )
    say(f"地址：{address}", f"Address: {address}")
    for account, name, role in (*ACCOUNTS, (*OPERATOR, "platform_operator")):
        say(f"  {account}（{name}，{role}） 密码 {PASSWORD}", f"  {account} ({role}), password {PASSWORD}")
