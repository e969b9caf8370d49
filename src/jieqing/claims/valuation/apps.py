from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ValuationConfig(RoomConfig):
    name = "jieqing.claims.valuation"
    label = "valuation"
    verbose_name = "valuation"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.valuation.revalued": ("重算评级与预警", "Ratings and warnings recomputed"),
                "claims.valuation.decided": ("作出计量判断", "Judgement recorded"),
                "claims.valuation.decision_ended": ("撤回计量判断", "Judgement withdrawn"),
            }
        )
        say_subjects(
            {
                "claims.valuation.run": SubjectWords("评级运行", "Revaluation"),
                "claims.valuation.decision": SubjectWords("计量判断", "Judgement"),
            }
        )
