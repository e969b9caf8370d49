from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class AssuranceConfig(RoomConfig):
    name = "jieqing.recovery.assurance"
    label = "assurance"
    verbose_name = "合规"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "recovery.assurance.reviewed": ("审查规则变更的影响", "Effect of a change of rules reviewed"),
                "recovery.assurance.decided": ("决定规则变更", "Change of rules decided"),
            }
        )
        say_subjects(
            {
                "recovery.assurance.review": SubjectWords(
                    "规则变更审查", "Review of a change of rules", "gate-change"
                )
            }
        )
