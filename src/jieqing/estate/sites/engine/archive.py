"""The form of a full export, and how anybody checks one offline.

A zip: ``manifest.json`` names every other member with its SHA-256; ``tables/`` holds each table of the site as JSON lines, the
first line naming the columns; ``files/`` what was uploaded, named by its digest; ``evidence/`` a proof for each entry and the
policy that verifies it; ``clear/`` what lies sealed in the database, when the owner asked. Nothing in it needs this program to
be read.

`check` trusts nothing but the bytes: members against the manifest both ways, row counts, files against their names, and
every proof by ``jieqing-verify``. A changed, missing, added or repeated member is named.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

FORMAT = "jieqing-site-export/1"
MANIFEST, POLICY, BUNDLES = "manifest.json", "evidence/policy.txt", "evidence/bundles/"
MEMBER_BYTES_MAX = 8 << 30


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; valid when nothing is wrong."""

    site: str
    members: int
    rows: int
    proofs: int
    wrong: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        return not self.wrong

    def as_json(self) -> dict[str, object]:
        return {
            "valid": self.is_valid,
            "site": self.site,
            "members": self.members,
            "rows": self.rows,
            "proofs": self.proofs,
            "wrong": list(self.wrong),
        }


def check(archive: zipfile.ZipFile) -> Checked:
    """Check every byte of an export."""
    names = archive.namelist()
    try:
        manifest = json.loads(archive.read(MANIFEST))
        listed = {str(one["name"]): one for one in manifest["members"]}
        site = str(manifest["site"]["slug"])
        is_known = manifest["format"] == FORMAT
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile):
        return Checked("", len(names), 0, 0, ("manifest.json: missing or unreadable",))
    wrong = [] if is_known else ["manifest.json: unknown format"]
    wrong += [f"{name}: stands twice" for name in sorted({one for one in names if names.count(one) > 1})]
    wrong += [f"{name}: not in the manifest" for name in sorted(set(names) - set(listed) - {MANIFEST})]
    wrong += [f"{name}: missing" for name in sorted(set(listed) - set(names))]
    rows = 0
    for name in sorted(set(listed) & set(names)):
        found = list(_wrong_with(archive, name, listed[name]))
        wrong += found
        rows += int(listed[name].get("rows", 0)) if not found else 0
    proofs, unproved = _check_proofs(archive, [name for name in names if name.startswith(BUNDLES)])
    return Checked(site, len(names), rows, proofs, tuple(wrong + unproved))


def _wrong_with(archive: zipfile.ZipFile, name: str, listed: dict[str, Any]) -> Iterator[str]:
    digest, size, lines = sha256(), 0, 0
    try:
        with archive.open(name) as member:
            for block in _blocks(member):
                digest.update(block)
                size += len(block)
                lines += block.count(b"\n")
    except (zipfile.BadZipFile, EOFError, OSError):
        yield f"{name}: cannot be read"
        return
    if digest.hexdigest() != listed.get("sha256") or size != listed.get("size"):
        yield f"{name}: changed"
    if "rows" in listed and lines != int(listed["rows"]) + 1:
        yield f"{name}: {lines - 1} rows instead of {listed['rows']}"
    if name.startswith("files/") and digest.hexdigest() != name.removeprefix("files/"):
        yield f"{name}: not the file of its name"


def _check_proofs(archive: zipfile.ZipFile, names: list[str]) -> tuple[int, list[str]]:
    from jieqing_verify import Invalid, read_policy, verify_bundle  # a package of its own, needed here only

    if not names:
        return 0, []
    try:
        policy = read_policy(archive.read(POLICY))
    except (KeyError, Invalid):
        return 0, [f"{POLICY}: missing or unreadable"]
    wrong = []
    for name in sorted(names):
        outcome = verify_bundle(archive.read(name), policy).outcome
        if outcome != "valid":
            wrong.append(f"{name}: {outcome}")
    return len(names) - len(wrong), wrong


def _blocks(member: IO[bytes]) -> Iterator[bytes]:
    while block := member.read(1 << 20):
        yield block
