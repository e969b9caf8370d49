"""What people read for the acts, the papers and the states of limitation."""

from django.utils.translation import gettext_lazy as _

from jieqing.claims.entitlements.engine.limitation_proof import Material

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
STATES = {
    "not_started": _("尚未起算"),
    "runs": _("时效进行中"),
    "held": _("程序或障碍存续，暂不计算"),
    "renewed": _("曾经届满，债务人同意履行后重新起算"),
}
GRADES = {3: _("可证明"), 2: _("较强"), 1: _("薄弱"), 0: _("无证据")}
TONES = {3: "good", 2: "warn", 1: "bad", 0: "bad"}
