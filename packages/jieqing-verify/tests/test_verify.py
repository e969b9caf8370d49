"""The verifier against the sample bundle: right as it is, wrong after any bit, honest about what is missing."""

import base64
import hashlib
import json
import random
import socket
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jieqing_verify import read_policy, verify_bundle
from jieqing_verify.archive import read_archive
from jieqing_verify.canonical import dump_canonical, parse_canonical
from jieqing_verify.cli import main
from jieqing_verify.digest import commitment, sha256
from jieqing_verify.policy import BadPolicy
from jieqing_verify.result import Invalid

WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS_NAME = "witness.example/w1"


def pack(members: dict[str, bytes]) -> bytes:
    """The exact container, written here once more from the specification."""
    body, directory = b"", b""
    for name, data in members.items():
        shared = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        tail = struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(body)) + name.encode()
        directory += b"PK\x01\x02" + struct.pack("<H", 0x314) + shared + tail
        body += b"PK\x03\x04" + shared + name.encode() + data
    count = len(members)
    return (
        body
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    )


def repack(bundle: bytes, **changes: bytes) -> bytes:
    """A well-formed bundle whose members an attacker changed, manifest and container made to fit."""
    members = read_archive(bundle)
    members.update(
        {name.replace("__", "/").replace("_JSON", ".json"): data for name, data in changes.items()}
    )
    digests = {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != "manifest.json"
    }
    members["manifest.json"] = dump_canonical({"files": digests, "format": "jieqing/evidence-bundle/1"})
    return pack(members)


def vkey(name: str, kind: int, public_key: bytes) -> str:
    material = bytes([kind]) + public_key
    key_id = hashlib.sha256(name.encode() + b"\n" + material).hexdigest()[:8]
    return f"{name}+{key_id}+{base64.b64encode(material).decode()}"


def witness_key() -> str:
    return vkey(WITNESS_NAME, 4, WITNESS.public_key().public_bytes_raw())


def cosign(bundle: bytes, time: int = 1_800_000_000) -> bytes:
    """The bundle's proof file with one witness line more."""
    proof = read_archive(bundle)["entry.tlog-proof"].decode()
    text = proof.split("\n\n")[1] + "\n"
    signature = WITNESS.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
    key_id = bytes.fromhex(witness_key().split("+")[1])
    blob = base64.b64encode(key_id + struct.pack(">Q", time) + signature).decode()
    return f"{proof}\u2014 {WITNESS_NAME} {blob}\n".encode()


def states(bundle: bytes, policy_text: bytes) -> dict[str, str]:
    return {
        name: level.state for name, level in verify_bundle(bundle, read_policy(policy_text)).levels.items()
    }


def test_sample_is_valid_and_missing_levels_say_absent(bundle: bytes, policy_text: bytes) -> None:
    verdict = verify_bundle(bundle, read_policy(policy_text))
    assert verdict.outcome == "valid"
    assert states(bundle, policy_text) == {
        "L0": "absent", "L1": "ok", "L2": "ok", "L3": "absent", "L4": "absent", "L5": "absent"
    }  # fmt: skip


def test_container_written_from_the_specification_is_the_same_bytes(bundle: bytes) -> None:
    assert pack(read_archive(bundle)) == bundle == repack(bundle)


def test_every_single_bit_flip_is_detected_without_a_crash(bundle: bytes, policy_text: bytes) -> None:
    policy = read_policy(policy_text)
    for place in range(len(bundle)):
        for bit in range(8):
            changed = bytearray(bundle)
            changed[place] ^= 1 << bit
            assert verify_bundle(bytes(changed), policy).outcome == "invalid", (place, bit)


def test_every_bit_of_evidence_is_covered_even_when_manifest_and_container_are_made_to_fit(
    bundle: bytes, policy_text: bytes
) -> None:
    """An attacker who rewrites digests and checksums still cannot change entry, proof, row or salt."""
    policy, members = read_policy(policy_text), read_archive(bundle)
    for name in ("entry.json", "row-proof.json", "row.bin", "entry.tlog-proof"):
        for place in range(len(members[name])):
            changed = bytearray(members[name])
            changed[place] ^= 1 << (place % 8)
            verdict = verify_bundle(repack(bundle, **{name: bytes(changed)}), policy)
            assert verdict.outcome == "invalid", (name, place)


def test_cuts_insertions_and_noise_never_crash(bundle: bytes, policy_text: bytes) -> None:
    policy, rng = read_policy(policy_text), random.Random(7)
    for cut in range(0, len(bundle), 7):
        assert verify_bundle(bundle[:cut], policy).outcome == "invalid"
    for _ in range(300):
        place = rng.randrange(len(bundle))
        noise = rng.randbytes(rng.randrange(1, 40))
        assert verify_bundle(bundle[:place] + noise + bundle[place:], policy).outcome == "invalid"
        assert verify_bundle(rng.randbytes(rng.randrange(300)), policy).outcome == "invalid"


def test_another_log_key_or_origin_is_refused(bundle: bytes) -> None:
    key = WITNESS.public_key().public_bytes_raw()
    same_name = f"log {vkey('vectors.jieqing.example/log', 1, key)}\nquorum none\n".encode()
    other_name = f"log {vkey('other.example/log', 1, key)}\nquorum none\n".encode()
    assert states(bundle, same_name)["L2"] == states(bundle, other_name)["L2"] == "failed"


def test_a_quorum_decides_what_valid_means(bundle: bytes, policy_text: bytes) -> None:
    log_line = policy_text.split(b"\n")[0] + b"\n"
    asks = log_line + f"witness w1 {witness_key()}\nquorum w1\n".encode()
    verdict = verify_bundle(bundle, read_policy(asks))
    assert (verdict.outcome, verdict.levels["L3"].state) == ("incomplete", "incomplete")
    witnessed = repack(bundle, **{"entry.tlog-proof": cosign(bundle)})
    verdict = verify_bundle(witnessed, read_policy(asks))
    assert (verdict.outcome, verdict.levels["L3"].state) == ("valid", "ok")
    assert verify_bundle(witnessed, read_policy(policy_text)).outcome == "valid", (
        "unknown signatures are ignored"
    )


def test_a_wrong_witness_signature_is_not_ignored(bundle: bytes, policy_text: bytes) -> None:
    asks = policy_text.split(b"\n")[0] + f"\nwitness w1 {witness_key()}\nquorum none\n".encode()
    line = cosign(bundle).decode().rsplit(" ", 1)
    blob = bytearray(base64.b64decode(line[1]))
    blob[11] ^= 1  # the time it claims
    wrong = f"{line[0]} {base64.b64encode(blob).decode()}\n".encode()
    assert states(repack(bundle, **{"entry.tlog-proof": wrong}), asks)["L3"] == "failed"


def test_policy_groups(bundle: bytes, policy_text: bytes) -> None:
    log_line = policy_text.split(b"\n")[0].decode()
    keys = [Ed25519PrivateKey.generate().public_key().public_bytes_raw() for _ in range(2)]
    others = "".join(f"witness w{n} {vkey(f'w{n}.example', 4, key)}\n" for n, key in enumerate(keys, 2))
    base = f"# for a court\n{log_line}\n\nwitness w1 {witness_key()} https://witness.example\n{others}"
    witnessed = repack(bundle, **{"entry.tlog-proof": cosign(bundle)})
    for threshold, outcome in (("any", "valid"), ("1", "valid"), ("2", "incomplete"), ("all", "incomplete")):
        policy = read_policy(f"{base}group g {threshold} w1 w2 w3\nquorum g\n".encode())
        assert verify_bundle(witnessed, policy).outcome == outcome


@pytest.mark.parametrize(
    "text",
    ["", "quorum none\n", "log x+00000000+AQ==\nquorum none\n", "{log}\n", "{log}\nquorum w1\n", "{log}\nquorum none\nquorum none\n",
     "{log}\n{log}\nquorum none\n", "{log}\ngroup g 1 w1\nquorum g\n", "{log}\nnonsense\nquorum none\n"],
)  # fmt: skip
def test_bad_policies_are_refused_with_a_sentence(text: str, policy_text: bytes) -> None:
    log_line = policy_text.split(b"\n")[0].decode()
    with pytest.raises(BadPolicy):
        read_policy(text.replace("{log}", log_line).encode())


def test_disclosed_fields_and_vectors(vectors: Path) -> None:
    for row in json.loads((vectors / "commitments.json").read_text("utf-8")):
        made = commitment(row["field"], row["text"], bytes.fromhex(row["salt"]))
        assert made == {"sha256": row["sha256"], "sm3": row["sm3"]}
    entries = json.loads((vectors / "entries.json").read_text("utf-8"))
    for row in entries.values():
        assert parse_canonical(row["entry"].encode(), "entry")["v"] == 1
        assert sha256(row["entry"].encode()).hex() == row["sha256"]
        assert sha256(b"\x00" + row["entry"].encode()).hex() == row["leaf_hash"]
    second = json.loads(entries["chain-2"]["entry"])
    assert second["chain"]["prev"] == entries["chain-1"]["sha256"]


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1.0}',
        '{"a": 1}',
        '{"b":1,"a":1}',
        '{"a":1,"a":1}',
        '{"a":9007199254740992}',
        "[]",
        '{"a":"\\u0041"}',
        "{",
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_canonical(text.encode(), "text")


def test_deep_nesting_is_refused_not_a_crash() -> None:
    with pytest.raises(Invalid):
        parse_canonical(b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "text")


def test_command_exit_codes_and_json(
    vectors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, policy = str(vectors / "sample.evidence.zip"), str(vectors / "sample.policy")
    assert main([good, "--policy", policy, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["valid"] is True and list(answer["levels"]) == ["L0", "L1", "L2", "L3", "L4", "L5"]
    assert set(answer["levels"]["L2"]) >= {"state", "reason"}
    broken = tmp_path / "broken.zip"
    broken.write_bytes(Path(good).read_bytes()[:-1])
    assert main([str(broken), "--policy", policy, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["valid"] is False
    assert main([str(tmp_path / "missing"), "--policy", policy, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["valid"] is False
    (tmp_path / "policy").write_text("nonsense\n")
    assert main([good, "--policy", str(tmp_path / "policy")]) == 2
    assert main([good, "--policy", policy]) == 0
    assert capsys.readouterr().out.strip().endswith("有效 VALID")


def test_needs_no_network_and_no_jieqing(
    vectors: Path, monkeypatch: pytest.MonkeyPatch, bundle: bytes, policy_text: bytes
) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("the verifier opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert verify_bundle(bundle, read_policy(policy_text)).outcome == "valid"
    script = "import sys, jieqing_verify.cli; assert not {'django', 'jieqing'} & {m.split('.')[0] for m in sys.modules}"
    source = str(Path(__file__).resolve().parents[1] / "src")
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": source})
