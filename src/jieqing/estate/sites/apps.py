from jieqing.plumbing.personal import RoomConfig


class SitesConfig(RoomConfig):
    name = "jieqing.estate.sites"
    label = "sites"
    verbose_name = "站点"
