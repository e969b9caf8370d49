"""``jieqing webhook``: endpoints of a site from the command line."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.estate.webhooks import access, selectors, services
from jieqing.estate.webhooks.models import Endpoint
from jieqing.kernel.actor import Actor
from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

endpoint_argument = click.argument("endpoint_id", type=click.UUID)


@click.group()
def webhook() -> None:
    """事件回调 / webhooks."""


@webhook.command()
@click.argument("url")
@click.option(
    "--event", "events", multiple=True, required=True, help="事件名，可重复 / event name, repeatable."
)
@click.option("--description", default="", help="说明 / what it is for.")
@site_option
@json_option
def add(url: str, events: tuple[str, ...], description: str, site_slug: str, as_json: bool) -> None:
    """添加回调，密钥只显示一次 / add an endpoint; its secret is shown once."""
    endpoint, secret = unwrap(
        services.add_endpoint(
            actor=unwrap(command_writer(site_slug)), url=url, events=list(events), description=description
        )
    )
    if as_json:
        emit_json({"id": str(endpoint.id), "url": endpoint.url, "events": endpoint.events, "secret": secret})
        return
    say("签名密钥只显示这一次：", "The signing secret is shown this once:")
    click.echo(secret)


@webhook.command(name="list")
@site_option
@json_option
def list_endpoints(site_slug: str, as_json: bool) -> None:
    """列出回调 / list endpoints."""
    with site_scope(unwrap(command_reader(site_slug)).own_site):
        rows = selectors.endpoints()
    for row in rows:
        line = {"id": str(row.endpoint.id), "state": row.state, "url": row.endpoint.url}
        _say_line({**line, "events": row.endpoint.events, "failures": row.failures}, as_json)


@webhook.command()
@endpoint_argument
@site_option
@json_option
def log(endpoint_id: UUID, site_slug: str, as_json: bool) -> None:
    """投递记录，新的在前 / what was sent, newest first."""
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        found = selectors.deliveries(_endpoint(actor, endpoint_id))
    for one in found:
        tries = one.newest_first  # type: ignore[attr-defined]
        line = {
            "id": str(one.id),
            "event": one.message.event,
            "state": one.state,
            "attempts": one.attempts,
            "status": tries[0].status if tries else None,
            "next_at": one.next_at.isoformat() if one.next_at else None,
        }
        _say_line(line, as_json)


@webhook.command()
@endpoint_argument
@site_option
@json_option
def ping(endpoint_id: UUID, site_slug: str, as_json: bool) -> None:
    """立即发送测试消息 / send a test message now; exit 1 when it does not arrive."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        delivery = services.ping(actor=actor, endpoint=_endpoint(actor, endpoint_id))
    answer = services.deliver(site_id=delivery.site_id, delivery_id=delivery.id)
    outcome = answer.outcome.value if answer else "held"
    _say_line(
        {"delivery": str(delivery.id), "outcome": outcome, "status": answer.status if answer else None},
        as_json,
    )
    if outcome != "taken":
        click.get_current_context().exit(EXIT_NO)


@webhook.command()
@endpoint_argument
@click.option(
    "--since",
    required=True,
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    help="时刻，带时区 / moment with its zone: 2026-11-22T08:00:00+0800.",
)
@site_option
@json_option
def replay(endpoint_id: UUID, since: datetime, site_slug: str, as_json: bool) -> None:
    """重发此刻之后的消息 / send again everything since a moment."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        endpoint = _endpoint(actor, endpoint_id)
        sent = unwrap(services.replay_since(actor=actor, endpoint=endpoint, since=since))
    _say_line({"deliveries": sent}, as_json)


@webhook.command()
@endpoint_argument
@site_option
@json_option
def resume(endpoint_id: UUID, site_slug: str, as_json: bool) -> None:
    """恢复暂停的回调 / resume a paused endpoint."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        sent = unwrap(services.resume_endpoint(actor=actor, endpoint=_endpoint(actor, endpoint_id)))
    _say_line({"deliveries": sent}, as_json)


@webhook.command()
@endpoint_argument
@click.option("--reason", required=True, help="理由，进入存证 / why; it goes into evidence.")
@site_option
@json_option
def remove(endpoint_id: UUID, reason: str, site_slug: str, as_json: bool) -> None:
    """移除回调 / remove an endpoint."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        endpoint = _endpoint(actor, endpoint_id)
        unwrap(services.remove_endpoint(actor=actor, endpoint=endpoint, reason=reason))
    _say_line({"id": str(endpoint_id), "state": "removed"}, as_json)


def _endpoint(actor: Actor, endpoint_id: UUID) -> Endpoint:
    return unwrap(access.endpoint_by_id(actor, endpoint_id))


def _say_line(line: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit_json(line)
    else:
        click.echo("  ".join(str(value) for value in line.values()))
