"""``jieqing user``: people and their roles from the command line."""

import sys

import click

from jieqing.estate.accounts import selectors, services
from jieqing.estate.accounts.engine.roles import Role
from jieqing.estate.sites.engine.tenancy import unknown_site
from jieqing.estate.sites.selectors import site_by_slug
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, site_option, unwrap


@click.group()
def user() -> None:
    """人员 / people."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名 / display name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="角色 / role.")
@click.option(
    "--password-stdin", is_flag=True, help="从标准输入读密码 / read the password from standard input."
)
@site_option
@json_option
def add(username: str, name: str, role: str, password_stdin: bool, site_slug: str, as_json: bool) -> None:
    """登记一个人并加入站点 / register a person and give a role on a site."""
    site = site_by_slug(site_slug)
    if site is None:
        fail(unknown_site(site_slug))
    person = selectors.user_by_username(username)
    if person is None:
        password = (
            sys.stdin.readline().rstrip("\n")
            if password_stdin
            else click.prompt("密码 / password", hide_input=True)
        )
        person = unwrap(services.register_user(username=username, display_name=name, password=password))
    services.join_site(actor=system_actor(site.id, "command-line"), user=person, role=role)
    if as_json:
        emit_json({"user": person.username, "site": site.slug, "role": role})
