from jieqing.plumbing.personal import RoomConfig


class ReceivablesConfig(RoomConfig):
    name = "jieqing.claims.receivables"
    label = "receivables"
    verbose_name = "receivables"
