"""Colour and logo of a site: set with evidence, served by name, shown on its pages, read by the letterhead."""

from django.test import Client
from tests.cast import Cast

from jieqing.estate.sites import selectors
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.services import set_appearance
from jieqing.estate.sites.tests.pictures import png
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.selectors import entries_for_subject


def test_a_chosen_colour_is_linked_on_the_sites_pages_only(cast: Cast) -> None:
    owner = cast.clients["owner"]
    assert b"/theme/" not in owner.get(f"/s/{cast.site.slug}/desk/").content
    assert not is_problem(set_appearance(actor=cast.actor("owner"), site_id=cast.site.id, primary="#B3261E"))
    page = owner.get(f"/s/{cast.site.slug}/desk/").content.decode()
    name = selectors.theme_of(Site.objects.get(pk=cast.site.id)).sheet_name
    assert f'href="/theme/{name}"' in page
    assert b"/theme/" not in cast.clients["stranger"].get(f"/s/{cast.other_site.slug}/desk/").content
    sheet = Client().get(f"/theme/{name}")
    assert sheet.status_code == 200 and b"--primary-fill:#B3261E" in sheet.content
    assert "immutable" in sheet["Cache-Control"] and sheet["Content-Type"] == "text/css"


def test_a_sheet_is_served_under_its_own_name_only(db: None) -> None:
    for name in ("b3261e-00000000.css", "ffcc00-12345678.css", "x", "../../etc/passwd", "b3261e"):
        assert Client().get(f"/theme/{name}").status_code == 404


def test_a_refused_colour_or_logo_changes_nothing(cast: Cast) -> None:
    for change in ({"primary": "#FFEE00"}, {"logo": b"<svg/>"}, {"primary": "#B3261E", "logo": b"x"}):
        assert is_problem(set_appearance(actor=cast.actor("owner"), site_id=cast.site.id, **change))
    site = Site.objects.get(pk=cast.site.id)
    assert (site.primary_colour, site.logo_key) == ("", "")


def test_the_logo_is_served_by_its_digest_and_stands_on_the_letterhead(cast: Cast) -> None:
    set_appearance(actor=cast.actor("owner"), site_id=cast.site.id, logo=png())
    page = cast.clients["owner"].get(f"/s/{cast.site.slug}/desk/").content.decode()
    address = page.split('class="side__logo" src="')[1].split('"')[0]
    served = Client().get(address)
    assert served.status_code == 200 and served["Content-Type"] == "image/png"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/s/{cast.other_site.slug}/logo/{address.rsplit('/', 1)[1]}").status_code == 404
    head = selectors.letterhead(cast.site.id)
    assert head.logo_bytes == served.content and head.name == cast.site.name
    assert (head.kind_zh, head.primary) == ("企业自有应收账款团队", "#1257E0")


def test_the_same_look_again_leaves_no_second_entry(cast: Cast) -> None:
    for _ in range(2):
        set_appearance(actor=cast.actor("owner"), site_id=cast.site.id, primary="#0E7490")
    with site_scope(cast.site.id):
        entries = entries_for_subject(f"estate.sites.site:{cast.site.id}")
    assert [entry.action for entry in entries].count("estate.sites.appearance_set") == 1
