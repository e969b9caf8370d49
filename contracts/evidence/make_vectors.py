"""Writes the vectors of this folder from the engine: ``python contracts/evidence/make_vectors.py``.

All inputs are fixed, so a second run changes nothing; a test holds the committed files to that, and the verifier
package, written apart from the engine, checks the same files from the other side.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from jieqing.kernel.outcomes import unwrap
from jieqing.trust.evidence.engine import bulk, digests
from jieqing.trust.evidence.engine.bundle import Bundle, RowProof, members_of, write_archive
from jieqing.trust.evidence.engine.checkpoints import Checkpoint, proof_text
from jieqing.trust.evidence.engine.entry import FIRST_PREVIOUS, Draft, encode
from jieqing.trust.evidence.engine.merkle import leaf_hash, levels_of, root_of
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.engine.proofs import inclusion_path, levels_node
from jieqing.trust.evidence.engine.readme import readme_text

FOLDER = Path(__file__).parent / "vectors"
ORIGIN = "vectors.jieqing.example/log"
SEED = sha256(b"jieqing evidence vectors: a key for tests only").digest()
SITE, ACTOR, CHAIN = (UUID(int=0x0198_0000_0000_7000_8000_0000_0000_0000 + n) for n in (1, 2, 3))
WHEN = datetime(2026, 11, 22, 6, 54, 1, 123456, UTC)
PERSONAL = {"debtor_name": "张三", "phone": "13800000000"}
SALTS = {"debtor_name": bytes(range(16)), "phone": bytes(range(16, 32))}
ORIGINAL = "合同编号,金额\nWX-001,120000\n".encode()
ROWS = [f'{{"line":{line},"amount_fen":{line * 100}}}'.encode() for line in range(1, 6)]
KEY = bytes(range(32))


def drafts() -> dict[str, Draft]:
    """One entry of each kind."""
    root, _ = bulk.build([sha256(row).digest() for row in ROWS], KEY)
    plain = {
        "site_id": SITE,
        "actor_id": ACTOR,
        "actor_kind": "person",
        "event_time": WHEN,
        "recorded_at": WHEN,
    }
    ids = iter(UUID(int=0x0198_0000_0000_7000_8000_0000_0000_1000 + n) for n in range(9))
    item = f"claims.receivables.item:{CHAIN}"
    return {
        "minimal": Draft(id=next(ids), action="claims.receivables.viewed", subject=item, **plain),
        "platform": Draft(
            id=next(ids), action="trust.evidence.started", subject="trust.evidence.log:main", facts={"fence": 7},
            **plain | {"site_id": None, "actor_kind": "system"},
        ),
        "commitments": Draft(
            id=next(ids), action="claims.parties.named", subject=item, facts={"lang": "zh"},
            commitments=digests.commit_all(PERSONAL, SALTS), artefacts={"source": digests.artefact_of(ORIGINAL)}, **plain,
        ),
        "bulk": Draft(
            id=next(ids), action="claims.receivables.imported", subject=f"claims.receivables.batch:{CHAIN}",
            facts={"rows": len(ROWS)}, bulk=root, **plain,
        ),
        "chain-1": Draft(id=next(ids), action="recovery.cases.opened", subject=item, chain=CHAIN, **plain),
        "chain-2": Draft(id=next(ids), action="recovery.cases.closed", subject=item, chain=CHAIN, **plain),
    }  # fmt: skip


def entry_bytes() -> dict[str, bytes]:
    """The bytes of each entry, the two chained ones linked."""
    found: dict[str, bytes] = {}
    previous = FIRST_PREVIOUS
    for name, draft in drafts().items():
        encoded = unwrap(encode(draft))
        found[name] = encoded.linked(int(name[-1]), previous) if draft.chain else encoded.head
        previous = sha256(found[name]).digest() if draft.chain else previous
    return found


def sample_bundle() -> tuple[bytes, str]:
    """A bundle of the bulk entry with one row shown, and the policy that accepts it."""
    entries = entry_bytes()
    leaves = [leaf_hash(entry) for entry in entries.values()]
    signer, index = NoteSigner.from_seed(ORIGIN, SEED), list(entries).index("bulk")
    note = signer.sign(Checkpoint(ORIGIN, len(leaves), root_of(leaves)).text())
    proof = proof_text(index, inclusion_path(index, len(leaves), levels_node(levels_of(leaves))), note)
    _, chunks = bulk.build([sha256(row).digest() for row in ROWS], KEY)
    row = RowProof(
        index=2, digest=sha256(ROWS[2]).digest(), salt=bulk.row_salts(KEY, 2, 1), row=ROWS[2],
        path=bulk.row_path(2, chunks[0].leaves, [chunks[0].root]),
    )  # fmt: skip
    readme = readme_text(entry=json.loads(entries["bulk"]), origin=ORIGIN, index=index, size=len(leaves))
    members = members_of(Bundle(entry=entries["bulk"], proof=proof, readme=readme, row=row))
    return write_archive(members), f"log {signer.vkey}\nquorum none\n"


def vectors() -> dict[str, bytes]:
    """Every file of the folder by name."""
    entries = entry_bytes()
    _, chunks = bulk.build([sha256(row).digest() for row in ROWS], KEY)
    leaves = [leaf_hash(entry) for entry in entries.values()]
    tables = {
        "entries.json": {
            name: {
                "entry": data.decode(),
                "sha256": sha256(data).hexdigest(),
                "leaf_hash": leaf_hash(data).hex(),
            }
            for name, data in entries.items()
        },
        "commitments.json": [
            {"field": name, "text": text, "salt": SALTS[name].hex()}
            | digests.commit(name, text, SALTS[name]).as_json()
            for name, text in PERSONAL.items()
        ],
        "bulk.json": {
            "key": KEY.hex(),
            "rows": [row.decode() for row in ROWS],
            "salts": [bulk.row_salts(KEY, index, 1).hex() for index in range(len(ROWS))],
            "leaves": [leaf.hex() for leaf in bulk.split_hashes(chunks[0].leaves)],
            "root": chunks[0].root.hex(),
        },
        "tree.json": {
            "leaves": [leaf.hex() for leaf in leaves],
            "roots": [root_of(leaves[:size]).hex() for size in range(1, len(leaves) + 1)],
        },
    }
    archive, policy = sample_bundle()
    texts = {
        name: json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"
        for name, table in tables.items()
    }
    return texts | {"sample.evidence.zip": archive, "sample.policy": policy.encode()}


if __name__ == "__main__":
    for file_name, contents in vectors().items():
        (FOLDER / file_name).write_bytes(contents)
