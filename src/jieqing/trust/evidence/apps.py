from jieqing.plumbing.personal import RoomConfig


class EvidenceConfig(RoomConfig):
    name = "jieqing.trust.evidence"
    label = "evidence"
    verbose_name = "存证"
