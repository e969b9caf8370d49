"""Every operation of the API, for each of the cast; and a whole body for those that take JSON."""

from uuid import UUID

from tests.isolation.expected_assurance import APPROVAL_BODIES, APPROVAL_OPERATIONS
from tests.isolation.expected_cases import CASE_BODIES, CASE_OPERATIONS
from tests.isolation.expected_recovery import RECOVERY_BODIES, RECOVERY_OPERATIONS
from tests.isolation.expected_scripts import SCRIPT_BODIES, SCRIPT_OPERATIONS

# API: anonymous is told 401, everything else as on pages.
API_READ = (200, 200, 404, 403, 403, 401)

# A write asked without what it needs: those who may are told what is missing.
API_WRITE = (422, 403, 404, 403, 403, 401)

# The same for those who manage programs; an auditor reads the ledger and nothing of these.
API_OWNER = (200, 403, 404, 403, 403, 401)

# The thing is there, its state does not allow it.
API_NO_DRAFT = (409, *API_OWNER[1:])

_LEDGER = "/api/v1/sites/{site_slug}/ledger"
_PEOPLE = "/api/v1/sites/{site_slug}/people"
_WEBHOOKS = "/api/v1/sites/{site_slug}/webhooks"
_BANK = "/api/v1/sites/{site_slug}/bank"
_PARTY = "/api/v1/sites/{site_slug}/parties/{party_id}"
_POINT = "/api/v1/sites/{site_slug}/contact-points/{point_id}"
_CHOICE = "/api/v1/sites/{site_slug}/contact-choices/{choice_id}"
_VALUATION = "/api/v1/sites/{site_slug}/valuation"
OPERATIONS: dict[str, tuple[int, ...]] = {
    **CASE_OPERATIONS,
    **RECOVERY_OPERATIONS,
    **SCRIPT_OPERATIONS,
    **APPROVAL_OPERATIONS,
    f"GET {_WEBHOOKS}/events": API_OWNER,
    f"GET {_WEBHOOKS}": API_OWNER,
    f"POST {_WEBHOOKS}": API_WRITE,
    f"GET {_WEBHOOKS}/{{endpoint_id}}": API_OWNER,
    f"GET {_WEBHOOKS}/{{endpoint_id}}/deliveries": API_OWNER,
    f"POST {_WEBHOOKS}/{{endpoint_id}}/rotation": API_OWNER,
    f"POST {_WEBHOOKS}/{{endpoint_id}}/pause": API_OWNER,
    # Paused by the line above.
    f"POST {_WEBHOOKS}/{{endpoint_id}}/resumption": API_OWNER,
    f"POST {_WEBHOOKS}/{{endpoint_id}}/ping": (202, *API_OWNER[1:]),
    f"POST {_WEBHOOKS}/{{endpoint_id}}/replay": API_WRITE,
    f"POST {_WEBHOOKS}/{{endpoint_id}}/removal": API_WRITE,
    f"GET {_VALUATION}/ratings": API_READ,
    f"GET {_VALUATION}/ratings/{{debtor_id}}": API_READ,
    f"GET {_VALUATION}/loss": API_READ,
    f"GET {_VALUATION}/loss/backtest": (422, 422, *API_READ[2:]),
    f"GET {_VALUATION}/warnings": API_READ,
    # Of one currency, which must be named.
    f"GET {_VALUATION}/series": (422, 422, *API_READ[2:]),
    f"GET {_VALUATION}/limits/{{debtor_id}}": API_READ,
    f"POST {_BANK}/statements": API_WRITE,
    f"GET {_BANK}/lines": API_READ,
    # Decided already: whoever may is told so, and nothing is posted twice.
    f"POST {_BANK}/lines/{{line_id}}/match": (409, *API_WRITE[1:]),
    f"POST {_BANK}/lines/{{line_id}}/mark": API_WRITE,
    f"POST {_BANK}/matches/{{match_id}}/undo": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/summary": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/ageing": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/items": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/items/{item_id}": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/items/{item_id}/acts": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/items/{item_id}/acts": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/acts/{act_id}/steps": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/appropriation-orders": API_READ,
    "GET /api/v1/sites/{site_slug}/deadlines": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/bills": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/exchange": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/exchange/rates": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/exchange/rates": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/exchange/currency": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/bills": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/bills/{bill_id}/steps": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/items/{item_id}/papers": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/items/{item_id}/papers": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/debtors/{debtor_id}/papers": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/debtors/{debtor_id}/papers": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/papers/{paper_id}/file": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/papers/{paper_id}/withdrawal": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/appropriation-orders": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/statement-schedules": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/statement-schedules": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/statement-schedules/{schedule_id}": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/statement-schedules/{schedule_id}/end": (
        200,
        403,
        404,
        403,
        403,
        401,
    ),
    "GET /api/v1/sites/{site_slug}/ledger/overdue-terms": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/overdue-terms": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/charge-terms": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/charge-terms": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/charges/accruals": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/charge-decisions": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/items/{item_id}/charge-decisions": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/items/{item_id}/charge-decisions": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/charge-decisions/{charge_decision_id}/steps": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/items/{item_id}/appropriations": API_READ,
    # Without a currency there is nothing to sort by: those who may read are told so.
    "GET /api/v1/sites/{site_slug}/ledger/debtors": (422, 422, 404, 403, 403, 401),
    "GET /api/v1/sites/{site_slug}/ledger/imports": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/imports/{batch_id}": API_READ,
    "GET /api/v1/sites/{site_slug}/ledger/statements": API_READ,
    "POST /api/v1/sites/{site_slug}/ledger/statements": API_WRITE,
    "GET /api/v1/sites/{site_slug}/ledger/statements/{statement_id}": API_READ,
    # Taking the file away is for those who may issue one.
    "GET /api/v1/sites/{site_slug}/ledger/statements/{statement_id}/file": (200, 403, 404, 403, 403, 401),
    "POST /api/v1/sites/{site_slug}/ledger/imports": API_WRITE,
    "POST /api/v1/sites/{site_slug}/ledger/imports/{batch_id}/undo": API_WRITE,
    f"POST {_LEDGER}/drafts": API_WRITE,
    # The known batch is confirmed: those who may import are told that it is no draft.
    f"GET {_LEDGER}/imports/{{batch_id}}/columns": API_NO_DRAFT,
    f"PUT {_LEDGER}/imports/{{batch_id}}/columns": API_NO_DRAFT,
    f"PUT {_LEDGER}/imports/{{batch_id}}/cells": API_WRITE,
    f"POST {_LEDGER}/imports/{{batch_id}}/check": API_NO_DRAFT,
    f"GET {_LEDGER}/imports/{{batch_id}}/check": API_NO_DRAFT,
    f"POST {_LEDGER}/imports/{{batch_id}}/commit": API_WRITE,
    f"POST {_LEDGER}/imports/{{batch_id}}/drop": API_NO_DRAFT,
    f"GET {_LEDGER}/imports/{{batch_id}}/work": API_OWNER,
    f"GET {_LEDGER}/imports/{{batch_id}}/staged": API_READ,
    f"POST {_LEDGER}/imports/{{batch_id}}/staged/discard": API_WRITE,
    f"POST {_LEDGER}/imports/{{batch_id}}/staged/acceptance": API_WRITE,
    f"POST {_LEDGER}/imports/{{batch_id}}/staged/run": API_OWNER,
    f"PUT {_LEDGER}/staged/{{row_id}}": API_WRITE,
    f"GET {_PEOPLE}": API_OWNER,
    f"GET {_PEOPLE}/invitations": API_OWNER,
    f"POST {_PEOPLE}/invitations": API_WRITE,
    f"POST {_PEOPLE}/invitations/{{invitation_id}}/withdrawal": (204, *API_OWNER[1:]),
    f"POST {_PEOPLE}/memberships/{{membership_id}}/end": API_WRITE,
    f"GET {_PEOPLE}/memberships/{{membership_id}}/clearances": API_OWNER,
    f"POST {_PEOPLE}/memberships/{{membership_id}}/clearances": API_WRITE,
    f"POST {_PEOPLE}/clearances/{{clearance_id}}/end": API_WRITE,
    f"GET {_PARTY}/contact-points": API_READ,
    "GET /api/v1/sites/{site_slug}/cases/{case_id}/contact-verdicts": API_READ,
    "POST /api/v1/sites/{site_slug}/cases/{case_id}/permits": API_WRITE,
    f"POST {_PARTY}/contact-points": API_WRITE,
    f"POST {_PARTY}/contact-choices": API_WRITE,
    f"POST {_PARTY}/guarantees": API_WRITE,
    f"POST {_PARTY}/debtor-events": API_WRITE,
    f"POST {_POINT}/reveal": API_WRITE,
    f"POST {_POINT}/correction": API_WRITE,
    f"POST {_POINT}/invalid": API_WRITE,
    f"POST {_POINT}/confirmation": API_WRITE,
    f"POST {_POINT}/refusal": API_WRITE,
    f"POST {_CHOICE}/withdrawal": API_WRITE,
}

# Operations that take JSON: a body that is complete but for nothing, so that only the ids decide.
BODIES: dict[str, dict[str, object]] = {
    **CASE_BODIES,
    **RECOVERY_BODIES,
    **SCRIPT_BODIES,
    **APPROVAL_BODIES,
    f"PUT {_LEDGER}/imports/{{batch_id}}/columns": {"currency": "CNY"},
    f"PUT {_LEDGER}/imports/{{batch_id}}/cells": {"cells": [{"line": 2, "column": 0, "text": "甲"}]},
    f"POST {_LEDGER}/imports/{{batch_id}}/commit": {"seen": "0"},
    f"POST {_LEDGER}/imports/{{batch_id}}/staged/discard": {"code": "row.overpaid", "reason": "测试"},
    f"POST {_LEDGER}/imports/{{batch_id}}/staged/acceptance": {"code": "row.overpaid"},
    f"PUT {_LEDGER}/staged/{{row_id}}": {"cells": ["甲"]},
    f"POST {_PEOPLE}/invitations": {"email": "one@example.org", "role": "mediator"},
    f"POST {_PEOPLE}/memberships/{{membership_id}}/end": {"reason": "测试"},
    f"POST {_PEOPLE}/memberships/{{membership_id}}/clearances": {
        "kind": "pledge",
        "from_on": "2026-01-01",
        "to_on": "2027-12-31",
        "source_sha256": "00" * 32,
        "reason": "测试",
    },
    f"POST {_PEOPLE}/clearances/{{clearance_id}}/end": {"reason": "测试"},
    f"POST {_WEBHOOKS}": {"url": "https://hooks.example.com/", "events": ["ledger.imported"]},
    f"POST {_WEBHOOKS}/{{endpoint_id}}/replay": {"since": "2026-01-01T00:00:00+08:00"},
    f"POST {_WEBHOOKS}/{{endpoint_id}}/removal": {"reason": "测试"},
    "POST /api/v1/sites/{site_slug}/ledger/items/{item_id}/acts": {
        "kind": "write_off",
        "amount_fen": 1,
        "effective_on": "2026-06-01",
        "reason": "测试",
    },
    "POST /api/v1/sites/{site_slug}/ledger/acts/{act_id}/steps": {"step": "approve"},
    "POST /api/v1/sites/{site_slug}/ledger/papers/{paper_id}/withdrawal": {"reason": ""},
    "POST /api/v1/sites/{site_slug}/ledger/exchange/rates": {
        "base": "USD",
        "quote": "CNY",
        "on": "2026-06-30",
        "rate": "7.1",
        "source": "人民银行中间价",
    },
    "POST /api/v1/sites/{site_slug}/ledger/exchange/currency": {"currency": "CNY"},
    "POST /api/v1/sites/{site_slug}/ledger/bills": {
        "debtor_id": "01900000-0000-7000-8000-000000000000",
        "kind": "bank",
        "number": "1",
        "drawer": "甲",
        "acceptor": "乙",
        "amount_fen": 1,
        "due_on": "2026-12-01",
        "received_on": "2026-06-01",
    },
    "POST /api/v1/sites/{site_slug}/ledger/bills/{bill_id}/steps": {"step": "honoured", "on": "2020-01-01"},
    "POST /api/v1/sites/{site_slug}/ledger/appropriation-orders": {
        "within": ["costs", "interest", "penalty", "principal"],
        "effective_from": "2026-06-30",
        "reason": "民法典第561条",
    },
    "POST /api/v1/sites/{site_slug}/ledger/statement-schedules": {"name": "每季对账", "day_of_month": 1},
    "POST /api/v1/sites/{site_slug}/ledger/overdue-terms": {
        "grace_days": 3,
        "effective_from": "2026-06-30",
        "reason": "合同第八条",
    },
    "POST /api/v1/sites/{site_slug}/ledger/charge-terms": {"mode": "none", "reason": "合同第八条"},
    "POST /api/v1/sites/{site_slug}/ledger/charges/accruals": {"until": "2020-01-01"},
    "POST /api/v1/sites/{site_slug}/ledger/items/{item_id}/charge-decisions": {
        "kind": "fee",
        "amount_fen": 100,
        "effective_on": "2026-06-30",
        "reason": "公证费",
    },
    "POST /api/v1/sites/{site_slug}/ledger/charge-decisions/{charge_decision_id}/steps": {"step": "approve"},
    f"POST {_BANK}/lines/{{line_id}}/match": {"suggestion": "none"},
    f"POST {_BANK}/lines/{{line_id}}/mark": {"kind": "fee"},
    f"POST {_BANK}/matches/{{match_id}}/undo": {"reason": ""},
    "POST /api/v1/sites/{site_slug}/cases/{case_id}/permits": {
        "point": str(UUID(int=0)),
        "channel": "sms",
        "purpose": "collect",
    },
    f"POST {_PARTY}/contact-points": {"kind": "mobile", "value": "13900001111"},
    f"POST {_PARTY}/contact-choices": {"kind": "consent", "source": "call", "reason": "测试"},
    f"POST {_PARTY}/guarantees": {"guarantor": str(UUID(int=0)), "kind": "joint", "reason": "测试"},
    f"POST {_PARTY}/debtor-events": {"kind": "hardship", "from_on": "2026-06-01", "reason": "测试"},
    f"POST {_POINT}/reveal": {"purpose": "complaint"},
    f"POST {_POINT}/correction": {"value": "13900001111", "reason": "测试"},
    f"POST {_POINT}/invalid": {"reason": "测试"},
    f"POST {_POINT}/confirmation": {"reason": "测试"},
    f"POST {_POINT}/refusal": {"source": "call", "reason": "测试"},
    f"POST {_CHOICE}/withdrawal": {"reason": "测试"},
}
