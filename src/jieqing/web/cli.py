"""The ``jieqing`` command: one name, every verb, started fast.

Commands are loaded only when asked for, and Django only for those that need it, so that ``--help`` and the pure
commands answer at once. Each room brings its own group (``management/cli.py``); this file only names them.
"""

import importlib
import os
import sys
from typing import Any

import click

# name: (module:attribute, needs Django, one line of help)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "up": ("jieqing.web.commands.processes:up", False, "启动整个平台 / start the whole platform."),
    "web": ("jieqing.web.commands.processes:web", False, "只启动网页进程 / the web process alone."),
    "worker": ("jieqing.web.commands.processes:worker", True, "只启动后台任务进程 / the worker alone."),
    "sequencer": (
        "jieqing.web.commands.processes:sequencer",
        True,
        "只启动存证排序进程 / the sequencer alone.",
    ),
    "demo": ("jieqing.web.commands.demo:demo", False, "演示：导入账本并启动 / import a ledger and serve it."),
    "db": ("jieqing.web.commands.database:db", False, "数据库：启动、停止、迁移 / the database."),
    "fsck": ("jieqing.web.commands.fsck:fsck", True, "核对账本与存证 / check ledger and evidence."),
    "backup": ("jieqing.web.commands.backup:backup", True, "备份、核对、演练 / back up, check, rehearse."),
    "restore": ("jieqing.web.commands.backup:restore", False, "从备份恢复 / restore a backup."),
    "openapi": ("jieqing.web.commands.openapi:openapi", True, "输出接口描述 / print the OpenAPI document."),
    "site": ("jieqing.estate.sites.management.cli:site", True, "站点 / sites."),
    "user": ("jieqing.estate.accounts.management.cli:user", True, "人员 / people."),
    "token": (
        "jieqing.estate.accounts.management.token_cli:token",
        True,
        "接口令牌 / API tokens of a site.",
    ),
    "webhook": ("jieqing.estate.webhooks.management.cli:webhook", True, "事件回调 / webhooks of a site."),
    "ledger": (
        "jieqing.web.commands.ledger:ledger",
        True,
        "应收账本 / the receivables ledger.",
    ),
    "scripts": ("jieqing.recovery.scripts.management.cli:scripts", True, "话术库 / scripts."),
    "cases": ("jieqing.recovery.cases.management.cli:cases", True, "案件 / cases."),
    "fees": (
        "jieqing.claims.entitlements.management.fees:fees",
        False,
        "诉讼费用与风险代理上限 / court fees.",
    ),
    "jurisdiction": (
        "jieqing.claims.entitlements.management.jurisdiction:jurisdiction",
        False,
        "管辖建议（不需要数据库）/ which courts can be asked.",
    ),
    "owed": (
        "jieqing.claims.entitlements.management.owed:owed",
        False,
        "应得款项（不需要数据库）/ what is owed, from facts.",
    ),
    "gate": (
        "jieqing.trust.compliance.management.gate:gate",
        False,
        "触达合规闸门（不需要数据库）/ the compliance gate.",
    ),
    "scan": (
        "jieqing.trust.wording.management.scan:scan",
        False,
        "措辞扫描（不需要数据库）/ scan texts for what may not be said.",
    ),
    "lpr": (
        "jieqing.claims.entitlements.management.lpr_cli:lpr",
        True,
        "LPR月度报价 / the published loan prime rate.",
    ),
    "notices": (
        "jieqing.trust.notices.management.cli:notices",
        True,
        "通知发件箱 / the outbox of notices.",
    ),
    "evidence": ("jieqing.trust.evidence.management.cli:evidence", True, "存证 / evidence."),
}


# Commands of a higher room that belong below a lower room's word.
BELOW: dict[str, tuple[str, ...]] = {
    "gate": ("jieqing.web.commands.gate:export",),
    "ledger": (
        "jieqing.claims.receipts.management.cli:bank",
        "jieqing.claims.deadlines.management.cli:deadlines",
        "jieqing.claims.bills.management.cli:bills",
        "jieqing.claims.bills.management.cli:bill_step",
        "jieqing.claims.exchange.management.cli:rate",
        "jieqing.claims.exchange.management.cli:total",
    ),
}


class LazyGroup(click.Group):
    """Knows the names of all commands and imports only the one that runs."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """A fault of the surroundings ends with its sentence; SIGTERM ends like any other exit."""
        from jieqing.plumbing.faults import Fault
        from jieqing.plumbing.processes import end_in_order_on_sigterm

        end_in_order_on_sigterm()
        try:
            return super().main(*args, **extra)
        except Fault as fault:
            from jieqing.plumbing.cli.frame import EXIT_BAD_INPUT, say

            say(fault.zh, fault.en)
            sys.exit(EXIT_BAD_INPUT)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        target, needs_django, _help = COMMANDS[name]
        if name in ("web", "worker", "sequencer"):
            # Before anything that counts or logs is imported.
            os.environ.setdefault("JIEQING_PROCESS", name)
        if needs_django:
            start_django()
        return load_command(name, target)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_target, _django, text) in COMMANDS.items()])


def load_command(name: str, target: str) -> click.Command:
    """The command of this name, with what higher rooms hang below it."""
    command = _loaded(target)
    if isinstance(command, click.Group):
        for below in BELOW.get(name, ()):
            command.add_command(_loaded(below))
    return command


def _loaded(target: str) -> click.Command:
    module, attribute = target.split(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return command


def start_django() -> None:
    """Start the embedded database when it is the one configured, then Django."""
    from jieqing.plumbing.postgres import ensure_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieqing.web.settings")
    ensure_database()
    import django

    django.setup()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jieqing")
def main() -> None:
    """结清 Jieqing：合规的应收账款回收与债务化解平台。

    A compliance-first platform for recovering receivables. JSON goes to standard output, the rest to standard
    error. Exit codes: 0 done, 1 no / invalid, 2 bad or incomplete input.
    """


if __name__ == "__main__":
    sys.exit(main())
