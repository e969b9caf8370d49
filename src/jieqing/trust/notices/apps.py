from jieqing.plumbing.personal import RoomConfig


class NoticesConfig(RoomConfig):
    name = "jieqing.trust.notices"
    label = "notices"
    verbose_name = "通知"
