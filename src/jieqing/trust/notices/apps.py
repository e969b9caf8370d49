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
                "trust.notices.sent": ("通知已送达邮件服务器", "Notice sent"),
                "trust.notices.deferred": ("通知稍后重试", "Notice deferred"),
                "trust.notices.refused": ("通知被拒收", "Notice refused"),
                "trust.notices.expired": ("通知过期未发", "Notice ran out"),
                "trust.notices.withdrawn": ("撤回通知", "Notice withdrawn"),
                "trust.notices.held": ("通知暂缓发送", "Notices held"),
                "trust.notices.forgotten": ("删除通知内容", "Notice forgotten"),
            }
        )
        say_subjects({"trust.notices.notice": SubjectWords("通知", "Notice", "notice")})
