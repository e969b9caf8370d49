"""Codes, recovery codes, sessions: allauth's ceremonies in our pages, with our log, evidence and notices."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.template.loader import get_template
from django.test import Client, TestCase
from django.urls import get_resolver
from tests.cast import PASSWORD, Cast

from jieqing.estate.accounts.models import SignIn, UserSession

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")

HOLLOW = (
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response":'
    ' {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "AAAA"}}'
)


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def signed_in(username: str = "owner", agent: str = "Mozilla/5.0 (X11; Linux) Chrome/156.0") -> Client:
    browser = Client(HTTP_USER_AGENT=agent)
    assert browser.post("/sign-in/", {"username": username, "password": PASSWORD}).status_code == 302
    return browser


def confirm(browser: Client) -> None:
    assert browser.post("/account/confirm/", {"password": PASSWORD}).status_code == 302


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def with_codes(browser: Client) -> str:
    """Turn on authenticator codes as a person does; returns the secret."""
    confirm(browser)
    page = browser.get("/account/security/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    # allauth tells of a new method after commit; a test's own transaction never commits.
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = browser.post("/account/security/totp/activate/", {"code": code_now(secret)})
    assert response.status_code == 302 and "recovery-codes" in response["Location"]
    return secret


def changes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT convert_from(body, 'UTF8')::json #>> '{facts,change}' FROM evidence_entry"
            " WHERE action = 'estate.accounts.sign_in_method_changed' ORDER BY id"
        )
        return [change for (change,) in cursor.fetchall()]


def test_changing_a_method_asks_for_the_password_again(cast: Cast) -> None:
    browser = signed_in()
    response = browser.get("/account/security/totp/activate/")
    assert response.status_code == 302 and response["Location"].startswith("/account/confirm/")


def test_codes_are_asked_for_after_the_password(cast: Cast) -> None:
    secret = with_codes(signed_in())
    browser = Client()
    response = browser.post("/sign-in/", {"username": "owner", "password": PASSWORD})
    assert response["Location"].startswith("/account/security/authenticate/")
    assert browser.get("/account/activity/").status_code == 302, "not in yet"
    assert "再验证一步" in browser.get("/account/security/authenticate/").content.decode()
    wrong = browser.post("/account/security/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200 and "field__error" in wrong.content.decode()
    assert browser.post("/account/security/authenticate/", {"code": code_now(secret)})["Location"] == "/"
    assert browser.get("/account/activity/").status_code == 200
    methods = list(SignIn.objects.order_by("at").values_list("method", "is_success"))
    assert methods == [("password", True), ("password_code", False), ("password_code", True)]
    assert changes() == ["codes_app_added", "recovery_codes_made"]


def test_a_recovery_code_works_once(cast: Cast) -> None:
    first = signed_in()
    with_codes(first)
    page = first.get("/account/security/recovery-codes/").content.decode()
    code = re.search(r"<li>([\w-]+)</li>", page)[1]
    for expected in (302, 200):
        browser = Client()
        browser.post("/sign-in/", {"username": "owner", "password": PASSWORD})
        assert browser.post("/account/security/authenticate/", {"code": code}).status_code == expected
    assert SignIn.objects.filter(method="password_recovery", is_success=True).count() == 1


def test_secrets_are_sealed_at_rest(cast: Cast) -> None:
    secret = with_codes(signed_in())
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and "gAAAA" in kept


def test_turning_codes_off_is_told(cast: Cast) -> None:
    browser = signed_in()
    with_codes(browser)
    assert browser.post("/account/security/totp/deactivate/").status_code == 302
    assert changes()[-1] == "codes_app_removed"
    assert not Authenticator.objects.exists()


def test_a_session_is_ended_from_afar(cast: Cast) -> None:
    here, there = signed_in(), signed_in(agent="Mozilla/5.0 (iPhone) Safari/600")
    page = here.get("/account/activity/").content.decode()
    assert "Safari · iOS" in page and "Chrome · Linux" in page
    other = UserSession.objects.get(client="Safari · iOS")
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/account/activity/").status_code == 302, "signed out"
    assert here.get("/account/activity/").status_code == 200


def test_nobody_ends_another_persons_session(cast: Cast) -> None:
    signed_in("teammate")
    other = UserSession.objects.get()
    assert signed_in().post(f"/account/sessions/{other.pk}/end/").status_code == 404


def test_signing_out_ends_the_row(cast: Cast) -> None:
    browser = signed_in()
    assert browser.post("/sign-out/").status_code == 302
    row = UserSession.objects.get()
    assert row.ended_at and row.session_key is None


def test_a_passkey_answer_that_is_none_opens_nothing(cast: Cast) -> None:
    browser = Client()
    options = browser.get("/account/security/webauthn/login/", HTTP_ACCEPT="application/json").json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    shapes = ('{"id": "x"}', '{"id": 1, "rawId": 2, "type": 3, "response": {}}', HOLLOW)
    for forged in ("{}", "null", "[]", *shapes):
        response = browser.post("/account/security/webauthn/login/", {"credential": forged})
        assert response.status_code == 302 and response["Location"] == "/sign-in/"
    assert browser.get("/account/activity/").status_code == 302


def test_every_page_of_allauth_wears_our_clothes() -> None:
    """No template of allauth's own may be reached: each view's template is found in this room first."""
    found = 0
    for pattern in _views(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", None)
        name = getattr(view, "template_name", None)
        if view and view.__module__.startswith("allauth.") and name:
            origin = Path(get_template(name).origin.name)
            assert "estate/accounts/templates" in origin.as_posix(), name
            found += 1
    assert found >= 10


def _views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern
