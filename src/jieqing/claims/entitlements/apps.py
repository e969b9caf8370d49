from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class EntitlementsConfig(RoomConfig):
    name = "jieqing.claims.entitlements"
    label = "entitlements"
    verbose_name = "entitlements"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.entitlements.lpr_proposed": ("登记LPR报价", "LPR proposed"),
                "claims.entitlements.lpr_confirmed": ("核实LPR报价", "LPR confirmed"),
            }
        )
        say_subjects({"claims.entitlements.lpr_month": SubjectWords("LPR月度报价", "Month of the LPR")})
