"""The whole check of one bundle: container, manifest, then level by level.

Each level answers for itself; a failed one does not hide the others. Nothing in the bundle is trusted: keys come
from the policy, digests are recomputed, and levels that this version does not check say ``absent``.
"""

from datetime import UTC, datetime

from jieqing_verify.archive import read_archive
from jieqing_verify.canonical import parse_canonical
from jieqing_verify.digest import sha256
from jieqing_verify.entry import check_contents, read_entry
from jieqing_verify.merkle import leaf_hash, root_from_path
from jieqing_verify.note import Proof, cosigned_at, is_signed_by_log, read_proof
from jieqing_verify.policy import NONE, Policy
from jieqing_verify.result import LEVELS, Invalid, Level, Verdict

BUNDLE_FORMAT = "jieqing/evidence-bundle/1"
COLLECTION_FORMAT = "jieqing/evidence-collection/1"
_NEEDED = {"manifest.json", "README.txt", "entry.json", "entry.tlog-proof"}
_ALLOWED = _NEEDED | {"salts.json", "row-proof.json", "row.bin"}


def verify_bundle(data: bytes, policy: Policy) -> Verdict:
    """Check a bundle, or a collection of bundles, against a policy; never raises on what the file holds."""
    about: dict[str, object] = {"bundle_sha256": sha256(data).hex()}
    try:
        members = read_archive(data)
        if "0001.evidence.zip" in members and "manifest.json" in members:
            return _verify_collection(members, policy, about)
    except Invalid as failure:
        return _unreadable(failure, about)
    return _verify_single(data, policy)


def _verify_single(data: bytes, policy: Policy) -> Verdict:
    about: dict[str, object] = {"bundle_sha256": sha256(data).hex()}
    try:
        members = read_archive(data)
        _check_manifest(members)
    except Invalid as failure:
        return _unreadable(failure, about)
    levels = {name: Level("absent", "未提供", "absent from this bundle") for name in LEVELS}
    levels["L0"], levels["L1"] = _check_entry(members, about)
    levels["L2"], levels["L3"] = _check_log(members, policy, about)
    levels["L4"] = Level(
        "absent", "未提供第三方时间戳，时间仅为声明", "no third-party time stamp; times are claims"
    )
    levels["L5"] = Level("absent", "未提供链上锚定", "no chain anchor")
    return Verdict(levels, about)


def _unreadable(failure: Invalid, about: dict[str, object]) -> Verdict:
    levels = {name: Level("absent", "未提供", "absent from this bundle") for name in LEVELS}
    levels["L1"] = Level("failed", failure.zh, failure.en)
    levels["L2"] = Level("absent", "文件无法读取，未核验", "the container cannot be read; not checked")
    return Verdict(levels, about)


def _verify_collection(members: dict[str, bytes], policy: Policy, about: dict[str, object]) -> Verdict:
    """Every bundle of a collection for itself; a level of the whole is as good as its weakest."""
    bundles = {name: data for name, data in members.items() if name != "manifest.json"}
    names = [f"{number:04d}.evidence.zip" for number in range(1, len(bundles) + 1)]
    manifest = parse_canonical(members["manifest.json"], "manifest.json")
    digests = {name: sha256(data).hex() for name, data in bundles.items()}
    if not bundles or list(bundles) != names or manifest != {"files": digests, "format": COLLECTION_FORMAT}:
        raise Invalid("清单与文件内容不一致", "the manifest does not match the members")
    verdicts = {name: _verify_single(data, policy) for name, data in bundles.items()}
    about["bundles"] = [
        {"file": name, "outcome": verdict.outcome, **verdict.about} for name, verdict in verdicts.items()
    ]
    return Verdict({name: _weakest(name, verdicts) for name in LEVELS}, about)


def _weakest(level: str, verdicts: dict[str, Verdict]) -> Level:
    """The level of a collection: one failure fails it, and it is ok only where every bundle is."""
    for state in ("failed", "incomplete", "absent"):
        found = [
            (name, one.levels[level]) for name, one in verdicts.items() if one.levels[level].state == state
        ]
        if found:
            name, first = found[0]
            of = f"{len(found)}/{len(verdicts)}"
            return Level(first.state, f"{of}，{name}：{first.zh}", f"{of}, {name}: {first.en}")
    return Level("ok", f"{len(verdicts)} 条存证均有效", f"all {len(verdicts)} entries are valid")


def _check_manifest(members: dict[str, bytes]) -> None:
    names = {name for name in members if not name.startswith("artefacts/")}
    if not _NEEDED <= names <= _ALLOWED or ("row.bin" in names and "row-proof.json" not in names):
        raise Invalid(
            "存证包内文件不全或有多余文件", "members are missing from the bundle, or there are strange ones"
        )
    manifest = parse_canonical(members["manifest.json"], "manifest.json")
    digests = {name: sha256(content).hex() for name, content in members.items() if name != "manifest.json"}
    if manifest != {"files": digests, "format": BUNDLE_FORMAT}:
        raise Invalid("清单与文件内容不一致", "the manifest does not match the members")


def _check_entry(members: dict[str, bytes], about: dict[str, object]) -> tuple[Level, Level]:
    source = Level("absent", "条目未说明采集来源", "the entry states no capture source")
    try:
        entry = read_entry(members["entry.json"])
        compared = check_contents(entry, members)
    except Invalid as failure:
        return source, Level("failed", failure.zh, failure.en)
    if "capture" in entry:
        source = Level(
            "incomplete",
            "条目说明了采集来源，但无佐证",
            "the entry states its capture source; nothing here corroborates it",
        )
    about["entry"] = {
        name: entry[name] for name in ("id", "action", "subject", "event_time", "recorded_at")
    } | {"sha256": sha256(members["entry.json"]).hex()}
    what = ", ".join(compared)
    if what:
        return source, Level("ok", f"内容与条目一致：{what}", f"contents match the entry: {what}")
    return source, Level(
        "ok", "条目格式规范；包内无原件可比", "the entry is canonical; the bundle shows no originals"
    )


def _check_log(members: dict[str, bytes], policy: Policy, about: dict[str, object]) -> tuple[Level, Level]:
    unseen = Level("absent", "无见证人签名", "no witness signatures")
    try:
        proof = read_proof(members["entry.tlog-proof"])
        about["log"] = {"origin": proof.origin, "index": proof.index, "size": proof.size}
        _check_inclusion(proof, members["entry.json"], policy)
    except Invalid as failure:
        return Level("failed", failure.zh, failure.en), unseen
    place = Level(
        "ok",
        f"条目为日志 {proof.origin} 的第 {proof.index} 条（共 {proof.size} 条），日志签名有效",
        f"entry {proof.index} of {proof.size} in log {proof.origin}, signed by the log",
    )
    try:
        return place, _check_witnesses(proof, policy)
    except Invalid as failure:
        return place, Level("failed", failure.zh, failure.en)


def _check_inclusion(proof: Proof, entry: bytes, policy: Policy) -> None:
    keys = policy.logs_of(proof.origin)
    if not keys:
        raise Invalid(f"策略文件未列出日志 {proof.origin}", f"the policy lists no log named {proof.origin}")
    if not is_signed_by_log(proof.note, keys):
        raise Invalid("检查点没有有效的日志签名", "the checkpoint has no valid signature of the log")
    if root_from_path(proof.index, proof.size, leaf_hash(entry), proof.path) != proof.root:
        raise Invalid("条目不在该检查点的日志中", "the entry is not in the log at this checkpoint")


def _check_witnesses(proof: Proof, policy: Policy) -> Level:
    times = {name: cosigned_at(proof.note, key) for name, key in policy.witnesses.items()}
    cosigned = {name: time for name, time in times.items() if time is not None}
    count, total = len(cosigned), len(policy.witnesses)
    if not policy.is_met(cosigned):
        return Level(
            "incomplete",
            f"见证人 {count}/{total}，未达到法定数",
            f"witnesses {count} of {total}: quorum not met",
        )
    if policy.quorum == NONE and not cosigned:
        return Level(
            "absent", "无见证人签名（策略未要求）", "no witness signatures (the policy asks for none)"
        )
    latest = datetime.fromtimestamp(min(max(cosigned.values()), 2**34), UTC).isoformat()
    return Level(
        "ok",
        f"见证人 {count}/{total}，最晚 {latest}",
        f"witnesses {count} of {total}, the latest at {latest}",
    )
