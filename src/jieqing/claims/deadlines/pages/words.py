"""What people read for the kinds of deadlines, the acts and the papers."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jieqing.claims.deadlines.engine.watched import ENFORCEMENT, GUARANTEE, KINDS
from jieqing.claims.entitlements.engine.deadlines_guarantee import GuaranteeKind
from jieqing.claims.entitlements.engine.deadlines_terms import TERMS
from jieqing.claims.entitlements.engine.limitation_events import ACTS, Group
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.plumbing.templatetags.kit import lang

MATERIALS = {
    Material.SIGNED: _("对方（或有权签收人）签名、盖章"),
    Material.SIGNED_BY_OTHER: _("其他人签收"),
    Material.RECEIPT: _("邮件签收记录，并留有内容"),
    Material.RECEIPT_WITHOUT_CONTENT: _("邮件签收记录，没留内容"),
    Material.RETURNED_FROM_AGREED: _("寄往约定地址被退回"),
    Material.SENT_ONLY: _("只有寄出凭证"),
    Material.MESSAGE_ANSWERED: _("信息有回复或已读，账号可确认"),
    Material.MESSAGE_TO_AGREED: _("发往约定号码或邮箱，有送达记录"),
    Material.MESSAGE_SENT: _("只有发送记录"),
    Material.RECORDING: _("通话录音"),
    Material.BANK_RECORD: _("银行流水"),
    Material.OFFICIAL_PAPER: _("法院、公证等机关的文书或受理凭证"),
    Material.MEDIA_NOTICE: _("媒体公告"),
    Material.NOTHING: _("没有材料"),
}
GUARANTEES = {
    GuaranteeKind.UNCLEAR: _("没写清楚"),
    GuaranteeKind.GENERAL: _("一般保证"),
    GuaranteeKind.JOINT: _("连带责任保证"),
}
GRADES = {3: _("可证明"), 2: _("较强"), 1: _("薄弱"), 0: _("无证据")}
GRADE_TONES = {3: "good", 2: "warn", 1: "bad", 0: "bad"}
STATES = {
    "not_started": _("尚未起算"),
    "runs": _("时效进行中"),
    "held": _("程序或障碍存续，暂不计算"),
    "renewed": _("曾经届满，债务人同意履行后重新起算"),
}
_OWN = {ENFORCEMENT: _("申请执行（二年）"), GUARANTEE: _("保证期间")}
_OWN_FROM = {ENFORCEMENT: _("判决履行期最后一日"), GUARANTEE: _("主债务到期日")}


def kind_words(kind: str) -> str:
    term = TERMS.get(kind)
    if term is None:
        return str(_OWN.get(kind, kind))
    return term.zh if lang() == "zh" else capfirst(term.en)


def from_words(kind: str) -> str:
    term = TERMS.get(kind)
    if term is None:
        return str(_OWN_FROM.get(kind, ""))
    return term.from_zh if lang() == "zh" else term.from_en


def kind_choices() -> list[tuple[str, str]]:
    return [
        (kind, _("%(term)s（自%(event)s）") % {"term": kind_words(kind), "event": from_words(kind)})
        for kind in KINDS
    ]


def act_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    groups = {
        Group.DEMAND: _("债权人主张"),
        Group.CONSENT: _("债务人同意"),
        Group.PROCEEDING: _("法律程序"),
    }
    return [
        (groups[group], [(act.value, act_words(act)) for act, one in ACTS.items() if one.group is group])
        for group in Group
    ]


def act_words(act: Any) -> str:
    one = ACTS[act]
    return one.zh if lang() == "zh" else one.en
