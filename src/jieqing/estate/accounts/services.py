"""Verbs about people: register, join a site."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jieqing.estate.accounts.engine.roles import Role
from jieqing.estate.accounts.models import Membership, User
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence


def register_user(*, username: str, display_name: str, password: str) -> User | Problem:
    """Create a person who can sign in; the password must pass Django's validators."""
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        return Problem(
            code="user.exists",
            zh=f"用户名“{username}”已存在。",
            en=f'The user name "{username}" exists already.',
            todo_zh="请换一个用户名，或直接登录。",
            todo_en="Choose another name, or sign in.",
        )
    user = User(username=username, display_name=display_name.strip(), created_at=clock.now())
    try:
        validate_password(password, user)
    except ValidationError as error:
        return Problem(
            code="user.password_weak",
            zh="密码不符合要求：" + "；".join(error.messages),
            en="The password is too weak: " + "; ".join(error.messages),
            todo_zh="请使用至少 10 个字符、不常见的密码。",
            todo_en="Use an uncommon password of at least 10 characters.",
        )
    user.set_password(password)
    user.save()
    return user


def join_site(*, actor: Actor, user: User, role: str) -> Membership:
    """Give a person a role on the actor's site; doing it twice changes nothing."""
    if actor.site_id is None:
        raise ValueError("an actor without a site cannot add members")
    with transaction.atomic(), site_scope(actor.site_id):
        membership, created = Membership.objects.get_or_create(
            site_id=actor.site_id,
            user=user,
            role=Role(role).value,
            ended_at=None,
            defaults={"created_at": clock.now()},
        )
        if created:
            evidence.record(
                actor=actor,
                action="estate.accounts.joined",
                subject=f"estate.accounts.user:{user.id}",
                facts={"role": membership.role},
            )
    return membership
