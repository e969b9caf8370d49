"""Operations on cases, for each of the cast; and a whole body for those that take JSON."""

READ = (200, 200, 404, 403, 403, 401)
WRITE = (422, 403, 404, 403, 403, 401)
# A write that needs no body: those who may do it at once.
BARE = (200, 403, 404, 403, 403, 401)
ENDED = (409, 403, 404, 403, 403, 401)

_CASES = "/api/v1/sites/{site_slug}/cases"
_CASE = f"{_CASES}/{{case_id}}"
CASE_BODIES: dict[str, dict[str, object]] = {
    f"POST {_CASES}": {"item_ids": ["01890000-0000-7000-8000-000000000000"]},
    f"POST {_CASE}/notes": {"text": "测试"},
    f"POST {_CASE}/next-action": {"action": "follow_up", "on": "2030-01-01"},
    f"POST {_CASE}/snooze": {"until": "2030-01-01", "reason": "测试"},
    f"POST {_CASE}/stage": {"stage": "demand"},
    f"POST {_CASE}/promises": {"instalments": [{"due_on": "2030-01-01", "amount_fen": 1}]},
    f"POST {_CASE}/disputes": {"code": "other", "text": "测试"},
    f"POST {_CASE}/holds": {"kind": "hardship", "reason": "测试"},
    f"POST {_CASE}/complaints": {"kind": "other", "text": "测试"},
    f"POST {_CASE}/effort": {"minutes": 5, "activity": "call"},
    f"POST {_CASE}/outlays": {"amount_fen": 100, "kind": "postage"},
    f"POST {_CASE}/closing": {"closing": "withdrawn", "reason": "测试"},
    f"POST {_CASE}/reopening": {"reason": "测试"},
    f"POST {_CASES}/promises/{{promise_id}}/cancellation": {"reason": "测试"},
    f"POST {_CASES}/disputes/{{dispute_id}}/closing": {"outcome": "rejected", "answer": "测试"},
    f"POST {_CASES}/holds/{{hold_id}}/release": {"reason": "测试"},
    f"POST {_CASES}/complaints/{{complaint_id}}/extension": {"reason": "测试"},
    f"POST {_CASES}/complaints/{{complaint_id}}/answer": {"outcome": "rejected", "answer": "测试"},
    f"POST {_CASES}/snoozes": {
        "until": "2030-01-01",
        "case_ids": ["01890000-0000-7000-8000-000000000000"],
        "reason": "测试",
    },
    f"POST {_CASES}/moves": {
        "stage": "demand",
        "case_ids": ["01890000-0000-7000-8000-000000000000"],
        "reason": "测试",
    },
    f"POST {_CASES}/assignments": {"owner_id": None, "case_ids": ["01890000-0000-7000-8000-000000000000"]},
    f"PUT {_CASES}/ladder": {
        "steps": [
            {"code": "only", "zh": "唯一", "en": "Only", "from_days": 0, "stay_days": 1, "action": "remind"}
        ],
        "reason": "测试",
    },
    f"PUT {_CASES}/opening-rule": {"terms": {"min_overdue_days": 5}, "is_on": False, "reason": "测试"},
}
CASE_OPERATIONS: dict[str, tuple[int, ...]] = {
    f"GET {_CASES}": READ,
    f"GET {_CASES}/counts": READ,
    f"GET {_CASES}/rules": READ,
    f"GET {_CASE}": READ,
    f"GET {_CASE}/timeline": READ,
    f"POST {_CASE}/taking": BARE,
    f"POST {_CASES}/opening-runs": BARE,
    f"POST {_CASES}/assignments/{{change_id}}/undo": BARE,
    # The one change was undone as an assignment; of the one file nothing stands any more.
    f"POST {_CASES}/changes/{{change_id}}/undo": ENDED,
    f"POST {_CASES}/files": WRITE,
    f"POST {_CASES}/field-sheets": WRITE,
    f"POST {_CASES}/files/{{file_id}}/undo": ENDED,
    f"GET {_CASES}/file": READ,
    **dict.fromkeys(CASE_BODIES, WRITE),
}
