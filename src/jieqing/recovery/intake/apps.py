from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class IntakeConfig(RoomConfig):
    name = "jieqing.recovery.intake"
    label = "intake"
    verbose_name = "立案审查"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "recovery.intake.declared": ("说明债权来源", "Origin of debts declared"),
                "recovery.intake.checked": ("立案前合法性审查", "Legality checked"),
                "recovery.intake.decided": ("律师决定", "Lawyer's decision"),
                "recovery.intake.consulted": ("分诊并答复咨询", "Enquiry triaged and answered"),
            }
        )
        say_subjects({"recovery.intake.check": SubjectWords("合法性审查", "Legality check", "intake-check")})
