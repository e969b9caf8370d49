"""Proof: how well an interruption is proved by the paper at hand, why, and what would make it certain.

A demand interrupts only when it reached the debtor, or should have (时效规定 8). So each form is judged by what shows
the arrival and the content: a paper by its signer, a letter by its receipt, a message by whose address it went to. The
debtor's own acts are judged by what shows that they are his; a proceeding by the court's own paper.

Four grades (`Grade`): proven moves the safe date, likely only the arguable one, weak and none neither. They are the
house's cautious reading, not a court's: a judge weighs the whole.

Source: 诉讼时效规定 8, 10 to 14; 民法典总则编解释 38.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.limitation_events import ACTS, Act, Grade, Group


class Material(StrEnum):
    """What is at hand. Values are part of links: never rename one."""

    SIGNED = "signed"
    SIGNED_BY_OTHER = "signed_by_other"
    RECEIPT = "receipt"
    RECEIPT_WITHOUT_CONTENT = "receipt_without_content"
    RETURNED_FROM_AGREED = "returned_from_agreed"
    SENT_ONLY = "sent_only"
    MESSAGE_ANSWERED = "message_answered"
    MESSAGE_TO_AGREED = "message_to_agreed"
    MESSAGE_SENT = "message_sent"
    RECORDING = "recording"
    BANK_RECORD = "bank_record"
    OFFICIAL_PAPER = "official_paper"
    MEDIA_NOTICE = "media_notice"
    NOTHING = "nothing"


class Signer(StrEnum):
    """Who signed for the debtor."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    PERSON_IN_CHARGE = "person_in_charge"
    MAIL_OFFICE = "mail_office"
    AUTHORISED = "authorised"
    SELF = "self"
    ADULT_RELATIVE_LIVING_THERE = "adult_relative_living_there"
    OTHER = "other"


_SIGNERS_OF_COMPANY = frozenset(
    {Signer.LEGAL_REPRESENTATIVE, Signer.PERSON_IN_CHARGE, Signer.MAIL_OFFICE, Signer.AUTHORISED}
)
_SIGNERS_OF_PERSON = frozenset({Signer.SELF, Signer.ADULT_RELATIVE_LIVING_THERE, Signer.AUTHORISED})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade, the reason for it, and what would raise it (None when nothing is missing)."""

    grade: Grade
    reason: Reason
    missing: Reason | None


def material_of_signature(signer: Signer, *, is_company: bool) -> Material:
    """Return what a signature on a delivered paper is worth.

    Example:
        >>> material_of_signature(Signer.MAIL_OFFICE, is_company=True).value
        'signed'
        >>> material_of_signature(Signer.ADULT_RELATIVE_LIVING_THERE, is_company=True).value
        'signed_by_other'
    """
    accepted = _SIGNERS_OF_COMPANY if is_company else _SIGNERS_OF_PERSON
    return Material.SIGNED if signer in accepted else Material.SIGNED_BY_OTHER


def judge_proof(act: Act, material: Material, *, is_debtor_missing: bool = False) -> Judgement:
    """Return how well an act is proved by a material.

    A notice in the press counts only for a debtor whose whereabouts are unknown.
    """
    group = ACTS[act].group
    table = _DEDUCTION if act is Act.DEDUCTION else _TABLES[group]
    grade, zh, en = table.get(material, _USELESS)
    if material is Material.MEDIA_NOTICE and grade is Grade.PROVEN and not is_debtor_missing:
        grade, zh, en = (
            Grade.NONE,
            "公告只在债务人下落不明时有效",
            "a press notice counts only when the debtor cannot be found",
        )
    reason = Reason(zh, en, ACTS[act].citation)
    if grade is Grade.PROVEN:
        return Judgement(grade, reason, None)
    wanted_zh, wanted_en = _WANTED[group]
    return Judgement(grade, reason, Reason(wanted_zh, wanted_en, cite("limitation_rules", 8)))


_Row = tuple[Grade, str, str]
_USELESS: _Row = (Grade.NONE, "没有能证明此事的材料", "nothing at hand proves it")
_DEMAND: Mapping[Material, _Row] = {
    Material.SIGNED: (
        Grade.PROVEN,
        "文书由债务人或有权签收的人签名、盖章、按指印",
        "signed, sealed or fingerprinted by the debtor or one who may sign",
    ),
    Material.SIGNED_BY_OTHER: (
        Grade.WEAK,
        "签收人不是法定代表人、负责人、收发部门、同住成年亲属或被授权人",
        "the signer is none of those who may sign",
    ),
    Material.RECEIPT: (Grade.PROVEN, "有邮件签收记录并保存了内容", "receipt of the letter, content kept"),
    Material.RECEIPT_WITHOUT_CONTENT: (
        Grade.LIKELY,
        "有签收记录，但不能证明信件内容是催款",
        "receipt, but nothing shows that the letter was a demand",
    ),
    Material.RETURNED_FROM_AGREED: (
        Grade.LIKELY,
        "寄往约定或登记地址被退回，属于“应当到达”",
        "returned from the agreed or registered address: should have arrived",
    ),
    Material.SENT_ONLY: (Grade.WEAK, "只有寄出凭证", "only proof of sending"),
    Material.MESSAGE_ANSWERED: (
        Grade.PROVEN,
        "债务人回复了信息或已读可证，且能确认账号属于本人",
        "the debtor answered or provably read it from an account that is his",
    ),
    Material.MESSAGE_TO_AGREED: (
        Grade.PROVEN,
        "发往合同约定的号码或邮箱并有送达记录",
        "delivered to the number or address that the contract names",
    ),
    Material.MESSAGE_SENT: (
        Grade.WEAK,
        "只有发送记录，不能证明号码属于债务人",
        "sent, but whose address it is is not shown",
    ),
    Material.RECORDING: (
        Grade.LIKELY,
        "有通话录音；须能确认本人身份和催款内容",
        "a recorded call; it must identify the debtor and the demand",
    ),
    Material.OFFICIAL_PAPER: (
        Grade.PROVEN,
        "公证、法院等机关的送达文书",
        "served by a notary, court or authority",
    ),
    Material.MEDIA_NOTICE: (
        Grade.PROVEN,
        "在国家级或债务人住所地省级有影响的媒体公告",
        "notice in national media, or provincial media of the debtor's home",
    ),
}
_CONSENT: Mapping[Material, _Row] = {
    Material.SIGNED: (Grade.PROVEN, "债务人签名、盖章的文件", "a paper signed or sealed by the debtor"),
    Material.SIGNED_BY_OTHER: (Grade.WEAK, "签字人的授权未证明", "the signer's authority is not shown"),
    Material.BANK_RECORD: (Grade.PROVEN, "银行流水显示债务人付款", "a bank line shows the debtor paying"),
    Material.MESSAGE_ANSWERED: (
        Grade.LIKELY,
        "信息内容明确，但须确认账号属于本人",
        "clear messages, but the account must be shown to be his",
    ),
    Material.RECORDING: (
        Grade.LIKELY,
        "录音内容明确，但须确认身份",
        "a clear recording, but the voice must be identified",
    ),
    Material.OFFICIAL_PAPER: (
        Grade.PROVEN,
        "公证、调解或法院笔录",
        "a notary's, mediator's or court's record",
    ),
}
_PROCEEDING: Mapping[Material, _Row] = {
    Material.OFFICIAL_PAPER: (Grade.PROVEN, "有立案、受理或收件凭证", "receipt by the court or body"),
    Material.RECEIPT: (Grade.LIKELY, "有邮寄立案材料的签收记录", "receipt of the papers sent to the court"),
    Material.SENT_ONLY: (Grade.WEAK, "只有寄出凭证", "only proof of sending"),
}
_DEDUCTION: Mapping[Material, _Row] = {
    Material.BANK_RECORD: (Grade.PROVEN, "金融机构的扣收记录", "the bank's record of the deduction"),
}
_TABLES: Mapping[Group, Mapping[Material, _Row]] = {
    Group.DEMAND: _DEMAND,
    Group.CONSENT: _CONSENT,
    Group.PROCEEDING: _PROCEEDING,
}
_WANTED: Mapping[Group, tuple[str, str]] = {
    Group.DEMAND: (
        "请补一次书面催告：寄往约定地址，内容写明催款并留底，取得签收；或取得债务人书面确认",
        "Send a written demand to the agreed address, keep its content and the receipt; or obtain a written confirmation",
    ),
    Group.CONSENT: (
        "请取得银行流水、签章文件，或对账号、声音作身份确认",
        "Obtain a bank line or a signed paper, or identify the account or voice",
    ),
    Group.PROCEEDING: ("请调取立案或受理凭证", "Obtain the receipt of filing"),
}
