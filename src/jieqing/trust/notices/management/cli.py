"""``jieqing notices``: what waits to be sent, and in development its text."""

import os
from contextlib import nullcontext
from uuid import UUID

import click

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, language, say, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices import access, selectors, services
from jieqing.trust.notices.models import Notice

NOT_IN_PRODUCTION = Problem(
    code="notices.not_in_production",
    zh="生产环境不显示通知正文。",
    en="The text of a notice is not shown in production.",
    todo_zh="请在站点的发件箱查看送达情况。",
    todo_en="See its delivery in the site's outbox.",
)


@click.group()
def notices() -> None:
    """通知发件箱 / the outbox of notices."""


@notices.command("list")
@json_option
def list_waiting(as_json: bool) -> None:
    """列出尚未发出的通知 / list what has not left yet."""
    count = 0
    for row in selectors.waiting():
        notice = _read(row.notice_id, row.site_id)
        if is_problem(notice):
            continue
        count += 1
        if as_json:
            emit_json(
                {
                    "notice": str(notice.id),
                    "site_id": str(row.site_id) if row.site_id else None,
                    "kind": notice.kind,
                    "to": selectors.masked(notice.address),
                    "created_at": notice.created_at.isoformat(),
                    "due_at": row.due_at.isoformat(),
                }
            )
        else:
            name = selectors.kind_name(notice.kind, language())
            click.echo(f"{notice.id}\t{name}\t{selectors.masked(notice.address)}")
    if not selectors.has_transport():
        say(
            f"{count} 条等待发送：没有配置邮件服务器（JIEQING_SMTP_URL）。用 jieqing notices show 编号 查看正文。",
            f"{count} waiting: no mail server is configured (JIEQING_SMTP_URL). jieqing notices show ID prints one.",
        )


@notices.command()
@click.argument("notice_id", type=click.UUID)
def show(notice_id: UUID) -> None:
    """显示一条待发通知的正文（仅开发与测试）/ print one that waits; development and tests only."""
    if os.environ.get("JIEQING_ENV") == "prod":
        fail(NOT_IN_PRODUCTION)
    found = next((row for row in selectors.waiting() if row.notice_id == notice_id), None)
    if found is None:
        fail(access.UNKNOWN)
    notice = unwrap(_read(found.notice_id, found.site_id))
    mail = services.read_mail(notice, with_secrets=True)
    click.echo(f"{mail.subject}\n\n{mail.body}")


def _read(notice_id: UUID, site_id: UUID | None) -> Notice | Problem:
    with site_scope(site_id) if site_id else nullcontext():
        return access.notice_by_id(notice_id) if site_id else access.platform_notice_by_id(notice_id)
