"""The entry, its originals, its disclosed fields and its rows: level L1.

Source: contracts/evidence/entry.md and bundle.md.
"""

import re
from typing import Any
from uuid import UUID

from jieqing_verify.canonical import parse_canonical
from jieqing_verify.digest import commitment, sha256, sm3
from jieqing_verify.merkle import leaf_hash, root_from_path
from jieqing_verify.result import Invalid

ENTRY_BYTES_MAX = 65_535
ROW_FORMAT = "jieqing/row/sha256-salted/1"
_HEX32 = re.compile("[0-9a-f]{64}")
_HEX16 = re.compile("[0-9a-f]{32}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,5}")
_REQUIRED = {"action", "actor", "event_time", "facts", "id", "recorded_at", "site", "subject", "v"}
_OPTIONAL = {"artefacts", "bulk", "capture", "chain", "commitments"}


def read_entry(data: bytes) -> dict[str, Any]:
    """The entry in ``data``; Invalid unless it is a canonical entry of version 1."""
    if len(data) > ENTRY_BYTES_MAX:
        raise Invalid("条目超过 65,535 字节", "the entry is larger than 65,535 bytes")
    entry = parse_canonical(data, "entry.json")
    try:
        _check_form(entry)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(f"条目格式不对：{error}", f"the entry is out of form: {error}") from error
    return entry


def check_contents(entry: dict[str, Any], members: dict[str, bytes]) -> list[str]:
    """Compare what the bundle shows with what the entry says; returns what was compared.

    Errors: Invalid at the first difference.
    """
    shown = []
    for name, data in members.items():
        if name.startswith("artefacts/"):
            shown.append(_check_artefact(entry, name.removeprefix("artefacts/"), data))
    if "salts.json" in members:
        shown += _check_disclosed(entry, members["salts.json"])
    if "row-proof.json" in members:
        shown.append(_check_row(entry, members["row-proof.json"], members.get("row.bin")))
    return shown


def _check_form(entry: dict[str, Any]) -> None:
    if not _REQUIRED <= entry.keys() <= _REQUIRED | _OPTIONAL or entry["v"] != 1:
        raise ValueError("not the members of a version 1 entry")
    actor, chain, bulk = entry["actor"], entry.get("chain"), entry.get("bulk")
    if actor.keys() != {"id", "kind"} or not isinstance(entry["facts"], dict):
        raise ValueError("actor or facts")
    ids = [entry["id"], actor["id"], *([entry["site"]] if entry["site"] is not None else [])]
    if chain is not None:
        if chain.keys() != {"id", "prev", "seq"} or not _HEX32.fullmatch(chain["prev"]):
            raise ValueError("chain")
        first = chain["prev"] == "0" * 64
        if type(chain["seq"]) is not int or chain["seq"] < 1 or (chain["seq"] == 1) != first:
            raise ValueError("chain sequence")
        ids.append(chain["id"])
    if any(str(UUID(text)) != text for text in ids):
        raise ValueError("ids are lower-case UUIDs")
    if not _INSTANT.fullmatch(entry["event_time"]) or not _INSTANT.fullmatch(entry["recorded_at"]):
        raise ValueError("times are UTC with six digits")
    if not _ACTION.fullmatch(entry["action"]) or ":" not in entry["subject"]:
        raise ValueError("action or subject")
    for made in entry.get("commitments", {}).values():
        _check_digests(made, set())
    for made in entry.get("artefacts", {}).values():
        _check_digests(made, {"bytes"})
    if bulk is not None and (
        bulk.keys() != {"count", "format", "root"} or not _HEX32.fullmatch(bulk["root"])
    ):
        raise ValueError("bulk")


def _check_digests(made: dict[str, Any], more: set[str]) -> None:
    if made.keys() != {"sha256", "sm3"} | more or not all(
        _HEX32.fullmatch(made[name]) for name in ("sha256", "sm3")
    ):
        raise ValueError("digests")


def _check_artefact(entry: dict[str, Any], name: str, data: bytes) -> str:
    stated = entry.get("artefacts", {}).get(name)
    found = {"bytes": len(data), "sha256": sha256(data).hex(), "sm3": sm3(data).hex()}
    if stated != found:
        raise Invalid(f"原件 {name} 与条目不一致", f"the original {name} does not match the entry")
    return f"artefacts/{name}"


def _check_disclosed(entry: dict[str, Any], data: bytes) -> list[str]:
    commitments = entry.get("commitments", {})
    shown = parse_canonical(data, "salts.json")
    for name, opened in shown.items():
        right_form = isinstance(opened, dict) and opened.keys() == {"salt", "text"}
        if not right_form or not isinstance(opened["text"], str) or not _HEX16.fullmatch(str(opened["salt"])):
            raise Invalid("salts.json 格式不对", "salts.json is out of form")
        if commitments.get(name) != commitment(name, opened["text"], bytes.fromhex(opened["salt"])):
            raise Invalid(
                f"披露的字段 {name} 与承诺值不一致",
                f"the disclosed field {name} does not match its commitment",
            )
    return [f"salts.json:{name}" for name in shown]


def _check_row(entry: dict[str, Any], data: bytes, row: bytes | None) -> str:
    proof = parse_canonical(data, "row-proof.json")
    bulk = entry.get("bulk")
    try:
        if (
            bulk is None
            or bulk["format"] != ROW_FORMAT
            or proof.keys() != {"digest", "index", "path", "salt"}
        ):
            raise ValueError("not a row of this entry")
        hashes = [proof["digest"], *proof["path"]]
        if not all(_HEX32.fullmatch(text) for text in hashes) or not _HEX16.fullmatch(proof["salt"]):
            raise ValueError("hashes")
        digest, *path = (bytes.fromhex(text) for text in hashes)
        leaf = leaf_hash(bytes.fromhex(proof["salt"]) + digest)
        if type(proof["index"]) is not int or type(bulk["count"]) is not int:
            raise ValueError("numbers")
        root = root_from_path(proof["index"], bulk["count"], leaf, path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(
            f"row-proof.json 格式不对：{error}", f"row-proof.json is out of form: {error}"
        ) from error
    if root is None or root.hex() != bulk["root"]:
        raise Invalid("该行不在批量条目中", "the row is not in the bulk entry")
    if row is not None and sha256(row) != digest:
        raise Invalid("行内容与摘要不一致", "the row's bytes do not match its digest")
    return f"row {proof['index']}" + ("" if row is None else " with its bytes")
