from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class PartiesConfig(RoomConfig):
    name = "jieqing.claims.parties"
    label = "parties"
    verbose_name = "当事人"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.parties.point_added": ("登记联系方式", "Contact point added"),
                "claims.parties.point_confirmed": ("确认联系方式", "Contact point confirmed"),
                "claims.parties.point_invalid": ("标记联系方式失效", "Contact point marked invalid"),
                "claims.parties.point_replaced": ("更正联系方式", "Contact point corrected"),
                "claims.parties.point_erased": ("删除联系方式内容", "Contact point erased"),
                "claims.parties.point_revealed": ("查看完整联系方式", "Contact point opened"),
                "claims.parties.points_imported": ("导入联系方式", "Contact points imported"),
                "claims.parties.points_withdrawn": (
                    "撤回导入的联系方式",
                    "Imported contact points taken back",
                ),
                "claims.parties.timezone_stated": ("登记所在时区", "Time zone stated"),
                "claims.parties.consent_recorded": ("登记同意", "Consent recorded"),
                "claims.parties.opt_out_recorded": ("登记停止渠道", "Opt-out recorded"),
                "claims.parties.refusal_recorded": ("登记拒绝联系", "Refusal recorded"),
                "claims.parties.choice_withdrawn": ("撤回同意或停止", "Consent or opt-out withdrawn"),
                "claims.parties.hours_agreed": ("约定联系时间", "Hours agreed"),
                "claims.parties.hours_ended": ("结束约定时间", "Agreed hours ended"),
                "claims.parties.guarantor_linked": ("登记保证人", "Guarantor linked"),
                "claims.parties.guarantee_ended": ("结束保证", "Guarantee ended"),
                "claims.parties.event_recorded": ("登记债务人事项", "Debtor event recorded"),
                "claims.parties.event_ended": ("结束债务人事项", "Debtor event ended"),
            }
        )
        say_subjects(
            {
                "claims.parties.party": SubjectWords("当事人", "Party", "party-contacts"),
                "claims.parties.point": SubjectWords("联系方式", "Contact point", "contact-point"),
            }
        )
