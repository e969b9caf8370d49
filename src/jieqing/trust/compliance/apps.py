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
            }
        )
        say_subjects({"trust.compliance.decision": SubjectWords("触达裁决", "Verdict on a contact")})
