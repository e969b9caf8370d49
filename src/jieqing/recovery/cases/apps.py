from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects
from jieqing.recovery.cases.engine.words import EVENT_NAMES


class CasesConfig(RoomConfig):
    name = "jieqing.recovery.cases"
    label = "cases"
    verbose_name = "cases"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                **{f"recovery.cases.{kind}": words for kind, words in EVENT_NAMES.items()},
                "recovery.cases.many": ("批量办理案件", "Many cases in one step"),
                "recovery.cases.ladder_set": ("设定催收阶梯", "Ladder of stages set"),
                "recovery.cases.rule_set": ("设定立案规则", "Rule of opening set"),
                "recovery.cases.file_read": ("导入案件文件", "File of cases read"),
                "recovery.cases.previews_removed": ("清除仅预览的文件", "Files only looked at removed"),
                "recovery.cases.file_undone": ("撤销案件文件", "File of cases taken back"),
            }
        )
        say_subjects(
            {
                "recovery.cases.case": SubjectWords("案件", "Case"),
                "recovery.cases.bulk": SubjectWords("批量办理", "Bulk step"),
                "recovery.cases.ladder": SubjectWords("催收阶梯", "Ladder of stages"),
                "recovery.cases.rule": SubjectWords("立案规则", "Rule of opening"),
                "recovery.cases.previews": SubjectWords("仅预览的文件", "Files only looked at"),
                "recovery.cases.file": SubjectWords("案件文件", "File of cases"),
            }
        )
