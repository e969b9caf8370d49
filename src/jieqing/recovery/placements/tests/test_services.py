"""A placement from draft to recall: nothing before signature and conflict check, one per debt, everything stops at once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import events
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.placements import selectors, services
from jieqing.recovery.placements.engine.terms import FeeTerms
from jieqing.recovery.placements.events import PlacementEnded, PlacementRecalled
from jieqing.recovery.placements.models import ConflictCheck, Placement, PlacementItem, PlacementState
from jieqing.recovery.placements.tests.placing import (
    PDF,
    active,
    creditor_of,
    import_ledger,
    opened,
    signed,
    terms,
)
from jieqing.trust.evidence.models import Entry


@pytest.fixture
def actor(cast: Cast) -> Actor:
    return cast.actor("owner")


@pytest.fixture
def ids(actor: Actor) -> dict[str, UUID]:
    return import_ledger(actor)


def in_force(actor: Actor, ids: dict[str, UUID], on: date | None = None) -> dict[str, UUID]:
    with site_scope(actor.own_site):
        found = selectors.active_placements_of(list(ids.values()), on=on)
    return {number: found[one] for number, one in ids.items() if one in found}


def code(outcome: object) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code


def test_a_placement_is_in_force_only_after_signature_check_and_activation(
    actor: Actor, ids: dict[str, UUID]
) -> None:
    placement = opened(actor, [ids["INV-001"], ids["INV-003"]])
    assert placement.number == f"WT-{clock.today().year}-0001"
    assert code(services.activate_placement(actor=actor, placement=placement)) == "placement.wrong_step"
    services.sign_placement(
        actor=actor, placement=placement, name="协议.pdf", data=PDF, signed_on=clock.today()
    )
    assert (
        code(services.activate_placement(actor=actor, placement=placement)) == "placement.conflicts_unchecked"
    )
    assert in_force(actor, ids) == {}
    services.decide_conflicts(actor=actor, placement=placement, is_accepted=True)
    assert not is_problem(services.activate_placement(actor=actor, placement=placement))
    assert in_force(actor, ids) == {"INV-001": placement.id, "INV-003": placement.id}
    with site_scope(actor.own_site):
        states = PlacementState.objects.filter(placement=placement).order_by("number")
        assert list(states.values_list("state", flat=True)) == ["draft", "signed", "active"]
        actions = Entry.objects.filter(subject=f"recovery.placements.placement:{placement.id}")
        assert actions.count() == 4


def test_a_debt_lies_in_one_active_placement(actor: Actor, ids: dict[str, UUID]) -> None:
    first = active(actor, [ids["INV-001"], ids["INV-002"]])
    second = signed(actor, [ids["INV-002"], ids["INV-003"]])
    refused = services.activate_placement(actor=actor, placement=second)
    assert code(refused) == "placement.already_placed"
    assert "INV-002" in refused.zh
    assert in_force(actor, ids) == {"INV-001": first.id, "INV-002": first.id}
    assert not is_problem(services.recall_placement(actor=actor, placement=first, reason="客户要求"))
    assert not is_problem(services.activate_placement(actor=actor, placement=second))
    assert set(in_force(actor, ids)) == {"INV-002", "INV-003"}


def test_a_recall_tells_the_cases_in_its_own_transaction(
    actor: Actor, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[PlacementRecalled] = []
    monkeypatch.setitem(events._now, PlacementRecalled, [heard.append])
    placement = active(actor, [ids["INV-001"], ids["INV-003"]])
    assert code(services.recall_placement(actor=actor, placement=placement, reason=" ")) == (
        "placement.reason_missing"
    )
    left = services.withdraw_items(
        actor=actor, placement=placement, item_ids=[ids["INV-003"]], reason="已自行和解"
    )
    assert left == [ids["INV-003"]]
    assert set(in_force(actor, ids)) == {"INV-001"}
    services.recall_placement(actor=actor, placement=placement, reason="终止委托")
    assert in_force(actor, ids) == {}
    assert [(one.is_whole, one.item_ids) for one in heard] == [
        (False, (ids["INV-003"],)),
        (True, (ids["INV-001"],)),
    ]
    assert code(services.recall_placement(actor=actor, placement=placement, reason="再次")) == (
        "placement.wrong_step"
    )


def test_a_handler_that_fails_takes_the_recall_back(
    actor: Actor, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_event: PlacementRecalled) -> None:
        raise RuntimeError("cases could not stop")

    placement = active(actor, [ids["INV-001"]])
    monkeypatch.setitem(events._now, PlacementRecalled, [broken])
    with pytest.raises(RuntimeError):
        services.recall_placement(actor=actor, placement=placement, reason="终止")
    assert set(in_force(actor, ids)) == {"INV-001"}


def test_the_term_is_the_truth_and_the_job_writes_it_down(
    actor: Actor, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[PlacementEnded] = []
    monkeypatch.setitem(events._now, PlacementEnded, [heard.append])
    today = clock.today()
    placement = active(actor, [ids["INV-001"]], ends_on=today + timedelta(days=3))
    assert in_force(actor, ids, today + timedelta(days=3))
    assert in_force(actor, ids, today + timedelta(days=4)) == {}
    assert services.end_due_placements(site_id=actor.own_site) == 0
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert in_force(actor, ids) == {}
        assert services.end_due_placements(site_id=actor.own_site) == 1
        assert services.end_due_placements(site_id=actor.own_site) == 0
    assert [one.item_ids for one in heard] == [(ids["INV-001"],)]
    with site_scope(actor.own_site):
        assert Placement.objects.get(pk=placement.pk).state == "ended"
        assert not PlacementItem.objects.filter(until_at=None).exists()


def test_a_placement_of_the_future_allows_nothing_today(actor: Actor, ids: dict[str, UUID]) -> None:
    later = clock.today() + timedelta(days=10)
    active(actor, [ids["INV-001"]], starts_on=later)
    assert in_force(actor, ids) == {}
    assert set(in_force(actor, ids, later)) == {"INV-001"}


def test_an_own_team_holds_one_standing_placement(actor: Actor, ids: dict[str, UUID]) -> None:
    assert in_force(actor, ids) == {}
    found = services.placements_for(actor=actor, item_ids=list(ids.values()))
    assert not is_problem(found)
    [standing] = set(found.values())
    assert services.placements_for(actor=actor, item_ids=list(ids.values())) == found
    special = active(actor, [ids["INV-001"]])
    assert in_force(actor, ids)["INV-001"] == special.id
    services.recall_placement(actor=actor, placement=special, reason="另案处理")
    # What its creditor recalled does not fall back under the standing order.
    assert set(in_force(actor, ids)) == set(ids) - {"INV-001"}
    with site_scope(actor.own_site):
        row = Placement.objects.get(pk=standing)
    services.recall_placement(actor=actor, placement=row, reason="撤销授权")
    assert in_force(actor, ids) == {}
    refused = services.placements_for(actor=actor, item_ids=[ids["INV-002"]])
    assert code(refused) == "placement.nothing_placed" and "INV-002" in refused.zh


def test_numbers_of_a_year_have_no_gap(actor: Actor, ids: dict[str, UUID]) -> None:
    creditor = creditor_of(actor, ids["INV-001"])
    for number in ("INV-001", "INV-002"):
        opened(actor, [ids[number]])
        services.open_placement(actor=actor, creditor_id=creditor, item_ids=[], terms=terms())
    declined = opened(actor, [ids["INV-003"]])
    services.decline_placement(actor=actor, placement=declined, reason="范围不清")
    services.ensure_standing_placement(actor=actor)
    opened(actor, [ids["INV-004"]])
    with site_scope(actor.own_site):
        assert list(Placement.objects.order_by("sequence").values_list("sequence", flat=True)) == [
            1, 2, 3, 4, 5,
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"scope": "  "}, "placement.scope_missing"),
        ({"ends_on": date(2020, 1, 1)}, "placement.ends_before_start"),
        ({"fee": FeeTerms(fixed_fen=-1)}, "placement.fee_out_of_range"),
    ],
)
def test_terms_that_cannot_stand_write_nothing(
    actor: Actor, ids: dict[str, UUID], changed: dict[str, object], expected: str
) -> None:
    refused = services.open_placement(
        actor=actor,
        creditor_id=creditor_of(actor, ids["INV-001"]),
        item_ids=[ids["INV-001"]],
        terms=terms(**changed),
    )
    assert code(refused) == expected
    with site_scope(actor.own_site):
        assert not Placement.objects.exists()


def test_only_open_items_of_the_creditor_are_placed(actor: Actor, ids: dict[str, UUID], cast: Cast) -> None:
    creditor = creditor_of(actor, ids["INV-001"])
    strange = import_ledger(cast.actor("stranger"))["INV-001"]
    refused = services.open_placement(
        actor=actor, creditor_id=creditor, item_ids=[ids["INV-001"], strange], terms=terms()
    )
    assert code(refused) == "placement.not_the_creditors"


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"", "placement.agreement_missing"), (b"PK\x03\x04", "placement.agreement_form")],
)
def test_an_agreement_must_be_a_scan(actor: Actor, ids: dict[str, UUID], data: bytes, expected: str) -> None:
    placement = opened(actor, [ids["INV-001"]])
    refused = services.sign_placement(
        actor=actor, placement=placement, name="x.docx", data=data, signed_on=clock.today()
    )
    assert code(refused) == expected


def test_conflicts_are_found_decided_with_a_reason_and_asked_again_when_they_change(actor: Actor) -> None:
    header = "客户名称,单据号,开票日期,到期日,金额,币种\n"
    import_ledger(
        actor, header + "宏达机械有限公司,A-1,2026-05-01,2026-06-01,1000.00,CNY\n", "无锡江南轴承有限公司"
    )
    ids = import_ledger(
        actor,
        header + "江南轴承（无锡）股份有限公司,B-1,2026-05-01,2026-06-01,2000.00,CNY\n",
        "常州远景贸易有限公司",
    )
    theirs = active(actor, [ids["B-1"]])
    placement = opened(actor, [ids["A-1"]])
    with site_scope(actor.own_site):
        hits = selectors.conflicts_of(placement)
    assert [(hit.side.value, hit.reason.value, hit.found_name) for hit in hits] == [
        ("creditor_is_debtor", "form", "江南轴承（无锡）股份有限公司")
    ]
    seen = selectors.digest_of(hits)
    assert code(services.decide_conflicts(actor=actor, placement=placement, is_accepted=True, seen=seen)) == (
        "placement.reason_missing"
    )
    assert code(
        services.decide_conflicts(
            actor=actor, placement=placement, is_accepted=True, reason="x", seen=bytes(32)
        )
    ) == ("placement.conflicts_changed")
    decided = services.decide_conflicts(
        actor=actor, placement=placement, is_accepted=False, reason="代理过对方", seen=seen
    )
    assert isinstance(decided, ConflictCheck) and decided.decision == "refused"
    services.sign_placement(actor=actor, placement=placement, name="a.pdf", data=PDF, signed_on=clock.today())
    assert code(services.activate_placement(actor=actor, placement=placement)) == (
        "placement.conflicts_refused"
    )
    assert theirs.creditor_id != placement.creditor_id
