"""From an owner's invitation to a member: the mail proves the mailbox, the link works once, roles end."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.estate.accounts import services
from jieqing.estate.accounts.engine.roles import INVITABLE
from jieqing.estate.accounts.models import Invitation, Membership, User
from jieqing.estate.sites.engine.rent import FIRST_PLAN, PLANS
from jieqing.estate.sites.services import operator_step
from jieqing.estate.sites.services.renting import begin_rent
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.selectors import notices
from jieqing.trust.notices.services import read_mail

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")

NEW = {"display_name": "张伟", "username": "ZhangWei", "password": "correct-horse-battery-7"}


def invite(cast: Cast, email: str = "Zhang@Example.org", role: str = "finance") -> str:
    """Invite as the owner does, on the page; returns the path that the mail carries."""
    response = cast.clients["owner"].post(
        f"/s/{cast.site.slug}/people/invite/", {"email": email, "role": role}
    )
    assert response.status_code == 302, response.content.decode()
    with site_scope(cast.site.id):
        body = read_mail(notices()[0], with_secrets=True).body
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", body)
    assert found
    return found[1]


def roles_of(cast: Cast, username: str) -> list[str]:
    with site_scope(cast.site.id):
        rows = Membership.objects.filter(user__username=username, ended_at=None)
        return sorted(rows.values_list("role", flat=True))


def test_a_stranger_becomes_a_member_by_the_link(cast: Cast) -> None:
    path, browser = invite(cast), Client()
    assert "江南精密机械有限公司" in browser.get(path).content.decode()
    response = browser.post(path, NEW)
    assert response.status_code == 302
    assert roles_of(cast, "zhangwei") == ["finance"]
    person = User.objects.get(username="zhangwei")
    assert person.email == "zhang@example.org", "the link proves the mailbox"
    assert browser.get("/").status_code == 302, "signed in, one site"
    assert Client().get(path).status_code == 404, "works once"


def test_a_member_of_another_site_joins_with_the_account_they_have(cast: Cast) -> None:
    path = invite(cast, role="auditor")
    assert cast.clients["stranger"].post(path).status_code == 302
    assert roles_of(cast, "stranger") == ["auditor"]


def test_a_second_use_of_a_token_is_refused(cast: Cast) -> None:
    path = invite(cast)
    assert cast.clients["stranger"].post(path).status_code == 302
    assert cast.clients["debtor"].post(path).status_code == 404
    assert roles_of(cast, "debtor") == ["debtor"]


def test_the_token_is_kept_as_a_digest_only(cast: Cast) -> None:
    token = invite(cast).split("/")[2]
    with site_scope(cast.site.id):
        row = Invitation.objects.get()
        kept = bytes(row.token_digest).hex() + str(row.__dict__) + str(notices()[0].__dict__)
    assert token not in kept and token[-40:] not in kept


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-2] + "AA", lambda t: "A" * len(t), lambda t: t[:-3], lambda t: "x"]
)
def test_a_wrong_token_opens_nothing(cast: Cast, damage) -> None:
    token = invite(cast).split("/")[2]
    assert Client().get(f"/invitation/{damage(token)}/").status_code == 404


def test_an_invitation_runs_out(cast: Cast) -> None:
    path = invite(cast)
    with clock.frozen(clock.now() + services.invitations.VALID_FOR + timedelta(seconds=1)):
        assert Client().get(path).status_code == 404


def test_a_newer_invitation_replaces_the_older(cast: Cast) -> None:
    older, newer = invite(cast), invite(cast)
    assert Client().get(older).status_code == 404
    assert Client().get(newer).status_code == 200
    with site_scope(cast.site.id):
        assert [notice.state for notice in notices()] == [None, "withdrawn"], "the older mail does not leave"


def test_a_withdrawn_invitation_opens_nothing(cast: Cast) -> None:
    path = invite(cast)
    with site_scope(cast.site.id):
        row = Invitation.objects.get()
    withdraw = f"/s/{cast.site.slug}/people/invitations/{row.pk}/withdraw/"
    assert cast.clients["owner"].post(withdraw).status_code == 302
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("password", "password"), ("username", "owner"), ("username", "张")]
)
def test_what_cannot_be_an_account_leaves_the_invitation_open(cast: Cast, field: str, value: str) -> None:
    path = invite(cast)
    response = Client().post(path, {**NEW, field: value})
    assert response.status_code == 200
    assert 'class="problem' in response.content.decode() or "note--bad" in response.content.decode()
    assert Client().get(path).status_code == 200
    assert not User.objects.filter(display_name="张伟").exists()


@pytest.mark.parametrize("role", ["supervisor", "platform_operator", "debtor", "king"])
def test_some_roles_are_not_the_owners_to_give(cast: Cast, role: str) -> None:
    response = cast.clients["owner"].post(
        f"/s/{cast.site.slug}/people/invite/", {"email": "a@b.example", "role": role}
    )
    assert response.status_code == 200
    with site_scope(cast.site.id):
        assert not Invitation.objects.exists() and not notices().exists()
        sent = services.invite(
            actor=cast.actor("owner"), email="a@b.example", role=role, site_name="s", inviter="i", link_of=str
        )
    assert is_problem(sent) and sent.code == "invitation.role"


def test_ending_a_role_shuts_the_door_and_keeps_the_row(cast: Cast) -> None:
    with site_scope(cast.site.id):
        row = Membership.objects.get(user=cast.users["teammate"])
    page = f"/s/{cast.site.slug}/people/memberships/{row.pk}/end/"
    assert cast.clients["owner"].post(page, {"reason": ""}).status_code == 200
    assert cast.clients["owner"].post(page, {"reason": "离职"}).status_code == 302
    assert cast.clients["teammate"].get(f"/s/{cast.site.slug}/people/roles/").status_code == 404
    with site_scope(cast.site.id):
        row.refresh_from_db()
    assert row.ended_at and row.ended_by == cast.users["owner"].id and row.end_reason == "离职"
    assert "离职" in cast.clients["owner"].get(f"/s/{cast.site.slug}/people/").content.decode()


def test_the_last_owner_stays(cast: Cast) -> None:
    with site_scope(cast.site.id):
        row = Membership.objects.get(role="site_owner")
    page = f"/s/{cast.site.slug}/people/memberships/{row.pk}/end/"
    assert cast.clients["owner"].post(page, {"reason": "x"}).status_code == 200
    assert roles_of(cast, "owner") == ["site_owner"]


def test_a_person_with_a_mailbox_is_told_of_the_end(cast: Cast) -> None:
    cast.clients["anonymous"].post(invite(cast), NEW)
    with site_scope(cast.site.id):
        row = Membership.objects.get(user__username="zhangwei")
        ended = services.end_membership(
            actor=cast.actor("owner"), membership=row, reason="项目结束", site_name=cast.site.name
        )
        assert not is_problem(ended)
        assert notices()[0].kind == "membership_ended"


def test_the_role_page_is_the_role_table(cast: Cast) -> None:
    page = cast.clients["teammate"].get(f"/s/{cast.site.slug}/people/roles/").content.decode()
    assert "people.manage" in page and "监管" in page


def test_a_plan_lets_in_as_many_people_as_it_says(cast: Cast) -> None:
    """Members and open offers count together; who is refused learns why, and room made is room again."""
    owner = cast.actor("owner")
    with site_scope(cast.site.id):
        begin_rent(actor=owner, site=cast.site)
        inside = Membership.objects.filter(ended_at=None, role__in=INVITABLE).values("user").distinct()
        room = PLANS[FIRST_PLAN].people - inside.count()
    paths = [invite(cast, f"person{number}@example.org") for number in range(room)]
    assert invite(cast, "person0@example.org"), "the same offer again takes no second place"
    answer = cast.clients["owner"].post(
        f"/s/{cast.site.slug}/people/invite/", {"email": "late@example.org", "role": "finance"}
    )
    page = answer.content.decode()
    assert "最多 5 人" in page and "late@example.org" in page
    with site_scope(cast.site.id):
        offer = Invitation.objects.filter(email="person1@example.org", ended_at=None).get()
        services.withdraw_invitation(actor=owner, invitation=offer)
    assert invite(cast, "late@example.org")
    assert len(paths) == room


def test_nobody_joins_a_site_that_was_shut_meanwhile(cast: Cast) -> None:
    path = invite(cast)
    step = {"actor": cast.actor("owner"), "site_id": cast.site.id, "reason": "核查中"}
    assert not is_problem(operator_step(step="suspend", **step))
    answer = Client().post(path, NEW)
    assert "站点已暂停" in answer.content.decode() and not User.objects.filter(username="zhangwei").exists()
