"""People by program, and what a program may not give away."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from tests.cast import Cast

from jieqing.estate.accounts.engine.api_tokens import SCOPES
from jieqing.estate.accounts.engine.roles import PERMISSIONS, Role
from jieqing.estate.accounts.models import Invitation, Membership
from jieqing.estate.accounts.services import create_api_token, end_membership, join_site
from jieqing.kernel import clock
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

FINANCE = tuple(sorted(PERMISSIONS[Role.FINANCE] & set(SCOPES)))


def token_of(cast: Cast, *scopes: str) -> str:
    made = create_api_token(
        actor=cast.actor("owner"),
        name="人事系统",
        scopes=list(scopes),
        expires_on=clock.today() + timedelta(days=2),
    )
    return unwrap(made)[1]


def post(cast: Cast, token: str, path: str, body: Any = None) -> Any:
    return Client(enforce_csrf_checks=True).post(
        f"/api/v1/sites/{cast.site.slug}/people{path}",
        json.dumps(body) if body is not None else None,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())},
    )


def get(cast: Cast, token: str, path: str = "") -> Any:
    address = f"/api/v1/sites/{cast.site.slug}/people{path}"
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})


def test_a_token_gives_no_role_that_may_do_more_than_itself(cast: Cast) -> None:
    small, large = token_of(cast, "people.manage"), token_of(cast, "people.manage", *FINANCE)
    wanted = {"email": "new@example.org", "role": "finance"}
    refused = post(cast, small, "/invitations", wanted)
    assert (refused.status_code, refused.json()["code"]) == (403, "people.grant_beyond_token")
    assert post(cast, small, "/invitations", {**wanted, "role": "site_owner"}).status_code == 403
    assert post(cast, large, "/invitations", {**wanted, "role": "site_owner"}).status_code == 403
    assert post(cast, large, "/invitations", {**wanted, "role": "supervisor"}).status_code in (403, 422)
    made = post(cast, large, "/invitations", wanted)
    assert made.status_code == 201, made.content
    with site_scope(cast.site.id):
        assert [row.role for row in Invitation.objects.all()] == ["finance"]
    assert get(cast, large, "/invitations").json() == [made.json()]
    assert post(cast, large, f"/invitations/{made.json()['id']}/withdrawal").status_code == 204
    assert get(cast, large, "/invitations").json() == []


def test_a_token_manages_nobody_once_its_maker_may_not(cast: Cast) -> None:
    token = token_of(cast, "people.manage")
    owner = cast.actor("owner")
    join_site(actor=owner, user=cast.users["teammate"], role="site_owner")
    with site_scope(cast.site.id):
        for held in Membership.objects.filter(user=cast.users["owner"], ended_at=None):
            unwrap(end_membership(actor=owner, membership=held, reason="离职", site_name="江南"))
    refused = post(cast, token, "/invitations", {"email": "new@example.org", "role": "mediator"})
    assert (refused.status_code, refused.json()["code"]) == (403, "people.maker_may_not")


def test_a_role_and_a_clearance_from_beginning_to_end(cast: Cast) -> None:
    token, today = token_of(cast, "people.manage"), clock.today().isoformat()
    members = {person["name"]: person["roles"][0]["membership"] for person in get(cast, token).json()}
    teammate = f"/memberships/{members[cast.users['teammate'].display_name]}"
    term = {"kind": "pledge", "from_on": today, "to_on": today, "source_sha256": "ab" * 32}
    assert post(cast, token, f"{teammate}/clearances", {**term, "reason": " "}).status_code == 422
    attested = post(cast, token, f"{teammate}/clearances", {**term, "reason": "已签署"}).json()
    assert get(cast, token, f"{teammate}/clearances").json() == [attested]
    assert post(cast, token, f"/clearances/{attested['id']}/end", {"reason": "作废"}).status_code == 204
    assert post(cast, token, f"/clearances/{attested['id']}/end", {"reason": "作废"}).status_code == 404
    assert post(cast, token, f"{teammate}/end", {"reason": "离职"}).status_code == 204
    assert post(cast, token, f"{teammate}/end", {"reason": "离职"}).status_code == 404
    alone = f"/memberships/{members[cast.users['owner'].display_name]}/end"
    assert post(cast, token, alone, {"reason": "离职"}).json()["code"] == "people.last_owner"
