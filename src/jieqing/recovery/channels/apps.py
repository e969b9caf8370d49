from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects
from jieqing.recovery.channels.engine.states import STEP_NAMES


class ChannelsConfig(RoomConfig):
    name = "jieqing.recovery.channels"
    label = "channels"
    verbose_name = "渠道"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                **{
                    f"recovery.channels.{step.value}": (f"邮件：{zh}", f"E-mail: {en}")
                    for step, (zh, en) in STEP_NAMES.items()
                },
                "recovery.channels.received": ("收到来信", "Message received"),
            }
        )
        say_subjects({"recovery.channels.message": SubjectWords("邮件", "E-mail", "message")})
