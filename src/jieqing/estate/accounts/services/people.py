"""Verbs about people: register, join a site, leave it."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jieqing.estate.accounts.engine.roles import Role
from jieqing.estate.accounts.models import Membership, User
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import active_site_id, site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
NAME_INVALID = Problem(
    code="user.name_invalid",
    zh="用户名格式不对。",
    en="This is not a user name.",
    todo_zh="请用 2 至 40 个小写字母、数字、点、下划线或连字符，以字母或数字开头。",
    todo_en="Use 2 to 40 lower-case letters, digits, dots, underscores or hyphens, starting with a letter or digit.",
)
LAST_OWNER = Problem(
    code="people.last_owner",
    zh="这是站点唯一的负责人，不能结束其资格。",
    en="This is the site's only owner; the membership cannot end.",
    todo_zh="请先让另一位成员成为站点负责人。",
    todo_en="Make another member an owner first.",
)
REASON_MISSING = Problem(
    code="people.reason_missing",
    zh="没有填写理由。",
    en="The reason is missing.",
    todo_zh="请写明理由，它会进入存证。",
    todo_en="Say why; the reason goes into evidence.",
)


def register_user(*, username: str, display_name: str, password: str, email: str = "") -> User | Problem:
    """Create a person who can sign in; the password must pass Django's validators.

    ``email`` must be proved to be theirs by the caller; one that somebody else holds already is left out.
    """
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        return NAME_INVALID
    if User.objects.filter(username=username).exists():
        return Problem(
            code="user.exists",
            zh=f"用户名“{username}”已存在。",
            en=f'The user name "{username}" exists already.',
            todo_zh="请换一个用户名，或直接登录。",
            todo_en="Choose another name, or sign in.",
        )
    user = User(username=username, display_name=display_name.strip(), created_at=clock.now())
    weak = password_refusal(password, user)
    if weak:
        return weak
    user.set_password(password)
    if email and not User.objects.filter(email=email).exists():
        user.email = email
    with transaction.atomic():
        user.save(force_insert=True)
        evidence.record(
            actor=system_actor(active_site_id(), "accounts"),
            action="estate.accounts.registered",
            subject=f"estate.accounts.user:{user.id}",
            facts={},
            personal={"username": username},
        )
    return user


def password_refusal(password: str, user: User) -> Problem | None:
    """Why this may not become the person's password, or None."""
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
    return None


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


def end_membership(
    *, actor: Actor, membership: Membership, reason: str, site_name: str
) -> Membership | Problem:
    """End a role on the actor's site; the row stays, the person is told when we know their mailbox."""
    reason = reason.strip()
    if not reason:
        return REASON_MISSING
    with transaction.atomic():
        # All of the site's live owners are locked, so that two owners cannot end each other at the same moment.
        owners = list(
            Membership.objects.select_for_update()
            .filter(role=Role.SITE_OWNER.value, ended_at=None)
            .order_by("id")
            .values_list("pk", flat=True)
        )
        if owners == [membership.pk]:
            return LAST_OWNER
        membership.ended_at, membership.ended_by, membership.end_reason = clock.now(), actor.id, reason[:200]
        membership.save(update_fields=["ended_at", "ended_by", "end_reason"])
        evidence.record(
            actor=actor,
            action="estate.accounts.membership_ended",
            subject=f"estate.accounts.user:{membership.user_id}",
            facts={"role": membership.role},
            personal={"reason": membership.end_reason},
        )
        _tell_of_end(actor, membership, site_name)
    return membership


def _tell_of_end(actor: Actor, membership: Membership, site_name: str) -> None:
    email = User.objects.filter(pk=membership.user_id).values_list("email", flat=True).first()
    still = Membership.objects.filter(user_id=membership.user_id, ended_at=None).exists()
    if not email or still or membership.ended_at is None:
        return
    # A site's name that no notice can carry must not keep a membership alive, so a refusal is left at that.
    send_notice(
        actor=actor,
        kind=NoticeKind.MEMBERSHIP_ENDED,
        recipient=RecipientKind.MEMBER,
        address=email,
        values={"site": site_name, "at": membership.ended_at},
    )
