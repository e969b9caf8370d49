"""A file that somebody only looked at goes by night when its days are over, in evidence; one that was read in stays."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import (
    StoredFileError,
    aside_since,
    drop_aside,
    open_aside,
    open_stored,
    set_aside,
)
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.opening import OpeningTerms
from jieqing.recovery.cases.models import CaseFile
from jieqing.recovery.cases.tests.books import import_books
from jieqing.trust.evidence.models import Entry

FILE = "案件,单据号,债务人,承办人,办理方式,备注\nA,INV-001,,,普通,\n".encode()


def looked_at(cast: Cast, data: bytes = FILE) -> str:
    address = f"/s/{cast.site.slug}/cases/import/"
    upload = SimpleUploadedFile("cases.csv", data, "text/csv")
    text = cast.clients["owner"].post(address, {"kind": "cases", "file": upload}).content.decode()
    draft = re.search(r'name="draft" value="([^"]+)"', text)
    assert draft is not None, text
    return draft[1]


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks: Any) -> None:
    """A test's transaction never commits: what is done then is done at the end of each step here."""
    global _commits
    _commits = django_capture_on_commit_callbacks


_commits: Any = None


def read_in(cast: Cast, draft: str) -> Any:
    with _commits(execute=True):
        return _read_in(cast, draft)


def _read_in(cast: Cast, draft: str) -> Any:
    return cast.clients["owner"].post(f"/s/{cast.site.slug}/cases/import/", {"draft": draft})


def waiting(cast: Cast) -> list[str]:
    return aside_since(cast.site.id, clock.now() + timedelta(days=400))


def night(cast: Cast, days: int) -> int:
    with _commits(execute=True), clock.frozen(clock.now() + timedelta(days=days)):
        return services.forget_previews(actor=cast.actor("owner"))


@pytest.fixture
def books(cast: Cast) -> Cast:
    import_books(cast.actor("owner"))
    return cast


def entries(cast: Cast) -> list[Any]:
    with site_scope(cast.site.id):
        return list(Entry.objects.filter(action="recovery.cases.previews_removed"))


def test_a_preview_goes_after_its_days_and_leaves_an_entry(books: Cast) -> None:
    looked_at(books)
    (digest,) = waiting(books)
    assert night(books, 6) == 0
    assert entries(books) == []
    assert night(books, 8) == 1
    assert waiting(books) == []
    (entry,) = entries(books)
    facts = json.loads(bytes(entry.body))["facts"]
    assert (facts["count"], facts["files"], facts["days"]) == (1, [digest], 7)
    assert night(books, 9) == 0
    assert len(entries(books)) == 1, "nothing to remove is no entry"


def test_the_days_are_the_sites_own(books: Cast) -> None:
    terms = OpeningTerms(min_overdue_days=1, min_open_minor=0, currency="CNY", preview_days=2)
    set_ = services.set_opening_rule(actor=books.actor("owner"), terms=terms, is_on=False, reason="两天足够")
    assert not is_problem(set_), set_
    looked_at(books)
    assert night(books, 1) == 0
    assert night(books, 3) == 1


def test_what_was_read_in_is_kept_for_good_and_no_longer_aside(books: Cast) -> None:
    assert read_in(books, looked_at(books)).status_code == 302
    assert waiting(books) == []
    assert night(books, 400) == 0
    with site_scope(books.site.id):
        row = CaseFile.objects.get()
    assert open_stored(books.site.id, row.file_key) == FILE


def test_a_second_click_gets_the_first_ones_answer(books: Cast) -> None:
    draft = looked_at(books)
    assert read_in(books, draft).status_code == 302
    assert read_in(books, draft).status_code == 302
    with site_scope(books.site.id):
        assert CaseFile.objects.count() == 1


def test_a_preview_that_is_gone_asks_for_the_file_again(books: Cast) -> None:
    draft = looked_at(books)
    drop_aside(books.site.id, waiting(books))
    answer = read_in(books, draft)
    assert answer.status_code == 422
    assert "预览已过期" in answer.content.decode()
    with site_scope(books.site.id):
        assert not CaseFile.objects.exists()


def test_looking_again_begins_the_days_anew(books: Cast) -> None:
    looked_at(books)
    looked_at(books)
    assert len(waiting(books)) == 1


def test_sites_do_not_see_what_others_set_aside(books: Cast) -> None:
    looked_at(books)
    (digest,) = waiting(books)
    assert open_aside(books.other_site.id, digest) is None
    assert aside_since(books.other_site.id, clock.now() + timedelta(days=400)) == []
    with clock.frozen(clock.now() + timedelta(days=400)):
        assert services.forget_previews(actor=books.actor("stranger")) == 0
    assert waiting(books) == [digest]
    drop_aside(books.other_site.id, [digest])
    assert waiting(books) == [digest]


@pytest.mark.parametrize("name", ["", "../other", "a" * 63, "A" * 64, f"{uuid4()}/{'a' * 64}"])
def test_only_a_digest_names_what_was_set_aside(cast: Cast, name: str) -> None:
    with pytest.raises(StoredFileError):
        open_aside(cast.site.id, name)
    with pytest.raises(StoredFileError):
        drop_aside(cast.site.id, [name])


def test_the_same_bytes_are_one_file(cast: Cast) -> None:
    assert set_aside(cast.site.id, b"x") == set_aside(cast.site.id, b"x")
