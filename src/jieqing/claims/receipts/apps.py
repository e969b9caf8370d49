from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ReceiptsConfig(RoomConfig):
    name = "jieqing.claims.receipts"
    label = "receipts"
    verbose_name = "receipts"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.receipts.statement_entered": ("记入银行流水", "Bank statement entered"),
                "claims.receipts.statement_refused": ("拒收银行流水", "Bank statement refused"),
                "claims.receipts.matched": ("核销银行收款", "Bank line matched"),
                "claims.receipts.marked": ("认定银行流水性质", "Bank line marked"),
                "claims.receipts.unmatched": ("撤销核销", "Match undone"),
                "claims.receipts.suggestion_rejected": ("拒绝核销建议", "Suggestion rejected"),
                "claims.receipts.rule_switched_on": ("开启自动核销", "Automatic matching switched on"),
                "claims.receipts.rule_switched_off": ("关闭自动核销", "Automatic matching switched off"),
            }
        )
        say_subjects(
            {
                "claims.receipts.statement": SubjectWords("银行流水文件", "Bank statement", "bank-statement"),
                "claims.receipts.line": SubjectWords("银行流水", "Bank line", "bank-line"),
                "claims.receipts.rules": SubjectWords("自动核销规则", "Rules of automatic matching"),
            }
        )
