from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class NoticesConfig(RoomConfig):
    name = "jieqing.trust.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "trust.notices.queued": ("发出通知", "Notice queued"),
                "trust.notices.forgotten": ("删除通知内容", "Notice forgotten"),
            }
        )
        say_subjects({"trust.notices.notice": SubjectWords("通知", "Notice", "notice")})
