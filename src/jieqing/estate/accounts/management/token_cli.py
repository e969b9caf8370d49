"""``jieqing token``: a site's API tokens from the command line."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import click

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.engine.api_tokens import SCOPES
from jieqing.estate.accounts.models import ApiToken
from jieqing.estate.sites.engine.tenancy import unknown_site
from jieqing.estate.sites.selectors import site_by_slug, site_to_write
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope


@click.group()
def token() -> None:
    """接口令牌 / API tokens."""


@token.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(SCOPES),
    help="权限 / what it may do.",
)
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help="到期日，默认一年后 / day of expiry, a year from now by default.",
)
@site_option
@json_option
def create(
    name: str, scopes: tuple[str, ...], expires: datetime | None, site_slug: str, as_json: bool
) -> None:
    """创建令牌，只显示一次 / make a token; it is shown once."""
    site_id = unwrap(site_to_write(site_slug)).id
    made, text = unwrap(
        services.create_api_token(
            actor=system_actor(site_id, "command-line"),
            name=name,
            scopes=list(scopes),
            expires_on=expires.date() if expires else clock.today() + timedelta(days=365),
        )
    )
    if as_json:
        emit_json({**_line(made), "token": text})
        return
    say("令牌只显示这一次：", "The token is shown this once:")
    click.echo(text)


@token.command(name="list")
@site_option
@json_option
def list_tokens(site_slug: str, as_json: bool) -> None:
    """列出令牌 / list tokens."""
    with site_scope(_site_id(site_slug)):
        lines = [_line(row) for row in selectors.api_tokens()]
    for line in lines:
        if as_json:
            emit_json(line)
        else:
            click.echo(
                "  ".join(str(line[name]) for name in ("id", "state", "expires_on", "used_on", "name"))
            )


@token.command()
@click.argument("token_id", type=click.UUID)
@click.option("--reason", required=True, help="理由，进入存证 / why; it goes into evidence.")
@site_option
@json_option
def revoke(token_id: UUID, reason: str, site_slug: str, as_json: bool) -> None:
    """撤销令牌 / revoke a token."""
    site_id = _site_id(site_slug)
    with site_scope(site_id):
        found = unwrap(access.api_token_by_id(token_id))
        ended = unwrap(
            services.revoke_api_token(actor=system_actor(site_id, "command-line"), token=found, reason=reason)
        )
    if as_json:
        emit_json({"id": str(token_id), "state": "revoked", "at": ended.at.isoformat()})


def _site_id(slug: str) -> UUID:
    found = site_by_slug(slug)
    if found is None:
        fail(unknown_site(slug))
    return found.id


def _line(row: ApiToken) -> dict[str, Any]:
    used_on = getattr(row, "used_on", None)
    state = "expired" if row.expires_on < clock.today() else "live"
    return {
        "id": str(row.id),
        "name": row.name,
        "prefix": row.prefix,
        "scopes": row.scopes,
        "expires_on": row.expires_on.isoformat(),
        "used_on": used_on.isoformat() if used_on else None,
        "state": "revoked" if hasattr(row, "revocation") else state,
    }
