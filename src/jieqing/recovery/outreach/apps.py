from jieqing.plumbing.personal import RoomConfig


class OutreachConfig(RoomConfig):
    name = "jieqing.recovery.outreach"
    label = "outreach"
    verbose_name = "触达"
