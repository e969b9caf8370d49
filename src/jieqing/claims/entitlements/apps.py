from jieqing.plumbing.personal import RoomConfig


class EntitlementsConfig(RoomConfig):
    name = "jieqing.claims.entitlements"
    label = "entitlements"
    verbose_name = "entitlements"
