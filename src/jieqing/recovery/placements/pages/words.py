"""Words of placements on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

STATE_TAGS: dict[str, tuple[Any, str]] = {
    "draft": (_("草稿"), ""),
    "signed": (_("已签署"), "info"),
    "active": (_("有效"), "good"),
    "recalled": (_("已撤回"), "bad"),
    "ended": (_("已到期"), "warn"),
    "declined": (_("未接受"), ""),
}
KIND_WORDS: dict[str, Any] = {"standing": _("自有债权常设委案"), "entrusted": _("受托")}
DECISION_TAGS: dict[str, tuple[Any, str]] = {
    "clear": (_("无冲突"), "good"),
    "accepted": (_("可以接受"), "warn"),
    "refused": (_("不接受"), "bad"),
}
SIDE_WORDS: dict[str, Any] = {
    "creditor_is_debtor": _("委托人是本站点其他委案的债务人"),
    "debtor_is_client": _("债务人是本机构的委托人或本机构自己"),
    "same_group": _("委托人与债务人可能是同一方"),
}
ALIKE_WORDS: dict[str, Any] = {
    "same": _("名称相同"),
    "branch": _("同一企业的分支机构"),
    "form": _("字号相同，组织形式或地名不同"),
    "holder": _("个体工商户与其经营者"),
    "pinyin": _("读音相同"),
    "place": _("字号相同，所在地不同"),
}
