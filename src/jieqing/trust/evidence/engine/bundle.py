"""The proof bundle: one file that a court can check without us.

A bundle is a zip of a single exact form (stored, fixed order, fixed times, no extras), so equal contents are equal
bytes and any other byte is damage: ``write_archive`` below is that form, and the verifier refuses every other. The
members and their meaning are fixed in ``contracts/evidence/bundle.md``.

The bundle holds no key that is used as a root of trust: those come from the policy file, which the court
obtains separately.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from jieqing.kernel.canonical import canonical_bytes

BUNDLE_FORMAT = "jieqing/evidence-bundle/1"
COLLECTION_FORMAT = "jieqing/evidence-collection/1"
# The verifier's bound on members, less the manifest.
COLLECTED_MAX = 999

# 1 January 1980, the zero of zip's clock: the file must not depend on when it was written.
_DATE, _TIME = 0x0021, 0x0000
_VERSION, _UTF8 = 20, 0x0800
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProof:
    """One row of a bulk entry: its bytes (when shown), digest, salt, place and siblings."""

    index: int
    digest: bytes
    salt: bytes
    path: Sequence[bytes]
    row: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The contents of one bundle."""

    entry: bytes
    proof: str
    readme: str
    disclosed: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    artefacts: Mapping[str, bytes] = field(default_factory=dict)
    row: RowProof | None = None


def members_of(bundle: Bundle) -> dict[str, bytes]:
    """The files of a bundle in their order, the manifest first."""
    members = {"README.txt": bundle.readme.encode(), "entry.json": bundle.entry}
    members["entry.tlog-proof"] = bundle.proof.encode()
    if bundle.disclosed:
        shown = {name: {"salt": salt.hex(), "text": text} for name, (salt, text) in bundle.disclosed.items()}
        members["salts.json"] = canonical_bytes(shown)
    if bundle.row:
        members["row-proof.json"] = canonical_bytes(_row_json(bundle.row))
        if bundle.row.row is not None:
            members["row.bin"] = bundle.row.row
    for name in sorted(bundle.artefacts):
        members[f"artefacts/{name}"] = bundle.artefacts[name]
    digests = {name: sha256(data).hexdigest() for name, data in members.items()}
    return {"manifest.json": canonical_bytes({"files": digests, "format": BUNDLE_FORMAT})} | members


def collection_of(bundles: Sequence[bytes]) -> dict[str, bytes]:
    """The files of a collection: whole bundles in the order of their entries, the manifest first."""
    members = {f"{number:04d}.evidence.zip": data for number, data in enumerate(bundles, start=1)}
    digests = {name: sha256(data).hexdigest() for name, data in members.items()}
    return {"manifest.json": canonical_bytes({"files": digests, "format": COLLECTION_FORMAT})} | members


def write_archive(members: Mapping[str, bytes]) -> bytes:
    """The one exact zip of these members, in the order given."""
    body, directory = bytearray(), bytearray()
    for name, data in members.items():
        path, offset = name.encode(), len(body)
        shared = struct.pack(
            "<HHHHHIIIHH",
            _VERSION,
            _UTF8,
            0,
            _TIME,
            _DATE,
            zlib.crc32(data),
            len(data),
            len(data),
            len(path),
            0,
        )
        body += b"PK\x03\x04" + shared + path + data
        directory += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | _VERSION) + shared
        directory += struct.pack("<HHHII", 0, 0, 0, _MODE, offset) + path
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)


def _row_json(row: RowProof) -> dict[str, object]:
    return {
        "digest": row.digest.hex(),
        "index": row.index,
        "path": [step.hex() for step in row.path],
        "salt": row.salt.hex(),
    }
