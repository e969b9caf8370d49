from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ComplianceConfig(RoomConfig):
    name = "jieqing.trust.compliance"
    label = "compliance"
    verbose_name = "合规闸门"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "trust.compliance.denied": ("不准触达", "Contact denied"),
                "trust.compliance.awaits_approval": ("触达待审批", "Contact awaits approval"),
                "trust.compliance.permitted": ("准予触达", "Contact permitted"),
                "trust.compliance.redeemed": ("使用触达许可", "Permit used"),
                "trust.compliance.settled": ("登记触达结果", "Outcome of a contact recorded"),
                "trust.compliance.returned": ("退回触达许可", "Permit returned unused"),
                "trust.compliance.overlay_proposed": ("提出本站附加规则", "Site overlay proposed"),
                "trust.compliance.overlay_adopted": ("采用本站附加规则", "Site overlay adopted"),
                "trust.compliance.overlay_withdrawn": ("撤回本站附加规则", "Site overlay withdrawn"),
            }
        )
        say_subjects(
            {
                "trust.compliance.decision": SubjectWords("触达裁决", "Verdict on a contact"),
                "trust.compliance.overlay": SubjectWords("本站附加规则", "Site overlay"),
            }
        )
