from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class SitesConfig(RoomConfig):
    name = "jieqing.estate.sites"
    label = "sites"
    verbose_name = "站点"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "estate.sites.created": ("开通站点", "Site opened"),
                "estate.sites.appearance_set": ("设置外观", "Appearance set"),
            }
        )
        say_subjects({"estate.sites.site": SubjectWords("站点", "Site")})
