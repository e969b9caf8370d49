"""Recording under the real roles: one transaction, one round trip, walls between sites."""

import json
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors, services
from jieqing.trust.evidence.engine import bulk
from jieqing.trust.evidence.engine.digests import artefact_of, commit
from jieqing.trust.evidence.models import Chunk, Entry, Salt

pytestmark = pytest.mark.django_db
SUBJECT = "claims.receivables.item:1"


@pytest.fixture
def site() -> UUID:
    return new_id()


def person(site_id: UUID | None) -> Actor:
    return Actor(new_id(), ActorKind.PERSON, site_id)


def body_of(entry_id: UUID) -> dict:
    return json.loads(bytes(Entry.objects.get(id=entry_id).body))


def test_an_entry_stands_in_the_callers_transaction(site: UUID) -> None:
    with site_scope(site):
        entry_id = services.record(
            actor=person(site), action="claims.receivables.viewed", subject=SUBJECT, facts={"rows": 3}
        )
        body = body_of(entry_id)
        assert (body["site"], body["facts"], body["id"]) == (str(site), {"rows": 3}, str(entry_id))


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_a_bug() -> None:
    with pytest.raises(services.NotInTransaction):
        services.record(actor=system_actor(None, "x"), action="a.b", subject="a:b", facts={})


def test_recording_costs_one_statement_chain_and_salts_included(site: UUID) -> None:
    with site_scope(site), CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            services.record(
                actor=person(site),
                action="recovery.cases.noted",
                subject=SUBJECT,
                facts={},
                personal={"name": "张三", "phone": "1"},
                chain=site,
            )
    assert len([q for q in queries if "evidence_record" in q["sql"]]) == 2
    assert len(queries) <= 2 + 4, "scope and savepoints only"


def test_chains_count_without_gaps_and_name_their_predecessor(site: UUID) -> None:
    chain = new_id()
    with site_scope(site):
        actor = person(site)
        ids = [
            services.record(
                actor=actor, action="recovery.cases.noted", subject=SUBJECT, facts={"n": n}, chain=chain
            )
            for n in range(4)
        ]
        previous = "0" * 64
        for number, entry_id in enumerate(ids, 1):
            link = body_of(entry_id)["chain"]
            assert link == {"id": str(chain), "prev": previous, "seq": number}
            previous = sha256(bytes(Entry.objects.get(id=entry_id).body)).hexdigest()


def test_a_rolled_back_step_leaves_no_link(site: UUID) -> None:
    chain = new_id()
    with site_scope(site):
        actor = person(site)
        for fails in (False, True, False):
            try:
                with transaction.atomic():
                    services.record(
                        actor=actor, action="recovery.cases.noted", subject=SUBJECT, facts={}, chain=chain
                    )
                    if fails:
                        raise KeyError
            except KeyError:
                pass
        numbers = Entry.objects.filter(chain_id=chain).order_by("id").values_list("chain_seq", flat=True)
        assert list(numbers) == [1, 2]


def test_personal_fields_are_commitments_and_salts_can_be_destroyed(site: UUID) -> None:
    with site_scope(site):
        actor = person(site)
        entry_id = services.record(
            actor=actor,
            action="claims.parties.named",
            subject=SUBJECT,
            facts={},
            personal={"name": "张三"},
            artefacts={"contract": artefact_of(b"original")},
        )
        stored = bytes(Entry.objects.get(id=entry_id).body)
        assert "张三".encode() not in stored
        salt = bytes(Salt.objects.get(entry_id=entry_id).salt)
        assert json.loads(stored)["commitments"]["name"] == commit("name", "张三", salt).as_json()
        assert json.loads(stored)["artefacts"]["contract"]["bytes"] == 8
        assert services.destroy_salts(actor=actor, entry_ids=[entry_id], reason="art. 47") == 1
        assert not Salt.objects.exists()
        assert bytes(Entry.objects.get(id=entry_id).body) == stored
        assert Entry.objects.filter(action="trust.evidence.salts_destroyed").count() == 1


def test_bulk_rows_are_kept_as_salted_leaves(site: UUID) -> None:
    digests = [sha256(b"%d" % row).digest() for row in range(9_000)]
    with site_scope(site):
        entry_id = services.record_bulk(
            actor=person(site),
            action="claims.receivables.imported",
            subject=SUBJECT,
            row_digests=digests,
            facts={},
        )
        chunks = list(Chunk.objects.filter(entry_id=entry_id).order_by("number"))
        assert [len(bytes(c.leaves)) // 32 for c in chunks] == [4_096, 4_096, 808]
        key = bytes(Salt.objects.get(entry_id=entry_id, field=selectors.ROWS_FIELD).salt)
        leaf = bulk.row_leaf(bulk.row_salts(key, 5_000, 1), digests[5_000])
        assert bytes(chunks[1].leaves)[904 * 32 : 905 * 32] == leaf
        assert body_of(entry_id)["bulk"]["count"] == 9_000
        empty = services.record_bulk(
            actor=person(site),
            action="claims.receivables.imported",
            subject=SUBJECT,
            row_digests=b"",
            facts={},
        )
        assert "bulk" not in body_of(empty)


def test_what_is_out_of_form_is_refused_with_its_problem(site: UUID) -> None:
    with site_scope(site):
        with pytest.raises(services.EvidenceRefused) as refused:
            services.record(actor=person(site), action="a.b", subject="a:b", facts={"text": "x" * 70_000})
        assert refused.value.problem.code == "evidence.entry.too_large"
        with pytest.raises(ValueError, match="scope"):
            services.record(actor=person(new_id()), action="a.b", subject="a:b", facts={})


def test_a_stranger_sees_nothing_and_cannot_continue_a_chain(site: UUID) -> None:
    chain, other = new_id(), new_id()
    with site_scope(site):
        services.record(
            actor=person(site), action="a.b", subject="a:b", facts={}, chain=chain, personal={"name": "x"}
        )
    services.record(actor=system_actor(None, "x"), action="a.b", subject="a:b", facts={})
    tables = ("evidence_entry", "evidence_salt", "evidence_chain")
    with site_scope(other), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        with pytest.raises(DatabaseError), transaction.atomic():
            services.record(actor=person(other), action="a.b", subject="a:b", facts={}, chain=chain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_entry")
        assert cursor.fetchone() == (1,), "without a site: the platform's own entries only"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO evidence_entry (id, action, subject, recorded_at, body) VALUES (gen_random_uuid(), '', '', now(), '')",
        "UPDATE evidence_entry SET action = ''",
        "DELETE FROM evidence_entry",
        "TRUNCATE evidence_entry",
        "UPDATE evidence_chain SET seq = 0",
        "DELETE FROM evidence_chain",
        "UPDATE evidence_salt SET salt = ''",
        "UPDATE evidence_chunk SET leaves = ''",
        "DELETE FROM evidence_chunk",
        "SELECT * FROM evidence_outbox",
        "DELETE FROM evidence_outbox",
        "INSERT INTO evidence_outbox (entry_id, leaf) VALUES (gen_random_uuid(), '')",
        "INSERT INTO evidence_leaf (id, entry_id, leaf) VALUES (0, gen_random_uuid(), '')",
        "DELETE FROM evidence_leaf",
        "INSERT INTO evidence_checkpoint (id, root, note, signed_at) VALUES (1, '', '', now())",
        "UPDATE evidence_tile SET hashes = ''",
        "UPDATE evidence_writer SET fence = 0",
    ],
)
def test_the_application_role_may_not(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
