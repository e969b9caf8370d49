from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class EvidenceConfig(RoomConfig):
    name = "jieqing.trust.evidence"
    label = "evidence"
    verbose_name = "存证"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "trust.evidence.log_opened": ("开启存证日志", "Evidence log opened"),
                "trust.evidence.salts_destroyed": ("销毁盐值（删除个人信息）", "Salts destroyed (erasure)"),
            }
        )
        say_subjects(
            {
                "trust.evidence.entry": SubjectWords("存证条目", "Evidence entry", "evidence-entry"),
                "trust.evidence.log": SubjectWords("存证日志", "Evidence log"),
            }
        )
