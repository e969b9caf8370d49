"""What leaves the house: entries with their state, and bundles that the independent verifier accepts."""

import json
import random
from hashlib import sha256
from uuid import UUID

import pytest
from django_scopes.exceptions import ScopeError

from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors, services
from jieqing.trust.evidence.engine.digests import artefact_of
from jieqing.trust.evidence.selectors import EntryState
from jieqing.trust.evidence.tests.log import Log, add_entries
from jieqing_verify import read_policy, verify_bundle

ROWS = [json.dumps({"line": line}).encode() for line in range(5_000)]
SITE = UUID("01990000-0000-7000-8000-000000000001")


def actor(site_id: UUID = SITE) -> Actor:
    return Actor(new_id(), ActorKind.PERSON, site_id)


def verdict(bundle: bytes) -> str:
    return verify_bundle(bundle, read_policy(unwrap(selectors.policy_text()).encode())).outcome


def record_personal() -> UUID:
    with site_scope(SITE):
        return services.record(
            actor=actor(),
            action="claims.parties.named",
            subject="claims.party:1",
            facts={"lang": "zh"},
            personal={"name": "张三", "phone": "13812345678"},
            artefacts={"contract": artefact_of(b"the original")},
        )


def record_rows() -> UUID:
    with site_scope(SITE):
        return services.record_bulk(
            actor=actor(),
            action="claims.receivables.imported",
            subject="claims.batch:1",
            row_digests=[sha256(row).digest() for row in ROWS],
            facts={},
        )


def test_an_entry_is_recorded_then_sequenced_then_published(log: Log) -> None:
    entry_id = record_personal()
    writer = log.open()
    states = []
    for step in (lambda: None, writer.flush, writer.publish):
        step()
        with site_scope(SITE):
            states.append(unwrap(selectors.entry_by_id(entry_id)).state)
            bundle = selectors.proof_bundle(entry_id)
        assert is_problem(bundle) == (states[-1] is not EntryState.PUBLISHED)
    assert states == [EntryState.RECORDED, EntryState.SEQUENCED, EntryState.PUBLISHED]
    with site_scope(SITE):
        view = unwrap(selectors.entry_by_id(entry_id))
        assert (view.facts, view.index, view.actor_kind, view.bulk_rows) == ({"lang": "zh"}, 0, "person", 0)
        assert view.digest == sha256(view.body).hexdigest()


def test_bundles_of_random_entries_verify_at_any_size(log: Log) -> None:
    ids = add_entries(300, SITE)
    log.settle()
    ids += add_entries(30, SITE)
    log.settle()
    for entry_id in random.Random(3).sample(ids, 12):
        with site_scope(SITE):
            bundle = unwrap(selectors.proof_bundle(entry_id))
            assert bundle == selectors.proof_bundle(entry_id), "equal contents are equal bytes"
        assert verdict(bundle) == "valid"


def test_only_what_is_disclosed_is_shown(log: Log) -> None:
    entry_id = record_personal()
    log.settle()
    with site_scope(SITE):
        closed = unwrap(selectors.proof_bundle(entry_id))
        opened = unwrap(
            selectors.proof_bundle(
                entry_id, disclose={"name": "张三"}, artefacts={"contract": b"the original"}
            )
        )
        wrong = selectors.proof_bundle(entry_id, disclose={"name": "李四"})
        changed = selectors.proof_bundle(entry_id, artefacts={"contract": b"another"})
        assert is_problem(wrong) and wrong.code == "evidence.other_text"
        assert is_problem(changed) and changed.code == "evidence.other_original"
    assert verdict(closed) == verdict(opened) == "valid"
    assert "张三".encode() not in closed and "张三".encode() in opened and b"13812345678" not in opened
    with site_scope(SITE):
        services.destroy_salts(actor=actor(), entry_ids=[entry_id], reason="PIPL 47")
        gone = selectors.proof_bundle(entry_id, disclose={"name": "张三"})
        assert is_problem(gone) and gone.code == "evidence.salt_gone"
        assert verdict(unwrap(selectors.proof_bundle(entry_id))) == "valid"


def test_each_row_of_a_batch_can_be_proved(log: Log) -> None:
    entry_id = record_rows()
    log.settle()
    for index in (0, 1, 4_095, 4_096, 4_999):
        with site_scope(SITE):
            shown = unwrap(selectors.proof_bundle(entry_id, index, row=ROWS[index]))
            hidden = unwrap(selectors.proof_bundle(entry_id, index, row_digest=sha256(ROWS[index]).digest()))
        assert verdict(shown) == verdict(hidden) == "valid"
        assert ROWS[index] in shown and ROWS[index] not in hidden
    with site_scope(SITE):
        other = selectors.proof_bundle(entry_id, 7, row=ROWS[8])
        beyond = selectors.proof_bundle(entry_id, 5_000, row=ROWS[8])
    assert is_problem(other) and other.code == "evidence.other_row"
    assert is_problem(beyond) and beyond.code == "evidence.no_row"


def test_one_row_can_be_erased_and_the_others_still_proved(log: Log) -> None:
    entry_id = record_rows()
    log.settle()
    with site_scope(SITE):
        assert (
            services.destroy_row_salts(actor=actor(), entry_id=entry_id, rows=[4_100], reason="PIPL 47") == 1
        )
        services.destroy_row_salts(actor=actor(), entry_id=entry_id, rows=[3], reason="PIPL 47")
        for index in (3, 4_100):
            gone = selectors.proof_bundle(entry_id, index, row=ROWS[index])
            assert is_problem(gone) and gone.code == "evidence.salt_gone"
        neighbours = [
            unwrap(selectors.proof_bundle(entry_id, index, row=ROWS[index])) for index in (2, 4, 4_101)
        ]
    assert {verdict(bundle) for bundle in neighbours} == {"valid"}


def test_reads_stay_inside_the_site(log: Log) -> None:
    entry_id = record_personal()
    log.settle()
    with site_scope(new_id()):
        missing = selectors.entry_by_id(entry_id)
        assert is_problem(missing) and missing.code == "evidence.no_entry"
        assert is_problem(selectors.proof_bundle(entry_id))
        assert selectors.entries_for_subject("claims.party:1") == []
    with pytest.raises(ScopeError):
        selectors.entry_by_id(entry_id)


def test_lists_are_newest_first_and_page(log: Log) -> None:
    chain = new_id()
    ids = add_entries(5, SITE, chain=chain)
    with site_scope(SITE):
        assert [view.id for view in selectors.entries_for_subject("tests.thing:1")] == ids[::-1]
        assert [view.id for view in selectors.entries_of_chain(chain)] == ids
        first = selectors.entries_recent(limit=2)
        second = selectors.entries_recent(limit=2, before=first[-1].id)
        assert [view.id for view in first + second] == ids[:0:-1]
        assert selectors.entries_recent(action="other.") == []


def test_the_policy_names_the_log_and_nothing_secret(log: Log) -> None:
    assert is_problem(selectors.policy_text())
    log.settle()
    text = unwrap(selectors.policy_text())
    assert log.signer.vkey in text and text.endswith("quorum none\n")
