"""The site middleware itself: who gets in, in which scope, and what is left when a view fails."""

import re

import pytest
from django.db import connection

from jieqing.estate.accounts.models import Membership
from jieqing.plumbing.db.scopes import active_site_id, site_scope
from tests.cast import CAST, Cast

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")

# owner, teammate, stranger, debtor, supervisor, anonymous
EXPECTED = {
    "reading": (200, 200, 404, 403, 403, 302),
    "importing": (200, 403, 404, 403, 403, 302),
    "public": (200,) * 6,
    "member": (200, 200, 404, 200, 200, 302),
    "missing": (404, 404, 404, 403, 403, 302),
    "lazy": (200, 200, 404, 403, 403, 302),
}


@pytest.mark.parametrize("page", EXPECTED)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_pages_answer_each_of_the_cast_as_expected(cast: Cast, page: str, method: str) -> None:
    statuses = [
        getattr(cast.clients[name], method)(f"/s/{cast.site.slug}/{page}/").status_code for name in CAST
    ]
    assert tuple(statuses) == EXPECTED[page]


def test_the_api_answers_each_of_the_cast_as_expected(cast: Cast) -> None:
    path = f"/api/sample/sites/{cast.site.slug}/things"
    assert [cast.clients[name].get(path).status_code for name in CAST] == [200, 200, 404, 403, 403, 401]
    assert [
        cast.clients[name].post(path, headers={"Idempotency-Key": name}).status_code for name in CAST
    ] == [200, 403, 404, 403, 403, 401]


def test_the_view_runs_in_its_sites_scope_and_leaves_none_behind(cast: Cast) -> None:
    response = cast.clients["owner"].get(f"/s/{cast.site.slug}/reading/")
    assert response.content.decode() == f"{cast.site.id} 4", "four members of this site, not the stranger"
    assert active_site_id() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('jieqing.site_id', true), '')")
        assert cursor.fetchone() == ("",)


def test_a_public_page_runs_as_a_visitor_whoever_asks(cast: Cast) -> None:
    for name in CAST:
        body = cast.clients[name].get(f"/s/{cast.site.slug}/public/").content.decode()
        assert body == f"{cast.site.id} visitor False"
    assert active_site_id() is None


@pytest.mark.rows_by_hand("a site goes back to draft as no service can")
def test_a_draft_sites_public_page_is_seen_by_its_members_only(cast: Cast) -> None:
    type(cast.site).objects.filter(pk=cast.site.pk).update(state="draft")
    statuses = [cast.clients[name].get(f"/s/{cast.site.slug}/public/").status_code for name in CAST]
    assert statuses == [200, 200, 404, 200, 200, 404]
    assert cast.clients["owner"].get("/s/no-such-site/public/").status_code == 404


def test_a_lazy_page_is_rendered_inside_the_scope(cast: Cast) -> None:
    assert cast.clients["owner"].get(f"/s/{cast.site.slug}/lazy/").content == b"4"


def test_a_page_that_declares_nothing_is_refused_even_to_the_owner(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="declares no permission"):
        cast.clients["owner"].get(f"/s/{cast.site.slug}/undeclared/")


def test_a_failing_view_changes_nothing(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError):
        cast.clients["owner"].get(f"/s/{cast.site.slug}/failing/")
    with site_scope(cast.site.id):
        assert set(Membership.objects.values_list("role", flat=True)) == {
            "site_owner",
            "auditor",
            "debtor",
            "supervisor",
        }


def test_a_strangers_404_is_the_404_of_a_site_that_does_not_exist(cast: Cast) -> None:
    stranger = cast.clients["stranger"]
    unknown = stranger.get("/s/no-such-site/reading/")
    hidden = stranger.get(f"/s/{cast.site.slug}/reading/")
    assert unknown.status_code == hidden.status_code == 404
    assert _comparable(hidden, cast.site.slug) == _comparable(unknown, "no-such-site")


def _comparable(response, slug: str) -> tuple[set[str], str]:
    """The answer without what is random in every answer, and without the address that was asked for."""
    body = re.sub(r"[A-Za-z0-9]{64}|nonce[^>]*", "", response.content.decode()).replace(slug, "")
    return set(response.headers), body


@pytest.mark.rows_by_hand("a membership is ended as no service can yet")
def test_an_ended_membership_opens_nothing(cast: Cast) -> None:
    from jieqing.kernel import clock

    with site_scope(cast.site.id):
        Membership.objects.filter(user=cast.users["teammate"]).update(ended_at=clock.now())
    assert cast.clients["teammate"].get(f"/s/{cast.site.slug}/reading/").status_code == 404


def test_a_stopped_account_is_signed_out_at_once(cast: Cast) -> None:
    teammate = cast.users["teammate"]
    teammate.is_active = False
    teammate.save()
    assert cast.clients["teammate"].get(f"/s/{cast.site.slug}/reading/").status_code == 302


def test_anonymous_is_sent_to_sign_in_and_back(cast: Cast) -> None:
    response = cast.clients["anonymous"].get(f"/s/{cast.site.slug}/reading/?a=b")
    assert response["Location"] == f"/sign-in/?next=/s/{cast.site.slug}/reading/%3Fa%3Db"


def test_a_person_of_two_sites_sees_each_in_its_own_scope(cast: Cast) -> None:
    from jieqing.estate.accounts.services import join_site
    from jieqing.kernel.actor import system_actor

    join_site(actor=system_actor(cast.other_site.id, "test"), user=cast.users["owner"], role="auditor")
    client = cast.clients["owner"]
    assert client.get(f"/s/{cast.site.slug}/reading/").content.decode() == f"{cast.site.id} 4"
    assert client.get(f"/s/{cast.other_site.slug}/reading/").content.decode() == f"{cast.other_site.id} 2"
    assert client.get(f"/s/{cast.other_site.slug}/importing/").status_code == 403, (
        "roles do not travel between sites"
    )
