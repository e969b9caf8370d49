from jieqing.plumbing.personal import RoomConfig


class PartiesConfig(RoomConfig):
    name = "jieqing.claims.parties"
    label = "parties"
    verbose_name = "parties"
