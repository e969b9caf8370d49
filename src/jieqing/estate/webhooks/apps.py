from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class WebhooksConfig(RoomConfig):
    name = "jieqing.estate.webhooks"
    label = "webhooks"
    verbose_name = "事件回调"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "estate.webhooks.added": ("添加回调", "Webhook added"),
                "estate.webhooks.secret_rotated": ("更换回调密钥", "Webhook secret rotated"),
                "estate.webhooks.paused": ("暂停回调", "Webhook paused"),
                "estate.webhooks.resumed": ("恢复回调", "Webhook resumed"),
                "estate.webhooks.removed": ("移除回调", "Webhook removed"),
                "estate.webhooks.pinged": ("测试回调", "Webhook pinged"),
                "estate.webhooks.replayed": ("重发消息", "Messages replayed"),
            }
        )
        say_subjects({"estate.webhooks.endpoint": SubjectWords("事件回调", "Webhook", "webhook")})
