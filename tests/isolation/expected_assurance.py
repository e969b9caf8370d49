"""What each of the cast gets in the compliance officer's room and at approvals. The supervisor reads rules and counts."""

READ = (200, 200, 404, 403, 200, 302)
_SITE = "s/<slug:site_slug>/"
_ROOM = f"{_SITE}compliance/"

ASSURANCE: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        (f"{_ROOM}{tail}" for tail in ("", "rules.csv", "rules.xlsx", "rules/<str:rule_id>/")), READ
    ),
    f"{_SITE}approvals/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}approvals/<uuid:approval_id>/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}approvals/<uuid:approval_id>/answer/": (405, 403, 404, 403, 403, 302),
    f"{_SITE}approvals/<uuid:approval_id>/permit/": (405, 403, 404, 403, 403, 302),
    f"{_SITE}retry-rules/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}debtors/<uuid:debtor_id>/contact-verdicts/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}cases/contact-verdicts/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}cases/<uuid:case_id>/approvals/new/": (200, 403, 404, 403, 403, 302),
    f"{_SITE}cases/<uuid:case_id>/email/": (200, 403, 404, 403, 403, 302),
    f"{_SITE}messages/<uuid:message_id>/": (200, 200, 404, 403, 403, 302),
    f"{_SITE}messages/<uuid:message_id>/resolve/": (405, 403, 404, 403, 403, 302),
    f"{_ROOM}changes/": READ,
    f"{_ROOM}changes/new/": (200, 403, 404, 403, 403, 302),
    f"{_ROOM}changes/<uuid:review_id>/": READ,
    f"{_ROOM}changes/<uuid:review_id>.csv": READ,
    f"{_ROOM}changes/<uuid:review_id>/decide/": (405, 403, 404, 403, 403, 302),
    **dict.fromkeys((f"{_ROOM}{tail}" for tail in ("try/", "year/", "year.csv", "calendar/")), READ),
}

_API = "/api/v1/sites/{site_slug}/approvals"
_ASK = "POST /api/v1/sites/{site_slug}/cases/{case_id}/approvals"
_OUTCOME = "POST /api/v1/sites/{site_slug}/cases/{case_id}/permits/{permit_id}/outcome"
_RETRIES = "/api/v1/sites/{site_slug}/retry-rules"
APPROVAL_OPERATIONS: dict[str, tuple[int, ...]] = {
    _OUTCOME: (422, 403, 404, 403, 403, 401),
    f"GET {_RETRIES}": (200, 200, 404, 403, 403, 401),
    f"POST {_RETRIES}": (422, 403, 404, 403, 403, 401),
    _ASK: (422, 403, 404, 403, 403, 401),
    f"GET {_API}": (200, 200, 404, 403, 403, 401),
    f"GET {_API}/{{approval_id}}": (200, 200, 404, 403, 403, 401),
    f"POST {_API}/{{approval_id}}/answer": (422, 403, 404, 403, 403, 401),
    # Used already: whoever may is told so.
    f"POST {_API}/{{approval_id}}/permit": (409, 403, 404, 403, 403, 401),
}
APPROVAL_BODIES: dict[str, dict[str, object]] = {
    _ASK: {
        "point": "0192f0c4-0000-7000-8000-000000000000",
        "channel": "sms",
        "purpose": "collect",
        "why": "测试",
    },
    f"POST {_API}/{{approval_id}}/answer": {"is_approved": True, "reason": "测试"},
    _OUTCOME: {"outcome": "no_answer"},
    f"POST {_RETRIES}": {"waits": {"sms": [3]}, "reason": "测试"},
}
