from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects

_ACTIONS = {
    "claims.receivables.file_received": ("收到账本文件", "Ledger file received"),
    "claims.receivables.imported": ("导入入账", "Ledger imported"),
    "claims.receivables.undone": ("撤销导入", "Import undone"),
    "claims.receivables.reporting_day_set": ("设定回放日", "Replay day set"),
    "claims.receivables.staged_row_corrected": ("修改暂存行", "Staged row corrected"),
    "claims.receivables.staged_row_discarded": ("放弃暂存行", "Staged row discarded"),
    "claims.receivables.staged_kind_accepted": (
        "确认一类暂存行的写法",
        "Way of writing accepted",
    ),
    "claims.receivables.staged_rows_accepted": ("暂存行入账", "Staged rows accepted"),
    "claims.receivables.statement_issued": ("出具对账单", "Statement issued"),
    "claims.receivables.statement_handed_over": ("对账单交出", "Statement handed over"),
    "claims.receivables.statement_run_started": ("开始批量对账单", "Statement run started"),
    "claims.receivables.statement_set_aside": ("对账单未能制作", "Statement set aside"),
    "claims.receivables.statement_run_finished": ("完成批量对账单", "Statement run finished"),
    "claims.receivables.statement_schedule_started": (
        "设定定期对账",
        "Schedule of statements set",
    ),
    "claims.receivables.statement_schedule_ran": (
        "定期对账到期",
        "Schedule of statements came due",
    ),
    "claims.receivables.statement_schedule_ended": (
        "停用定期对账",
        "Schedule of statements ended",
    ),
    "claims.receivables.charge_terms_set": ("设定息费条款", "Terms of charges set"),
    "claims.receivables.charges_accrued": ("计提息费", "Charges accrued"),
    "claims.receivables.charges_recounted": ("重算息费", "Charges counted again"),
    "claims.receivables.charge_decision_asked": ("申请息费决定", "Decision on charges asked for"),
    "claims.receivables.charge_decision_approved": (
        "批准息费决定",
        "Decision on charges approved",
    ),
    "claims.receivables.charge_decision_refused": (
        "不批准息费决定",
        "Decision on charges refused",
    ),
    "claims.receivables.charge_decision_taken_back": (
        "撤回息费决定",
        "Decision on charges taken back",
    ),
    "claims.receivables.appropriation_order_set": (
        "设定抵充顺序",
        "Order of appropriation set",
    ),
    "claims.receivables.overdue_terms_set": ("设定逾期口径", "Terms of overdue set"),
    "claims.receivables.accounts_appropriated": (
        "按顺序抵充",
        "Payments appropriated by the order",
    ),
    "claims.receivables.act_asked": ("提请台账处理", "Act on the ledger proposed"),
    "claims.receivables.act_stood": ("台账处理入账", "Act on the ledger posted"),
    "claims.receivables.act_refused": ("台账处理未批准", "Act on the ledger refused"),
    "claims.receivables.act_taken_back": ("撤回台账处理", "Act on the ledger taken back"),
    "claims.receivables.staged_rows_discarded": ("放弃暂存行（多行）", "Staged rows discarded"),
}
_SUBJECTS = {
    "claims.receivables.batch": SubjectWords("导入批次", "Import batch", "batch"),
    "claims.receivables.item": SubjectWords("往来项目", "Item", "item"),
    "claims.receivables.statement": SubjectWords("对账单", "Statement", "statement"),
    "claims.receivables.statement_run": SubjectWords("批量对账单", "Run of statements", "statement-run"),
    "claims.receivables.statement_schedule": SubjectWords(
        "定期对账", "Schedule of statements", "statement-schedule"
    ),
    "claims.receivables.charge_decision": SubjectWords("息费决定", "Decision on charges"),
    "claims.receivables.act": SubjectWords("台账处理", "Act on the ledger"),
    "claims.receivables.ledger": SubjectWords("台账", "Ledger"),
}


class ReceivablesConfig(RoomConfig):
    name = "jieqing.claims.receivables"
    label = "receivables"
    verbose_name = "receivables"

    def ready(self) -> None:
        super().ready()
        say_actions(_ACTIONS)
        say_subjects(_SUBJECTS)
