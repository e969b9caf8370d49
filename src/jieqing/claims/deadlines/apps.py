from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class DeadlinesConfig(RoomConfig):
    name = "jieqing.claims.deadlines"
    label = "deadlines"
    verbose_name = "deadlines"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.deadlines.watched": ("登记期限", "Deadline recorded"),
                "claims.deadlines.watch_ended": ("期限办结", "Deadline done"),
                "claims.deadlines.act_recorded": ("登记时效事项", "Act about limitation recorded"),
                "claims.deadlines.act_withdrawn": ("撤回时效事项", "Act about limitation withdrawn"),
                "claims.deadlines.rung": ("期限提醒已发出", "Alarm of a deadline told"),
            }
        )
        say_subjects(
            {
                "claims.deadlines.watch": SubjectWords("期限", "Deadline"),
                "claims.deadlines.act": SubjectWords("时效事项", "Act about limitation"),
            }
        )
        from jieqing.claims.deadlines.panels import register

        register()
