"""The labels of machines: what must be said, what must stand in the file, and that the sound stays the sound."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.trust.wording.engine.labels import (
    ContentLabel,
    LabelError,
    MachineMessage,
    check_machine,
    label_from,
    label_of_mp3,
    label_of_wav,
    labelled_mp3,
    labelled_wav,
)

LAWFUL = "您好，我是太湖应收管理中心的智能语音助手，代表江南轴承致电，本次通话录音；需要人工请按0。"
LABEL = ContentLabel("91320211MA00000000", "call-0001")
MP3 = b"\xff\xfb\x90\x00" + bytes(range(64))


def codes(message: MachineMessage) -> set[str]:
    return {one.code for one in check_machine(message)}


def test_a_lawful_opening_passes() -> None:
    assert codes(MachineMessage("voice", LAWFUL)) == set()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("您好，我是太湖公司小周，代表江南轴承，本次通话录音，转人工请按0。", {"AI-LABEL"}),
        ("您好，智能语音为您播报：本次通话录音，转人工请按0。", {"AI-WHO"}),
        ("您好，我是太湖公司的智能语音助手，转人工请按0。", {"AI-RECORD"}),
        ("您好，我是太湖公司的智能语音助手，通话会录音。", {"AI-HUMAN"}),
        ("请尽快付款。", {"AI-LABEL", "AI-WHO", "AI-RECORD", "AI-HUMAN"}),
    ],
)
def test_what_is_missing_is_named_with_its_article(text: str, missing: set[str]) -> None:
    assert codes(MachineMessage("voice", text)) == missing
    assert all(one.article and all(one.why) for one in check_machine(MachineMessage("voice", text)))


def test_a_tone_is_a_label_too_and_a_cloned_judge_never_passes() -> None:
    untold = "您好，我是太湖公司小周，代表江南轴承，本次通话录音，转人工请按0。"
    assert codes(MachineMessage("voice", untold, has_tone=True)) == set()
    assert codes(MachineMessage("voice", LAWFUL, voice="克隆：李法官")) == {"AI-OFFICIAL"}


def test_a_file_needs_its_own_label() -> None:
    assert codes(MachineMessage("voice", LAWFUL, is_file=True)) == {"AI-META"}
    assert codes(MachineMessage("voice", LAWFUL, is_file=True, metadata=LABEL)) == set()
    assert codes(MachineMessage("voice", LAWFUL, is_file=True, metadata=ContentLabel("", "1"))) == {"AI-META"}


@given(st.binary(max_size=2000), st.text(max_size=40), st.text(max_size=40))
def test_the_label_of_a_wav_is_read_back_and_the_sound_unchanged(
    sound: bytes, producer: str, number: str
) -> None:
    label = ContentLabel(producer, number)
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(sound)
    plain = file.getvalue()
    assert label_of_wav(plain) is None
    labelled = labelled_wav(labelled_wav(plain, LABEL), label)
    assert label_of_wav(labelled) == label
    with wave.open(io.BytesIO(labelled)) as reader:
        assert reader.readframes(reader.getnframes()) == sound


def test_the_label_of_an_mp3_is_read_back_and_the_sound_unchanged() -> None:
    assert label_of_mp3(MP3) is None
    once = labelled_mp3(MP3, LABEL)
    twice = labelled_mp3(once, ContentLabel("另一家", "2"))
    assert label_of_mp3(once) == LABEL
    assert label_of_mp3(twice) == ContentLabel("另一家", "2")
    assert len(twice.split(b"AIGC\0")) == 2
    assert once.endswith(MP3) and twice.endswith(MP3)


def test_what_is_no_sound_is_refused() -> None:
    with pytest.raises(LabelError):
        label_of_wav(b"hello")
    with pytest.raises(LabelError):
        labelled_mp3(b"hello", LABEL)
    assert label_from("nonsense") is None and label_from('{"AIGC": 1}') is None
