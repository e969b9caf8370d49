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
                "claims.valuation.limit_set": ("设信用额度", "Credit limit set"),
                "claims.valuation.limit_overridden": ("超额特批", "Limit overridden"),
                "claims.valuation.limit_ended": ("终止额度或特批", "Limit or override ended"),
                "claims.valuation.marked": ("评级记入异议", "Dispute noted for the rating"),
                "claims.valuation.marks_ended": ("评级解除异议", "Disputes no longer count for the rating"),
            }
        )
        say_subjects(
            {
                "claims.valuation.run": SubjectWords("评级运行", "Revaluation"),
                "claims.valuation.decision": SubjectWords("计量判断", "Judgement"),
                "claims.valuation.limit": SubjectWords("信用额度", "Credit limit"),
                "claims.valuation.mark": SubjectWords("评级标记", "Mark of a rating"),
            }
        )
