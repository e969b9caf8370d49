"""A visitor asks: nothing twice, nothing lost, nothing readable in the database, all of it theirs to take back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.cast import Cast

from jieqing.estate.reception import access, selectors, services
from jieqing.estate.reception.engine.enquiries import Contact, ContactKind, State
from jieqing.estate.reception.engine.patience import PER_HOUR
from jieqing.estate.reception.models import Enquiry, EnquiryStep
from jieqing.estate.reception.tests.asking import FORM, ask, asked, send
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence
from jieqing.trust.evidence import services as evidence_services
from jieqing.trust.notices.selectors import notices
from jieqing.trust.notices.services import read_mail


def test_a_visitor_gets_a_number_a_clock_and_a_link(cast: Cast) -> None:
    response = send(cast)
    assert response.status_code == 200 and response.redirect_chain
    page = response.content.decode()
    with site_scope(cast.site.id):
        enquiry = Enquiry.objects.get()
        mail = read_mail(notices()[0], with_secrets=True).body
    assert enquiry.due_at - enquiry.received_at == timedelta(hours=72)
    assert enquiry.reference in page and FORM["story"] in page
    link = response.redirect_chain[0][0]
    assert link in mail and enquiry.reference in mail
    assert "noindex" in response["X-Robots-Tag"] and "no-store" in response["Cache-Control"]


def test_the_database_alone_reads_nothing(cast: Cast) -> None:
    send(cast)
    with site_scope(cast.site.id), connection.cursor() as cursor:
        for table in ("reception_enquiry", "reception_step", "evidence_entry"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows = "".join(row[0] for row in cursor.fetchall())
            for secret in (FORM["name"], FORM["contact"], FORM["story"], "127.0.0.1"):
                assert secret not in rows
                assert secret.encode().hex() not in rows


@pytest.mark.parametrize(
    "change",
    [
        {"consent": ""},
        {"contact": "no way"},
        {"story": " "},
        {"topic": "x"},
        {"asker": ""},
        {"name": "\u200b"},
        {"form_key": "x"},
        {"website": "http://spam"},
        {"story": "长" * 4001},
        {"story": "零\x00字节零字节"},
    ],
)
def test_a_bad_form_is_refused_and_keeps_what_was_written(cast: Cast, change: dict[str, str]) -> None:
    response = send(cast, **change)
    assert response.status_code == 422
    page = response.content.decode()
    kept = FORM["name"] if "story" in change else FORM["story"]
    assert kept in page
    with site_scope(cast.site.id):
        assert not Enquiry.objects.exists()


def test_the_consent_is_not_ticked_for_anybody(cast: Cast) -> None:
    page = Client().get(f"/s/{cast.site.slug}/consultation/").content.decode()
    box = re.search(r'<input[^>]*name="consent"[^>]*>', page)
    assert box and "checked" not in box[0]


def test_hostile_words_are_shown_as_words(cast: Cast) -> None:
    nasty = "<script>alert(1)</script>\u202e{{ settings.SECRET_KEY }}{% now %}'\""
    response = send(cast, name="<b>李", story=nasty)
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>" not in page and "&lt;script&gt;" in page and "\u202e" not in page
    assert "{{ settings.SECRET_KEY }}" in page
    inbox = cast.clients["owner"].get(f"/s/{cast.site.slug}/enquiries/").content.decode()
    assert "<b>李" not in inbox


def test_the_same_form_twice_is_one_enquiry(cast: Cast) -> None:
    question = asked()
    first, second = ask(cast.site.id, question), ask(cast.site.id, question)
    assert not is_problem(first) and not is_problem(second)
    assert (first.enquiry.pk, first.token) == (second.enquiry.pk, second.token)
    assert (first.is_new, second.is_new) == (True, False)
    with site_scope(cast.site.id):
        assert Enquiry.objects.count() == 1 and notices().count() == 1


def test_the_same_form_with_other_words_asks_before_it_becomes_another(cast: Cast) -> None:
    question = asked()
    ask(cast.site.id, question)
    again = ask(cast.site.id, asked(question.form_key, story="我要补充一件事，请一并核实。"))
    assert is_problem(again) and again.code == "enquiry.sent_before"


def test_one_network_may_ask_often_but_not_flood(cast: Cast) -> None:
    with clock.frozen(clock.now()) as _:
        for _number in range(PER_HOUR):
            assert not is_problem(ask(cast.site.id))
        refused = ask(cast.site.id)
        assert is_problem(refused) and refused.code == "enquiry.too_many"
        assert not is_problem(ask(cast.site.id, address="203.0.113.8"))
        assert not is_problem(ask(cast.other_site.id)), "another site counts for itself"
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert not is_problem(ask(cast.site.id))


def test_a_telephone_gets_no_mail_and_a_link_on_the_page(cast: Cast) -> None:
    response = send(cast, contact="13812345678")
    assert "我们不会打电话给您" in response.content.decode()
    with site_scope(cast.site.id):
        assert not notices().exists()


def test_a_link_of_one_site_opens_nothing_on_another(cast: Cast) -> None:
    link = send(cast).redirect_chain[0][0]
    other = link.replace(cast.site.slug, cast.other_site.slug)
    assert Client().get(link).status_code == 200
    changed = link[:-3] + ("x" if link[-3] != "x" else "y") + link[-2:]
    for address in (other, changed, f"{link[:-5]}/"):
        assert Client().get(address).status_code == 404


def test_taking_it_back_stops_the_clock_once(cast: Cast) -> None:
    browser = Client()
    link = send(cast, browser).redirect_chain[0][0]
    assert "已撤回" in browser.post(f"{link}withdraw/", follow=True).content.decode()
    assert browser.post(f"{link}withdraw/").status_code == 409
    with site_scope(cast.site.id):
        assert selectors.waiting().open == 0 and selectors.measured_share().withdrawn == 1


def test_erasing_leaves_a_number_and_nothing_of_the_person(cast: Cast) -> None:
    browser = Client()
    link = send(cast, browser).redirect_chain[0][0]
    page = browser.post(f"{link}erase/", follow=True).content.decode()
    assert "内容已删除" in page and FORM["story"] not in page and FORM["contact"] not in page
    assert browser.post(f"{link}erase/").status_code == 302, "twice does nothing more"
    with site_scope(cast.site.id):
        enquiry = Enquiry.objects.get()
        assert selectors.contents_of(enquiry) is None
        assert [step.state for step in selectors.steps_of(enquiry)] == ["received", "withdrawn", "erased"]
        opened = evidence.proof_bundle(enquiry.entry_id, disclose={"name": FORM["name"]})
        assert is_problem(opened)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM evidence_salt WHERE entry_id = %s", [enquiry.entry_id])
            assert cursor.fetchone() == (0,)


@pytest.mark.rows_by_hand("what a restored backup brings back")
def test_what_a_backup_brings_back_is_emptied_again(cast: Cast) -> None:
    erased, kept = ask(cast.site.id), ask(cast.site.id)
    assert not is_problem(erased) and not is_problem(kept)
    actor = system_actor(cast.site.id, "test")
    with site_scope(cast.site.id):
        before = Enquiry.objects.get(pk=erased.enquiry.pk)
        evidence_services.destroy_salts(actor=actor, entry_ids=[before.entry_id], reason="test")
        assert services.empty_erased(actor=actor) == 1
        assert services.empty_erased(actor=actor) == 0
        assert selectors.contents_of(Enquiry.objects.get(pk=erased.enquiry.pk)) is None
        assert selectors.contents_of(Enquiry.objects.get(pk=kept.enquiry.pk)) is not None


def test_the_application_cannot_rewrite_an_enquiry(cast: Cast) -> None:
    from django.db import ProgrammingError, transaction

    send(cast)
    for change in ("received_at = now()", "due_at = now()", "reference = 'ZX'", "topic = 'other'"):
        with (
            site_scope(cast.site.id),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE reception_enquiry SET {change}")


def test_what_is_old_is_emptied_at_night(cast: Cast) -> None:
    received = ask(cast.site.id, asked(contact=Contact(ContactKind.PHONE, "13812345678")))
    assert not is_problem(received)
    actor = system_actor(cast.site.id, "test")
    with site_scope(cast.site.id):
        services.withdraw_enquiry(actor=actor, enquiry=received.enquiry)
    with clock.frozen(clock.now() + timedelta(days=3)), site_scope(cast.site.id):
        assert services.forget_old(actor=actor) == 0
        enquiry = Enquiry.objects.get()
        assert enquiry.source_key is None and selectors.contents_of(enquiry) is not None
    with clock.frozen(clock.now() + timedelta(days=181)), site_scope(cast.site.id):
        assert services.forget_old(actor=actor) == 1
        assert services.forget_old(actor=actor) == 0
        found = access.enquiry_by_id(received.enquiry.pk)
        assert not is_problem(found) and selectors.contents_of(found) is None
        assert EnquiryStep.objects.filter(state=State.ERASED).count() == 1
