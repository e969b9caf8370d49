from jieqing.plumbing.personal import RoomConfig


class AssuranceConfig(RoomConfig):
    name = "jieqing.recovery.assurance"
    label = "assurance"
    verbose_name = "合规"
