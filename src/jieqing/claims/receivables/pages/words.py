"""How the ledger's codes are said on pages."""

from django.utils.translation import gettext_lazy as _

from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.selectors import ItemState

KIND_WORDS = {
    ItemKind.INVOICE: _("发票"),
    ItemKind.CREDIT_NOTE: _("贷项通知单"),
    ItemKind.UNAPPLIED_PAYMENT: _("未核销回款"),
}
STATE_WORDS = {
    ItemState.OPEN: _("未清"),
    ItemState.OVERDUE: _("逾期"),
    ItemState.SETTLED: _("已结清"),
    ItemState.ALL: _("全部"),
}
BASIS_WORDS = {Basis.DUE: _("到期日"), Basis.INVOICE: _("开票日期"), Basis.POSTING: _("入账日期")}
POSTING_WORDS = {
    PostingKind.INVOICE: _("开票"),
    PostingKind.CREDIT_NOTE: _("贷项"),
    PostingKind.PAYMENT: _("回款"),
    PostingKind.ADJUSTMENT: _("导入调整"),
    PostingKind.SET_OFF: _("抵销"),
    PostingKind.ACCEPTANCE_BILL: _("承兑汇票"),
    PostingKind.WRITE_OFF: _("核销"),
    PostingKind.RECOVERY: _("核销后收回"),
    PostingKind.REVERSAL: _("冲回"),
    PostingKind.INTEREST: _("利息"),
    PostingKind.PENALTY: _("违约金"),
    PostingKind.FEE: _("费用"),
    PostingKind.WAIVER: _("息费减免"),
    PostingKind.CHARGE_CANCELLATION: _("息费作废"),
    PostingKind.APPLICATION: _("冲抵"),
    PostingKind.APPROPRIATION: _("按顺序抵充"),
}
SOURCE_WORDS = {
    PostingSource.BOOKS: _("债权人账簿"),
    PostingSource.BANK: _("银行流水"),
    PostingSource.DECISION: _("经批准的决定"),
}
ACCOUNT_WORDS = {
    Account.BANK: _("银行存款"),
    Account.BILLS_RECEIVABLE: _("应收票据"),
    Account.RECEIVABLE: _("应收账款"),
    Account.LOSS_ALLOWANCE: _("坏账准备"),
    Account.PAYABLE: _("应付账款"),
    Account.CLEARING: _("其他应付款"),
    Account.REVENUE: _("主营业务收入"),
    Account.CHARGES: _("应收利息"),
    Account.CHARGE_INCOME: _("营业外收入"),
}
REVISION_WORDS = {
    "import": _("导入"),
    "undo": _("撤销"),
    "correction": _("更正"),
    "charge": _("息费"),
    "act": _("登记处理"),
    "act_back": _("撤回处理"),
    "appropriated": _("按顺序抵充"),
    "bill": _("收到承兑汇票"),
    "bill_back": _("承兑汇票拒付或撤回"),
    "late_terms": _("逾期口径"),
    "receipt": _("银行收款入账"),
    "receipt_back": _("撤销银行收款"),
}
