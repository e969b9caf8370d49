from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class SitesConfig(RoomConfig):
    name = "jieqing.estate.sites"
    label = "sites"
    verbose_name = "站点"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "estate.sites.created": ("开通站点", "Site opened"),
                "estate.sites.appearance_set": ("设置外观", "Appearance set"),
                "estate.sites.placement_opened": ("登记自有债权委托", "Own debts placed"),
                "estate.sites.profile_saved": ("填写机构资料", "Profile saved"),
                "estate.sites.licence_added": ("上传证照", "Licence added"),
                "estate.sites.filing_given": ("填写备案", "Filing given"),
                "estate.sites.filing_confirmed": ("核验备案", "Filing confirmed"),
                "estate.sites.account_named": ("登记资金监管账户", "Supervised account named"),
                "estate.sites.agreement_accepted": ("接受服务协议", "Agreement accepted"),
                "estate.sites.state_changed": ("站点状态变更", "Site state changed"),
                "estate.sites.self_test_begun": ("开始存证自检", "Evidence self-test begun"),
                "estate.sites.self_tested": ("完成存证自检", "Evidence self-test done"),
                "estate.sites.operator_appointed": ("任命平台运营", "Platform operator appointed"),
                "estate.sites.words_found": ("对外文字有问题", "Public words questioned"),
                "estate.sites.words_mended": ("对外文字已改", "Public words mended"),
                "estate.sites.reviewed": ("平台运营查看资料", "Papers read by the platform"),
                "estate.sites.domain_asked": ("申请域名", "Domain asked for"),
                "estate.sites.domain_verified": ("域名验证通过", "Domain verified"),
                "estate.sites.domain_ended": ("停用域名", "Domain ended"),
                "estate.sites.rent_agreed": ("选定租用方案", "Rent agreed"),
                "estate.sites.invoice_issued": ("开出租用账单", "Rent invoice issued"),
                "estate.sites.rent_received": ("租用费到账", "Rent received"),
                "estate.sites.export_requested": ("申请完整导出", "Full export requested"),
                "estate.sites.exported": ("完成完整导出", "Full export made"),
            }
        )
        say_subjects(
            {
                "estate.sites.site": SubjectWords("站点", "Site"),
                "estate.sites.invoice": SubjectWords("租用账单", "Rent invoice"),
                "estate.sites.export": SubjectWords("完整导出", "Full export"),
                "estate.sites.review": SubjectWords("平台查看", "Look by the platform"),
                "estate.sites.domain": SubjectWords("域名", "Domain"),
            }
        )
