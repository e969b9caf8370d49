"""``jieqing user``: people and their roles from the command line."""

import sys

import click

from jieqing.estate.accounts import selectors, services
from jieqing.estate.accounts.engine.roles import Role
from jieqing.estate.accounts.models import User
from jieqing.estate.sites.selectors import site_to_write
from jieqing.estate.sites.services import appoint_operator
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.cli.frame import emit_json, json_option, site_option, unwrap


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
    site = unwrap(site_to_write(site_slug, open_while=("draft", "submitted", "filed")))
    person = _person(username, name, password_stdin)
    services.join_site(actor=system_actor(site.id, "command-line"), user=person, role=role)
    if as_json:
        emit_json({"user": person.username, "site": site.slug, "role": role})


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名 / display name.")
@click.option("--reason", required=True, help="任命理由，进入存证 / why; goes into evidence.")
@click.option(
    "--password-stdin", is_flag=True, help="从标准输入读密码 / read the password from standard input."
)
@json_option
def operator(username: str, name: str, reason: str, password_stdin: bool, as_json: bool) -> None:
    """任命平台运营 / appoint a platform operator."""
    person = _person(username, name, password_stdin)
    appoint_operator(actor=system_actor(None, "command-line"), user_id=person.id, reason=reason)
    if as_json:
        emit_json({"user": person.username, "role": Role.PLATFORM_OPERATOR.value})


def _person(username: str, name: str, password_stdin: bool) -> User:
    """Who has this user name; registered now where nobody does."""
    person = selectors.user_by_username(username)
    if person is None:
        password = (
            sys.stdin.readline().rstrip("\n")
            if password_stdin
            else click.prompt("密码 / password", hide_input=True)
        )
        person = unwrap(services.register_user(username=username, display_name=name, password=password))
    return person
