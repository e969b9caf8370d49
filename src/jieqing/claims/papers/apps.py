from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class PapersConfig(RoomConfig):
    name = "jieqing.claims.papers"
    label = "papers"
    verbose_name = "papers"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.papers.added": ("加入附件", "Paper added"),
                "claims.papers.withdrawn": ("撤下附件", "Paper withdrawn"),
            }
        )
        say_subjects({"claims.papers.paper": SubjectWords("附件", "Paper")})
