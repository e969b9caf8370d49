"""A program's key to one site: shown once, bound to its scopes, counted when it opens nothing, ended with a reason."""

import logging
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.cast import Cast

from jieqing.estate.accounts import selectors, services
from jieqing.estate.accounts.engine.api_tokens import SCOPES, read_api_token
from jieqing.estate.accounts.models import ApiToken, TokenFailure
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.vocabulary import people

SOON = timedelta(days=30)


def make(
    cast: Cast, who: str = "owner", scopes: Any = ("ledger.read",), **given: Any
) -> tuple[ApiToken, str]:
    wish = {"name": "财务系统", "scopes": list(scopes), "expires_on": clock.today() + SOON, **given}
    made = services.create_api_token(actor=cast.actor(who), **wish)
    assert not is_problem(made), made
    return made


def get(cast: Cast, text: str, slug: str = "", path: str = "ledger/summary", **extra: Any) -> Any:
    headers = {"Authorization": f"Bearer {text}"}
    return Client(**extra).get(f"/api/v1/sites/{slug or cast.site.slug}/{path}", headers=headers)


def test_a_token_reads_as_a_service_and_is_kept_as_a_digest(cast: Cast) -> None:
    token, text = make(cast)
    assert get(cast, text).status_code == 200
    kept = read_api_token(text)
    assert kept and kept.secret.encode() not in bytes(token.digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM evidence_entry e")
        assert not [row for (row,) in cursor.fetchall() if kept.secret in row]
    with site_scope(cast.site.id):
        assert [row.used_on for row in selectors.api_tokens()] == [clock.today()]
        assert people({token.id}) == {token.id: "财务系统"}


def test_a_scope_opens_its_own_door_only(cast: Cast) -> None:
    _token, text = make(cast, scopes=["ledger.read"])
    where = f"/api/v1/sites/{cast.site.slug}/ledger/imports"
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": str(uuid4())}
    refused = Client(enforce_csrf_checks=True).post(where, {}, headers=headers)
    assert (refused.status_code, refused.json()["details"]) == (403, {"permission": "ledger.import"})
    _token, text = make(cast, scopes=["ledger.import"])
    headers = {**headers, "Authorization": f"Bearer {text}"}
    assert Client(enforce_csrf_checks=True).post(where, {}, headers=headers).status_code == 422, (
        "no CSRF asked"
    )
    assert get(cast, text).status_code == 403


def test_nobody_gives_what_they_have_not(cast: Cast) -> None:
    def wish(who: str, **given: Any) -> ApiToken | Problem:
        asked = {"name": "x", "scopes": ["ledger.read"], "expires_on": clock.today() + SOON, **given}
        return services.create_api_token(actor=cast.actor(who), **asked)

    assert wish("teammate", scopes=["ledger.import"]).code == "access.denied"
    assert wish("owner", scopes=["desk.read"]).code == "token.scopes"
    assert wish("owner", scopes=[]).code == "token.scopes"
    assert wish("owner", name=" ").code == "token.name"
    for day in (clock.today(), date(2100, 1, 1)):
        assert wish("owner", expires_on=day).code == "token.term"


def test_a_token_makes_no_token(cast: Cast) -> None:
    _token, text = make(cast, scopes=SCOPES)
    actor = services.open_by_token(site_id=cast.site.id, bearer=text, network="")
    made = services.create_api_token(
        actor=actor, name="x", scopes=["ledger.read"], expires_on=clock.today() + SOON
    )
    assert made.code == "token.not_by_token"


def test_another_sites_token_meets_the_404_of_no_site(cast: Cast) -> None:
    _token, text = make(cast, "stranger")
    hidden, none = get(cast, text), get(cast, text, slug="no-such-site")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content and set(hidden.headers) == set(none.headers)
    assert get(cast, text, slug=cast.other_site.slug).status_code == 200


@pytest.mark.parametrize("text", ["", "jq_", "jq_0123456789_" + "A" * 43, "x" * 5000, "令牌"])
def test_what_is_no_token_opens_nothing(cast: Cast, text: str) -> None:
    answer = Client().get(
        f"/api/v1/sites/{cast.site.slug}/ledger/summary", headers={"Authorization": f"Bearer {text}"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "site.unknown")


def test_a_session_beside_a_token_counts_for_nothing(cast: Cast) -> None:
    where = f"/api/v1/sites/{cast.site.slug}/ledger/summary"
    owner = cast.clients["owner"]
    assert owner.get(where, headers={"Authorization": "Bearer nothing"}).status_code == 404
    assert owner.get(where, headers={"Authorization": "Basic b3duZXI6eA=="}).status_code == 404
    page = f"/s/{cast.site.slug}/desk/"
    _token, text = make(cast)
    assert Client().get(page, headers={"Authorization": f"Bearer {text}"}).status_code == 302, (
        "pages know sessions"
    )


def test_a_revoked_and_an_expired_token_are_told_so(cast: Cast) -> None:
    token, text = make(cast)
    with clock.frozen(clock.now() + SOON + timedelta(days=1)):
        assert get(cast, text).json()["code"] == "token.expired"
    assert (
        services.revoke_api_token(actor=cast.actor("owner"), token=token, reason=" ").code
        == "people.reason_missing"
    )
    ended = services.revoke_api_token(actor=cast.actor("owner"), token=token, reason="程序停用")
    again = services.revoke_api_token(actor=cast.actor("owner"), token=token, reason="再来一次")
    assert ended.id == again.id and again.reason == "程序停用"
    answer = get(cast, text)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.revoked")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_too_many_wrong_tokens_pause_that_token_from_there(cast: Cast) -> None:
    _token, text = make(cast)
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    statuses = [get(cast, wrong).status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    assert get(cast, text).status_code == 429, "from this network this token waits"
    assert get(cast, text, REMOTE_ADDR="203.0.113.9").status_code == 200, "elsewhere it does not"
    _other, other = make(cast)
    assert get(cast, other).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert get(cast, text).status_code == 200
    assert TokenFailure.objects.count() == 10, "what is paused is not counted on"
    assert services.forget_old_failures(clock.now() + timedelta(minutes=1)) == 10


def test_a_token_is_never_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _token, text = make(cast)
    get(cast, text)
    get(cast, text[:-1])
    secret = text.rsplit("_", 1)[1][:20]
    assert secret not in caplog.text
    assert secret not in repr(read_api_token(text))


def test_the_owner_makes_sees_and_ends_tokens_on_pages(cast: Cast) -> None:
    owner, base = cast.clients["owner"], f"/s/{cast.site.slug}/developer/"
    form = {"name": "ERP", "scopes": ["ledger.read"], "expires_on": (clock.today() + SOON).isoformat()}
    made = owner.post(base + "tokens/new/", form)
    assert "no-store" in made["Cache-Control"]
    text = made.context["text"]
    assert get(cast, text).status_code == 200
    listed = owner.get(base).content.decode()
    assert "ERP" in listed and text not in listed and text[:13] in listed
    with site_scope(cast.site.id):
        token = ApiToken.objects.get()
    ended = owner.post(f"{base}tokens/{token.id}/revoke/", {"reason": "不再使用"})
    assert ended.status_code == 302 and get(cast, text).status_code == 401
    assert owner.post(base + "tokens/new/", {"name": "ERP"}).status_code == 200, (
        "the form again, with its errors"
    )
