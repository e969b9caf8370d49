from jieqing.plumbing.personal import RoomConfig


class ComplianceConfig(RoomConfig):
    name = "jieqing.trust.compliance"
    label = "compliance"
    verbose_name = "合规闸门"
