from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class PlacementsConfig(RoomConfig):
    name = "jieqing.recovery.placements"
    label = "placements"
    verbose_name = "委案"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "recovery.placements.opened": ("开立委案", "Placement opened"),
                "recovery.placements.signed": ("签署委托协议", "Placement signed"),
                "recovery.placements.declined": ("不接受委托", "Placement declined"),
                "recovery.placements.conflicts_decided": (
                    "利益冲突检索决定",
                    "Conflicts of interest decided",
                ),
                "recovery.placements.activated": ("委案生效", "Placement activated"),
                "recovery.placements.standing_made": ("建立自有债权常设委案", "Standing placement made"),
                "recovery.placements.items_withdrawn": ("撤回部分债权", "Items withdrawn from a placement"),
                "recovery.placements.recalled": ("撤回委案", "Placement recalled"),
                "recovery.placements.ended": ("委案到期", "Placement ended"),
            }
        )
        say_subjects({"recovery.placements.placement": SubjectWords("委案", "Placement", "placement")})
