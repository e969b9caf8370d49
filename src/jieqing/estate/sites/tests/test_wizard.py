"""From the public wizard to a live site, page by page, and what may go wrong on the way."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast
from tests.tenants import appoint, join_owner

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.engine.patience import SIGN_UPS, SOURCE_KEPT
from jieqing.estate.sites.models import (
    Agreement,
    Invoice,
    Licence,
    Profile,
    SelfTest,
    SignUp,
    Site,
    StateChange,
)
from jieqing.estate.sites.services.papers import account_number
from jieqing.estate.sites.services.sign_ups import forget_old_sign_ups
from jieqing.estate.sites.tests.applying import (
    CREDIT_CODE,
    LICENCE,
    PASSWORD,
    PROFILE,
    draft,
    fill_in,
    owner_of,
    state_of,
)
from jieqing.estate.sites.tests.pictures import png
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.models import Entry
from jieqing.trust.evidence.testing import publish_all

START = {"kind": "in_house", "name": "太湖机械有限公司", "slug": "taihu"}
OWNER = {"display_name": "周负责", "username": "zhou", "password": PASSWORD}


@pytest.fixture
def cheap(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def begin(client: Client, **other: str) -> Client:
    assert client.post("/rent/", START | other)["Location"] == "/rent/account/"
    slug = (START | other)["slug"]
    answer = client.post("/rent/account/", OWNER | {"username": f"owner-{slug}"})
    assert answer["Location"] == f"/s/{slug}/rental/papers/", answer.content.decode()
    return client


def papers(**other: object) -> dict[str, object]:
    return {**PROFILE, "licence_number": "", "licence": SimpleUploadedFile("执照.pdf", LICENCE), **other}


@pytest.mark.django_db(transaction=True, databases=["default", "sequencer"])
def test_from_the_first_page_to_a_live_site(cheap: None, tmp_path) -> None:
    tenant = begin(Client())
    base = "/s/taihu/rental/"
    assert tenant.post(f"{base}papers/", papers())["Location"] == f"{base}filing/"
    filing = {"number": "苏备-1", "authority": "无锡市工信局", "from_on": "2026-01-01", "until_on": ""}
    assert tenant.post(f"{base}filing/", filing)["Location"] == f"{base}account/"
    account = {"bank": "无锡农村商业银行", "holder": "太湖机械有限公司", "number": "6222 0213 0401 6621"}
    assert tenant.post(f"{base}account/", account)["Location"] == f"{base}look/"
    look = {"primary": "#0e7490", "logo": SimpleUploadedFile("a.png", png())}
    assert tenant.post(f"{base}look/", look)["Location"] == f"{base}agreement/"
    agreed = {"version": CURRENT.version, "accept": "on"}
    assert tenant.post(f"{base}agreement/", agreed)["Location"] == f"{base}submit/"
    assert tenant.post(f"{base}submit/", {"step": "submit", "expected": "draft"})["Location"] == base
    site = Site.objects.get(slug="taihu")
    assert site.state == "submitted" and selectors.has_standing_placement(site.id)

    operator = Client()
    operator.force_login(appoint())
    shown = operator.get("/operator/sites/taihu/").content.decode()
    assert CREDIT_CODE in shown and "**** 6621" in shown and "622202130401" not in shown
    assert operator.get("/operator/sites/taihu/licence/").content == LICENCE
    decided = operator.post(
        "/operator/sites/taihu/decide/", {"step": "file", "expected": "submitted", "reason": "证照与公示一致"}
    )
    assert decided.status_code == 302 and state_of(site) == "filed"

    with site_scope(site.id):
        probe = Entry.objects.get(action="estate.sites.self_test_begun")
    assert isinstance(services.finish_self_test(site_id=site.id, probe_id=probe.id), Problem), (
        "not published yet"
    )
    publish_all(tmp_path)
    assert services.finish_self_test(site_id=site.id, probe_id=probe.id).is_passed
    assert state_of(site) == "live"
    facts = selectors.site_facts(site.id)
    assert (facts.live, facts.filing_valid, facts.agreement, facts.kind) == (True, True, True, "in_house")
    head = selectors.letterhead(site.id)
    assert (head.filing_number, head.licence_number, head.primary) == ("苏备-1", CREDIT_CODE, "#0E7490")
    assert head.supervised_account_masked == "无锡农村商业银行 **** 6621" and head.logo_bytes
    with site_scope(site.id):
        assert [row.after for row in StateChange.objects.order_by("number")] == [
            "draft",
            "submitted",
            "filed",
            "live",
        ]
        assert Invoice.objects.count() == 1
        assert services.finish_self_test(site_id=site.id, probe_id=probe.id).id == SelfTest.objects.get().id
    assert tenant.get("/")["Location"] == "/s/taihu/desk/"


def test_a_refused_name_says_the_article_and_keeps_what_was_typed(cheap: None, db: None) -> None:
    client = Client()
    answer = client.post("/rent/", START | {"name": "无锡追 债有限公司"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "国经贸综合〔2000〕568号" in page and "追 债" in page
    assert not Site.objects.exists() and client.get("/rent/account/")["Location"] == "/rent/"


@pytest.mark.parametrize("kind", ["debt_collector", "", "company"])
def test_only_lawful_kinds_are_offered(kind: str, db: None) -> None:
    assert Client().post("/rent/", START | {"kind": kind}).status_code == 422


def test_a_taken_address_or_name_leaves_no_account_behind(cheap: None, cast: Cast) -> None:
    client = Client()
    assert client.post("/rent/", START | {"slug": cast.site.slug}).status_code == 422
    client.post("/rent/", START)
    draft("taihu")
    before = get_user_model().objects.count()
    answer = client.post("/rent/account/", OWNER)
    assert answer.status_code == 422 and "taihu" in answer.content.decode()
    assert get_user_model().objects.count() == before
    weak = client.post("/rent/account/", OWNER | {"password": "1"})
    assert weak.status_code == 422 and "周负责" in weak.content.decode()


def test_a_second_click_opens_no_second_site(cheap: None, cast: Cast) -> None:
    owner = cast.clients["owner"]
    first, second = owner.post("/rent/", START), owner.post("/rent/", START)
    assert first["Location"] == "/s/taihu/rental/papers/" and second["Location"] == "/s/taihu/rental/"
    assert Site.objects.filter(slug="taihu").count() == 1
    page = owner.get("/").content.decode()
    assert "太湖机械有限公司" in page and "草稿" in page and "继续填写申请" in page, (
        "an owner may hold several"
    )


def test_one_address_cannot_flood_the_directory(cheap: None, db: None) -> None:
    """Counted by a digest that goes after two days; a refusal keeps what was typed, and what is refused is not counted."""
    opened = SIGN_UPS[0][0]
    for number in range(opened):
        begin(Client(), slug=f"taihu-{number}", name=f"太湖机械有限公司{number}")
    client = Client()
    client.post("/rent/", START)
    answer = client.post("/rent/account/", OWNER)
    page = answer.content.decode()
    assert answer.status_code == 422 and "申请太多" in page and "周负责" in page
    assert Site.objects.count() == opened and not get_user_model().objects.filter(username="zhou").exists()
    elsewhere = client.post("/rent/account/", OWNER, REMOTE_ADDR="203.0.113.9")
    assert elsewhere["Location"] == "/s/taihu/rental/papers/"
    assert SignUp.objects.count() == opened + 1 and b"127.0.0.1" not in bytes(SignUp.objects.first().source)
    with clock.frozen(clock.now() + SOURCE_KEPT):
        assert forget_old_sign_ups() == opened + 1


def test_right_values_are_kept_when_another_is_wrong(cheap: None, db: None) -> None:
    tenant = begin(Client())
    wrong = papers(credit_code=CREDIT_CODE[:-1] + "X", licence=SimpleUploadedFile("a.pdf", b"MZ evil"))
    answer = tenant.post("/s/taihu/rental/papers/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and "校验位" in page and "PDF" in page and CREDIT_CODE[:-1] + "X" in page
    with site_scope(Site.objects.get().id):
        kept = Profile.objects.get()
        assert (kept.phone, kept.credit_code) == (PROFILE["phone"], "") and not Licence.objects.exists()
    assert PROFILE["address"] in tenant.get("/s/taihu/rental/papers/").content.decode(), "come back later"


def test_a_scope_that_bars_is_refused(cheap: None, db: None) -> None:
    answer = begin(Client()).post("/s/taihu/rental/papers/", papers(scope="商务咨询；代为要账"))
    assert answer.status_code == 422 and "要账" in answer.content.decode()


def test_the_same_step_twice_writes_once(cheap: None, db: None) -> None:
    site = draft()
    fill_in(site)
    fill_in(site)
    with site_scope(site.id):
        assert (Licence.objects.count(), Agreement.objects.count(), Profile.objects.count()) == (1, 1, 1)
        entries = Entry.objects.filter(
            action__in=["estate.sites.profile_saved", "estate.sites.filing_given"]
        ).count()
        assert entries == 2


def test_the_account_number_is_sealed_and_masked(db: None) -> None:
    site = draft()
    fill_in(site)
    with site_scope(site.id):
        account = selectors.account_of_site()
        assert account is not None and b"6222" not in bytes(account.sealed) and account.tail == "6621"
        assert account_number(account) == "6222021304016621"
        bodies = b"".join(bytes(entry.body) for entry in Entry.objects.all())
    assert b"6222021304016621" not in bodies


def test_an_incomplete_application_is_not_submitted(cheap: None, db: None) -> None:
    tenant = begin(Client())
    answer = tenant.post("/s/taihu/rental/submit/", {"step": "submit", "expected": "draft"})
    assert answer.status_code == 200 and "还不能提交" in answer.content.decode()
    assert Site.objects.get().state == "draft"


def test_an_old_agreement_is_not_accepted(db: None) -> None:
    site = draft()
    with site_scope(site.id):
        found = services.accept_agreement(actor=owner_of(site), site=site, version="2020-01", lang="zh")
    assert isinstance(found, Problem) and found.code == "site.agreement_changed"


def test_before_live_nothing_but_the_application_is_written(cheap: None, db: None) -> None:
    tenant = begin(Client())
    assert tenant.get("/s/taihu/desk/").status_code == 200
    answer = tenant.post("/s/taihu/ledger/imports/new/", {})
    assert answer.status_code == 403 and "还没有开通" in answer.content.decode()
    assert tenant.post("/s/taihu/people/invite/", {}).status_code == 200, "people may be invited before"


def test_a_membership_makes_an_owner(cheap: None, db: None) -> None:
    begin(Client())
    site = Site.objects.get()
    with site_scope(site.id):
        assert [row.role for row in apps.get_model("accounts", "Membership").objects.all()] == ["site_owner"]
    join_owner(site, appoint("second"))
