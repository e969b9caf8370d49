"""Contact points: read alike however they are spelled, sealed, masked, corrected by a new row, opened for a purpose."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast

from jieqing.claims.parties import access, services
from jieqing.claims.parties.engine.contact_points import (
    BelongsTo,
    Point,
    PointKind,
    PointSource,
    masked,
    read_point,
    read_zone,
)
from jieqing.claims.parties.engine.matching import Mention
from jieqing.claims.parties.engine.purposes import RevealPurpose
from jieqing.claims.parties.models import ContactPoint, Party
from jieqing.claims.parties.selectors import contact_points_of
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing.guard import rows_by_hand

MOBILE = "13812345678"


def debtor(cast: Cast, name: str = "李明") -> Party:
    """A debtor of the cast's site; the caller is in its scope."""
    with rows_by_hand("an import records its parties with its rows"):
        ids = services.upsert_parties(actor=cast.actor("owner"), mentions=[Mention(name)])
    return Party.objects.get(pk=next(iter(ids.values())))


def add(cast: Cast, party: Party, value: str = MOBILE, **more) -> ContactPoint:
    point = services.add_contact_point(
        actor=cast.actor("owner"),
        party=party,
        kind=PointKind(more.pop("kind", PointKind.MOBILE)),
        value=value,
        **more,
    )
    assert not is_problem(point), point
    return point


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "＋86 138１２３４5678",
        "0086 13812345678",
        "8613812345678",
    ],
)
def test_one_number_has_one_form(text: str) -> None:
    read = read_point(PointKind.PHONE, text)
    assert isinstance(read, Point)
    assert (read.kind, read.value, read.timezone) == (PointKind.MOBILE, MOBILE, "Asia/Shanghai")


@pytest.mark.parametrize(
    ("kind", "text", "value", "zone"),
    [
        (PointKind.PHONE, "0510-8500 1234 转 801", "051085001234转801", "Asia/Shanghai"),
        (PointKind.PHONE, "+86 510 85001234", "051085001234", "Asia/Shanghai"),
        (PointKind.PHONE, "+852 2800 0000", "+85228000000", "Asia/Hong_Kong"),
        (PointKind.PHONE, "+1 (202) 555-0100", "+12025550100", None),
        (PointKind.PHONE, "400-810-1234", "4008101234", None),
        (PointKind.PHONE, "85001234", "85001234", None),
        (PointKind.EMAIL, "Li.Ming@Example.com", "Li.Ming@Example.com", None),
        (PointKind.ADDRESS, " 江苏省无锡市  滨湖区蠡湖大道1号 ", "江苏省无锡市 滨湖区蠡湖大道1号", None),
    ],
)
def test_values_and_zones(kind: PointKind, text: str, value: str, zone: str | None) -> None:
    read = read_point(kind, text)
    assert isinstance(read, Point)
    assert (read.value, read.timezone) == (value, zone)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (PointKind.MOBILE, "无", "parties.not_a_number"),
        (PointKind.MOBILE, "1234", "parties.not_a_number"),
        (PointKind.MOBILE, "138123456781381234567", "parties.not_a_number"),
        (PointKind.EMAIL, "li@", "parties.not_an_email"),
        (PointKind.EMAIL, "li@host", "parties.not_an_email"),
        (PointKind.ADDRESS, "  ", "parties.point_empty"),
    ],
)
def test_what_is_no_point_is_said_so(kind: PointKind, text: str, code: str) -> None:
    read = read_point(kind, text)
    assert isinstance(read, Problem)
    assert read.code == code


def test_a_zone_is_an_iana_zone_or_unknown() -> None:
    assert read_zone(" ") is None
    assert read_zone("Asia/Urumqi") == "Asia/Urumqi"
    assert isinstance(read_zone("北京"), Problem)


@pytest.mark.parametrize("kind", list(PointKind))
@pytest.mark.parametrize(
    "value", ["13812345678", "li@a.cn", "12345", "江苏省无锡市滨湖区蠡湖大道1号", "蠡湖大道1号", "wxid"]
)
def test_a_mask_never_shows_the_whole(kind: PointKind, value: str) -> None:
    assert value not in masked(kind, value)
    assert "*" in masked(kind, value)


def test_a_point_is_sealed_masked_and_in_evidence(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party, holder="王小明", belongs_to=BelongsTo.FAMILY)
        row = ContactPoint.objects.get(pk=point.pk)
        assert MOBILE.encode() not in bytes(row.value_sealed) + bytes(row.lookup)
        view = contact_points_of([party.pk])[party.pk][0]
        assert (view.shown, view.holder, view.timezone) == ("138****5678", "王**", "Asia/Shanghai")
        assert (view.is_valid, view.state, view.source) == (True, "", PointSource.HAND)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT convert_from(body, 'UTF8') FROM evidence_entry WHERE id = %s", [row.entry_id]
            )
            written = cursor.fetchone()[0]
    assert "claims.parties.point_added" in written
    assert MOBILE not in written
    assert "王小明" not in written


def test_the_same_number_is_not_kept_twice(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        again = services.add_contact_point(
            actor=cast.actor("owner"), party=party, kind=PointKind.PHONE, value="+86 138-1234-5678"
        )
        assert isinstance(again, Problem)
        assert (again.code, again.details["point"]) == ("parties.point_known", str(point.pk))
        other = debtor(cast, "王芳")
        assert add(cast, other).party_id == other.pk


def test_a_correction_is_a_new_row(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        wrong = add(cast, party)
        right = services.correct_contact_point(
            actor=cast.actor("owner"), point=wrong, value="13812345679", reason="本人更正"
        )
        assert not is_problem(right)
        assert [view.shown for view in contact_points_of([party.pk])[party.pk]] == ["138****5679"]
        states = {view.id: view.state for view in contact_points_of([party.pk], with_gone=True)[party.pk]}
        assert states == {wrong.pk: "replaced", right.pk: ""}


def test_invalid_has_a_reason_and_can_be_confirmed_again(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        silent = services.mark_invalid(actor=cast.actor("owner"), point=point, reason=" ")
        assert is_problem(silent)
        services.mark_invalid(actor=cast.actor("owner"), point=point, reason="空号")
        view = contact_points_of([party.pk])[party.pk][0]
        assert (view.is_valid, view.state, view.state_reason) == (False, "invalid", "空号")
        services.confirm_point(actor=cast.actor("owner"), point=point)
        assert contact_points_of([party.pk])[party.pk][0].is_valid


def test_opening_a_point_names_its_purpose_in_evidence(cast: Cast) -> None:
    with site_scope(cast.site.id):
        point = add(cast, debtor(cast))
        value = services.reveal_point(
            actor=cast.actor("owner"), point=point, purpose=RevealPurpose.LEGAL_DOCUMENT
        )
        assert value == MOBILE
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT convert_from(body, 'UTF8') FROM evidence_entry WHERE subject = %s AND action = %s",
                [f"claims.parties.point:{point.pk}", "claims.parties.point_revealed"],
            )
            assert "legal_document" in cursor.fetchone()[0]


def test_a_point_can_be_emptied_and_nothing_else_of_it_changed(cast: Cast) -> None:
    with site_scope(cast.site.id):
        party = debtor(cast)
        point = add(cast, party)
        services.mark_invalid(actor=cast.actor("owner"), point=point, reason="本人说已换号")
        assert services.erase_point(actor=cast.actor("owner"), point=point, reason="本人要求删除") is not None
        assert services.erase_point(actor=cast.actor("owner"), point=point, reason="再一次") is None
        row = ContactPoint.objects.get(pk=point.pk)
        assert (row.value_sealed, row.lookup, row.holder_sealed) == (None, None, None)
        assert [state.reason for state in row.states.all()] == ["", ""]
        assert is_problem(services.confirm_point(actor=cast.actor("owner"), point=point))
        assert contact_points_of([party.pk])[party.pk] == []
        with pytest.raises(DatabaseError), transaction.atomic(), rows_by_hand("what the role may not do"):
            ContactPoint.objects.filter(pk=point.pk).update(belongs_to="debtor")


def test_another_sites_point_is_not_there(cast: Cast) -> None:
    with site_scope(cast.site.id):
        point = add(cast, debtor(cast))
    with site_scope(cast.other_site.id):
        assert is_problem(access.point_by_id(cast.actor("stranger"), point.pk))
