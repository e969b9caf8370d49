from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class OutreachConfig(RoomConfig):
    name = "jieqing.recovery.outreach"
    label = "outreach"
    verbose_name = "触达"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "recovery.outreach.approval_asked": ("申请审批触达", "Approval of a contact asked for"),
                "recovery.outreach.approval_answered": ("答复触达审批", "Approval of a contact answered"),
                "recovery.outreach.companion_named": ("指明上门同行人", "Companion of a visit named"),
                "recovery.outreach.retry_rule_set": ("设定再次联系规则", "Rule of retries set"),
            }
        )
        say_subjects(
            {
                "recovery.outreach.approval": SubjectWords("触达审批", "Approval of a contact", "approval"),
                "recovery.outreach.retry_rule": SubjectWords("再次联系规则", "Rule of retries"),
            }
        )
