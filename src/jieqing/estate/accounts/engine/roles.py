"""Roles and what each may do on a site: one readable table.

A permission is a dotted word ``<noun>.<verb>``. Access code asks ``allows(role, permission)``; nobody asks for
a role by name elsewhere, so that this table is the whole truth and can be printed for an auditor.

Invariant: what is not listed is denied. The supervisor reads across sites through oversight; on a single site it has only the
rules that contacts are judged by and their counts, which hold nothing personal. Every desk answers 403.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    PLATFORM_OPERATOR = "platform_operator"
    SITE_OWNER = "site_owner"
    CASE_MANAGER = "case_manager"
    SPECIALIST = "specialist"
    FINANCE = "finance"
    MEDIATOR = "mediator"
    AUDITOR = "auditor"
    JUSTICE_REVIEWER = "justice_reviewer"
    SUPERVISOR = "supervisor"
    DEBTOR = "debtor"


ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.PLATFORM_OPERATOR: ("平台运营", "Platform operator"),
    Role.SITE_OWNER: ("站点负责人", "Site owner"),
    Role.CASE_MANAGER: ("案件主管", "Case manager"),
    Role.SPECIALIST: ("专员", "Specialist"),
    Role.FINANCE: ("财务", "Finance"),
    Role.MEDIATOR: ("调解员", "Mediator"),
    Role.AUDITOR: ("审计", "Auditor"),
    Role.JUSTICE_REVIEWER: ("司法审查员", "Justice reviewer"),
    Role.SUPERVISOR: ("监管", "Supervisor"),
    Role.DEBTOR: ("债务人", "Debtor"),
}

# Who a site's owner may let in. Supervisors and platform operators are appointed by the platform, debtors come in
# through their portal.
INVITABLE: tuple[Role, ...] = (
    Role.SITE_OWNER,
    Role.CASE_MANAGER,
    Role.SPECIALIST,
    Role.FINANCE,
    Role.MEDIATOR,
    Role.AUDITOR,
    Role.JUSTICE_REVIEWER,
)

_READ_LEDGER = frozenset({"desk.read", "ledger.read", "evidence.read"})
_ISSUE = frozenset({"ledger.issue"})
_WRITE_LEDGER = (
    _READ_LEDGER
    | _ISSUE
    | {"ledger.import", "ledger.undo", "ledger.decide", "valuation.decide", "limits.set"}
)
_ANSWER = frozenset({"enquiries.read", "enquiries.answer"})
_REACH = frozenset({"contacts.read", "contacts.reveal", "contacts.manage"})
_READ_CASES = frozenset({"cases.read"})
_WORK_CASES = _READ_CASES | {"cases.work"}
_LEAD_CASES = _WORK_CASES | {"cases.assign", "cases.close", "cases.rules", "complaints.answer"}
_READ_RULES = frozenset({"compliance.read"})
_DATES = frozenset({"deadlines.manage"})
_SAY = frozenset({"scripts.read"})
_WRITE_SCRIPTS = _SAY | {"scripts.write"}
_PLACE = frozenset({"placements.read", "placements.manage", "intake.decide"})

PERMISSION_NAMES: dict[str, tuple[str, str]] = {
    "desk.read": ("查看工作台", "See the desk"),
    "ledger.read": ("查看应收账本", "Read the ledger"),
    "ledger.import": ("导入账本", "Import a ledger"),
    "ledger.undo": ("撤销导入", "Undo an import"),
    "ledger.decide": (
        "登记和批准核销、冲抵、抵销",
        "Enter and approve write-offs, applications and set-offs",
    ),
    "ledger.issue": ("出具对账单", "Issue statements of account"),
    "valuation.decide": ("重算评级、作出计提判断", "Recompute ratings, judge expected loss"),
    "limits.set": ("设客户信用额度", "Set customers' credit limits"),
    "limits.override": ("特批超过客户信用额度", "Approve going over a customer's credit limit"),
    "deadlines.manage": (
        "登记期限和时效事项、办结",
        "Keep deadlines and acts about limitation",
    ),
    "evidence.read": ("查看和导出存证", "See and export evidence"),
    "enquiries.read": ("查看咨询（联系方式打码）", "Read enquiries (contacts masked)"),
    "enquiries.answer": ("答复咨询、查看联系方式", "Answer enquiries, see contacts"),
    "contacts.read": ("查看当事人的联系方式（打码）", "See how parties are reached (masked)"),
    "contacts.reveal": (
        "为指明的用途查看完整联系方式",
        "Open a contact point for a named purpose",
    ),
    "contacts.manage": (
        "登记和更正联系方式、同意与拒绝、保证人和债务人事项",
        "Keep contact points, consent and refusals, guarantors and debtor events",
    ),
    "cases.read": ("查看案件", "Read cases"),
    "cases.work": ("承办案件：立案、备注、承诺、异议、暂停、投诉、工时", "Work on cases"),
    "cases.assign": ("分配案件、查看全部案件", "Give cases out, see all of them"),
    "cases.close": ("撤回、转出和重新打开案件", "Withdraw, transfer and reopen cases"),
    "cases.rules": ("设定催收阶梯和立案规则", "Set the ladder and the rule of opening"),
    "complaints.answer": ("答复投诉", "Answer complaints"),
    "placements.read": ("查看委案", "See placements"),
    "placements.manage": ("办理委案、撤回委案", "Open, activate and recall placements"),
    "intake.decide": ("对立案前的合法性疑点作出决定", "Decide doubts of legality before a case opens"),
    "compliance.read": (
        "查看触达规则、试事实、看裁决计数",
        "Read the rules of contact, try facts, see counts of verdicts",
    ),
    "scripts.read": ("查看话术库", "Read the scripts"),
    "scripts.write": ("编写话术、提交备案、停用", "Write scripts, submit and withdraw them"),
    "scripts.review": ("审查话术：备案或退回", "Review scripts: file or return them"),
    "compliance.manage": (
        "提出和决定规则变更（须两人）",
        "Propose and decide changes of rules (two people)",
    ),
    "public_page.manage": ("维护公开页面", "Keep the public pages"),
    "people.manage": ("管理人员、邀请和从业许可", "Manage people, invitations and clearances"),
    "api.manage": ("管理接口令牌和事件回调", "Manage API tokens and webhooks"),
    "site.manage": (
        "管理站点的租用、备案、账单和完整导出",
        "Manage the site's rental, filing, invoices and full export",
    ),
}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.PLATFORM_OPERATOR: frozenset(),
    Role.SITE_OWNER: _WRITE_LEDGER
    | _ANSWER
    | _REACH
    | _PLACE
    | _LEAD_CASES
    | _READ_RULES
    | _DATES
    | _WRITE_SCRIPTS
    | {"compliance.manage"}
    | {"limits.override", "people.manage", "public_page.manage", "api.manage", "site.manage"},
    Role.CASE_MANAGER: _READ_LEDGER
    | _ANSWER
    | _ISSUE
    | _REACH
    | _LEAD_CASES
    | _PLACE
    | _READ_RULES
    | _DATES
    | _WRITE_SCRIPTS
    | {"compliance.manage"},
    Role.SPECIALIST: _READ_LEDGER
    | _ANSWER
    | _REACH
    | _WORK_CASES
    | _READ_RULES
    | _DATES
    | _SAY
    | {"placements.read"},
    Role.FINANCE: _WRITE_LEDGER | _ANSWER | _READ_CASES | _DATES | {"contacts.read", "placements.read"},
    Role.MEDIATOR: frozenset(),
    Role.AUDITOR: _READ_LEDGER
    | _READ_CASES
    | _READ_RULES
    | _SAY
    | {"enquiries.read", "contacts.read", "placements.read"},
    Role.JUSTICE_REVIEWER: _SAY | {"scripts.review", "evidence.read"},
    Role.SUPERVISOR: _READ_RULES,
    Role.DEBTOR: frozenset(),
}


def allows(roles: Iterable[str], permission: str) -> bool:
    """Whether any of the roles carries the permission.

    Example:
        >>> allows({"finance"}, "ledger.import"), allows({"supervisor", "debtor"}, "ledger.read")
        (True, False)
    """
    return any(permission in PERMISSIONS[Role(role)] for role in roles)


def role_name(role: str, lang: str) -> str:
    """A role's name in ``zh`` or ``en``.

    Example:
        >>> role_name("finance", "zh"), role_name("finance", "en")
        ('财务', 'Finance')
    """
    return ROLE_NAMES[Role(role)][0 if lang == "zh" else 1]
