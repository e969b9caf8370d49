"""What a machine must say of itself: the labels of generated voice and text, heard or seen and in the file's own data.

The law asks for two: one that a person notices (标识办法 art. 4: spoken or as a tone at the beginning, the end or in between; for text
a mark at the beginning or end), and one in the metadata (art. 5: what it is, who provides it, the number of the content). Beside
them stand the house's own duties of a machine's first words: who calls, for whom, that it is recorded, how to reach a person;
and never the voice or the style of an official, a lawyer or a relative (深度合成规定 art. 17). The metadata follow GB 45438—2025: one
key ``AIGC`` that holds a small JSON. Its field names and the tone (Morse ``AI``) are from memory of the standard and are to be
checked against the text before a filing relies on them.

Decides whether a message may leave as it is; every finding names its article. Refuses files it cannot read (``LabelError``).
"""

import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MACHINE = "人工智能|智能语音|智能助手|智能客服|语音助手|机器人|机器(?:合成|语音)|自动语音|合成语音|\\bai\\b|automated|artificial|virtual assistant"
_SAYS_MACHINE = re.compile(_MACHINE, re.I)
_SAYS_MADE = re.compile(
    "(?:人工智能|ai|算法|模型|自动|机器).{0,6}(?:生成|合成|撰写|播报|发送)|智能语音|automated|ai.generated",
    re.I,
)
_SAYS_WHO = re.compile("我是|这里是|我们是|代表|受.{1,20}委托|on behalf|this is|speaking for", re.I)
_SAYS_RECORDED = re.compile("录音|recorded", re.I)
_SAYS_HUMAN = re.compile(
    "(?:转|接|找|需要|要)?人工(?:服务|客服|坐席)?.{0,8}(?:按|说|回复|拨|输入)|(?:按|说|回复|输入).{0,6}(?:人工|真人)|press \\d|human|person",
    re.I,
)
_OFFICIAL = re.compile(
    "法官|法院|警|公安|检察|律师|监管|官员|书记员|政府|亲属|家人|judge|police|court|lawyer|officer", re.I
)
_OPENING = 60


class LabelError(ValueError):
    """The file is not of the kind it is said to be."""


@dataclass(frozen=True, slots=True)
class MachineMessage:
    """What a machine is about to say or send. ``metadata``: of the file, as read by ``label_of_*``; none for a live call."""

    kind: str
    text: str
    has_tone: bool = False
    voice: str = ""
    persona: str = ""
    metadata: "ContentLabel | None" = None
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class ContentLabel:
    """The implicit label: whether generated (1 yes, 2 perhaps, 3 suspected), by whom, under which number."""

    producer: str
    number: str
    label: str = "1"
    propagator: str = ""
    propagated_number: str = ""

    def as_json(self) -> str:
        return json.dumps(
            {
                "AIGC": {
                    "Label": self.label,
                    "ContentProducer": self.producer,
                    "ProduceID": self.number,
                    "ReservedCode1": "",
                    "ContentPropagator": self.propagator,
                    "PropagateID": self.propagated_number,
                    "ReservedCode2": "",
                }
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )


@dataclass(frozen=True, slots=True)
class LabelFinding:
    code: str
    article: str
    why: tuple[str, str]


def label_from(text: str) -> ContentLabel | None:
    """The label in a metadata value; None where there is none that can be read."""
    try:
        fields = json.loads(text)["AIGC"]
        return ContentLabel(
            str(fields["ContentProducer"]),
            str(fields["ProduceID"]),
            str(fields["Label"]),
            str(fields.get("ContentPropagator", "")),
            str(fields.get("PropagateID", "")),
        )
    except (ValueError, KeyError, TypeError):
        return None


_FINDINGS: Mapping[str, tuple[str, tuple[str, str]]] = {
    "AI-LABEL": (
        "《人工智能生成合成内容标识办法》第四条; GB 45438—2025",
        ("没有显式标识：开头或结尾须说明由人工智能生成或合成。", "No label to be noticed: say at the beginning or end that a machine made it."),
    ),
    "AI-META": (
        "《人工智能生成合成内容标识办法》第五条; GB 45438—2025",
        ("文件元数据没有隐式标识（属性、提供者、编号）。", "The file's metadata name neither what it is, nor its provider, nor its number."),
    ),
    "AI-WHO": (
        "GB/T 45251—2025 5.3; 《个人信息保护法》第十七条",
        ("开场没有说明谁在联系、代表谁。", "The first words do not say who speaks and for whom."),
    ),
    "AI-RECORD": (
        "《个人信息保护法》第十七条",
        ("开场没有告知通话录音。", "The first words do not say that the call is recorded."),
    ),
    "AI-HUMAN": (
        "《个人信息保护法》第二十四条",
        ("没有转人工的方法。", "No way to reach a person."),
    ),
    "AI-OFFICIAL": (
        "《互联网信息服务深度合成管理规定》第十七条; 《刑法》第二百七十九条",
        ("不得使用公职人员、律师或亲属的声音、称谓。", "Never the voice or title of an official, a lawyer or a relative."),
    ),
}  # fmt: skip


def check_machine(message: MachineMessage) -> tuple[LabelFinding, ...]:
    """What is missing or forbidden in a machine's message; empty when it may leave."""
    text = message.text.strip()
    opening, ending = text[:_OPENING], text[-_OPENING:]
    is_voice = message.kind == "voice"
    says_so = _SAYS_MACHINE if is_voice else _SAYS_MADE
    wrong = {
        "AI-LABEL": not (
            says_so.search(opening) or says_so.search(ending) or (is_voice and message.has_tone)
        ),
        "AI-META": message.is_file and not _is_whole(message.metadata),
        "AI-WHO": not _SAYS_WHO.search(opening),
        "AI-RECORD": is_voice and not _SAYS_RECORDED.search(text[: 2 * _OPENING]),
        "AI-HUMAN": not _SAYS_HUMAN.search(text),
        "AI-OFFICIAL": bool(_OFFICIAL.search(f"{message.voice} {message.persona}")),
    }
    return tuple(LabelFinding(code, *_FINDINGS[code]) for code, is_wrong in wrong.items() if is_wrong)


def _is_whole(label: ContentLabel | None) -> bool:
    return label is not None and label.label in {"1", "2", "3"} and bool(label.producer and label.number)


def labelled_wav(data: bytes, label: ContentLabel) -> bytes:
    """The same sound with the label in its ``LIST INFO ICMT`` chunk; an older label is replaced."""
    kept = b"".join(_chunk(name, body) for name, body in _wav_chunks(data) if not _is_label_chunk(name, body))
    comment = label.as_json().encode() + b"\0"
    body = b"WAVE" + kept + _chunk(b"LIST", b"INFO" + _chunk(b"ICMT", comment))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def label_of_wav(data: bytes) -> ContentLabel | None:
    for name, body in _wav_chunks(data):
        if _is_label_chunk(name, body):
            at = body.index(b"ICMT")
            size = struct.unpack_from("<I", body, at + 4)[0]
            return label_from(body[at + 8 : at + 8 + size].rstrip(b"\0").decode("utf-8", "replace"))
    return None


def labelled_mp3(data: bytes, label: ContentLabel) -> bytes:
    """The same sound with the label in an ID3v2.3 ``TXXX`` frame named ``AIGC``; an older tag of ours is replaced."""
    frame = b"\0AIGC\0" + label.as_json().encode()
    kept = b"".join(
        _id3_frame(name, body) for name, body in _id3_frames(data) if not _is_label_frame(name, body)
    )
    tag = kept + _id3_frame(b"TXXX", frame)
    size = len(tag)
    header = b"ID3\x03\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return header + tag + data[_id3_size(data) :]


def label_of_mp3(data: bytes) -> ContentLabel | None:
    for name, body in _id3_frames(data):
        if _is_label_frame(name, body):
            return label_from(body.split(b"\0", 2)[2].decode("utf-8", "replace"))
    return None


def _wav_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise LabelError("not a WAV file")
    place = 12
    while place + 8 <= len(data):
        size = struct.unpack_from("<I", data, place + 4)[0]
        yield data[place : place + 4], data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _is_label_chunk(name: bytes, body: bytes) -> bool:
    return name == b"LIST" and body[:4] == b"INFO" and b"ICMT" in body and b'"AIGC"' in body


def _id3_size(data: bytes) -> int:
    if data[:3] != b"ID3":
        if data[:1] != b"\xff":
            raise LabelError("not an MP3 file")
        return 0
    return 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))


def _id3_frames(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end, place = _id3_size(data), 10
    is_fourth = data[3:4] == b"\x04"
    while place + 10 <= end and data[place : place + 1].isalnum():
        raw = data[place + 4 : place + 8]
        size = (
            sum(byte << shift for byte, shift in zip(raw, (21, 14, 7, 0), strict=True))
            if is_fourth
            else int.from_bytes(raw, "big")
        )
        yield data[place : place + 4], data[place + 10 : place + 10 + size]
        place += 10 + size


def _id3_frame(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "big") + b"\0\0" + body


def _is_label_frame(name: bytes, body: bytes) -> bool:
    return name == b"TXXX" and body[:6] == b"\0AIGC\0"
