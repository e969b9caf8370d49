"""The leaflet in every bundle, Chinese first: what it is, how to check it, what it does not show."""

_TEXT = """结清存证包
==========
本文件包证明：下列条目在所示检查点时已在存证日志中，内容此后未被改动。

操作：{action}
对象：{subject}
主张的发生时间：{event_time}
平台记录时间：{recorded_at}
日志：{origin}
条目序号（从 0 起）：{index}，检查点大小：{size}

如何核验（无需联网，不依赖本平台）
1. 从独立渠道取得信任策略文件 policy（其中列有日志公钥；不要使用随本包一起收到的公钥）。
2. 运行：jieqing-verify 本文件.evidence.zip --policy policy
3. 退出码 0 表示有效，1 表示无效，2 表示不完整；每一层（L0–L5）各有一行说明。

各层含义：L0 上链前来源；L1 内容与条目一致；L2 条目在日志中且有日志签名；L3 见证人；L4 第三方时间戳；L5 区块链锚定。
缺少的层会如实显示为“absent（未提供）”，不代表失败，也不代表已核验。
本说明仅供阅读，不是证据本身；证据是 entry.json、entry.tlog-proof 及其引用的内容。请勿解压后重新压缩本文件。

Jieqing evidence bundle
=======================
This bundle shows that the act below stood in the evidence log by the checkpoint given, unchanged since.

Action: {action}
Subject: {subject}
Claimed time of the event: {event_time}
Recorded by the platform: {recorded_at}
Log: {origin}
Entry index (from 0): {index}, checkpoint size: {size}

How to check (no network, no trust in us)
1. Obtain the policy file with the log's public key from an independent source, never from whoever gave you this file.
2. Run: jieqing-verify FILE.evidence.zip --policy policy
3. Exit code 0 valid, 1 invalid, 2 incomplete; one line for each level L0 to L5 says why.

Levels: L0 provenance before the log; L1 contents match the entry; L2 the entry is in the log, signed by the log;
L3 witnesses; L4 third-party time stamp; L5 chain anchor. A missing level says "absent": neither failed nor checked.
This leaflet is for reading and is no evidence; entry.json, entry.tlog-proof and what they name are.
Do not unpack and re-pack this file: its exact bytes are part of the check.
"""


def readme_text(*, entry: dict[str, object], origin: str, index: int, size: int) -> str:
    """The leaflet for one entry."""
    return _TEXT.format(
        action=entry["action"],
        subject=entry["subject"],
        event_time=entry["event_time"],
        recorded_at=entry["recorded_at"],
        origin=origin,
        index=index,
        size=size,
    )
