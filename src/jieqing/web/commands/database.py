"""``jieqing db``: the database's own verbs."""

import click

from jieqing.plumbing.cli.frame import emit_json, say
from jieqing.web.operations.schema import migrate_all


@click.group()
def db() -> None:
    """数据库：启动、停止、迁移、准备外部服务器 / start, stop, migrate, prepare."""


@db.command()
def start() -> None:
    """启动内置数据库 / start the embedded server."""
    from jieqing.plumbing.postgres import ensure_database

    ensure_database(keep=True)
    say("数据库已启动。", "The database is running.")


@db.command()
def stop() -> None:
    """停止内置数据库 / stop the embedded server."""
    from jieqing.plumbing.postgres import stop_embedded

    stop_embedded()
    say("数据库已停止。", "The database has stopped.")


@db.command()
def migrate() -> None:
    """升级表结构 / bring the schema up to date."""
    from jieqing.plumbing.postgres import ensure_database

    ensure_database()
    migrate_all()
    say("表结构已是最新。", "The schema is up to date.")


@db.command()
@click.argument("admin_url")
def prepare(admin_url: str) -> None:
    """在外部 PostgreSQL 上建立角色与数据库 / create roles and database on an external server."""
    from jieqing.plumbing.postgres import prepare_database

    emit_json(prepare_database(admin_url))
