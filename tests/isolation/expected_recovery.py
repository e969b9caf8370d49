"""What each of the cast gets at the addresses and operations of placements and intake (see ``expected``)."""

READ = (200, 200, 404, 403, 403, 302)
WRITE = (200, 403, 404, 403, 403, 302)
POST_ONLY = (405, 403, 404, 403, 403, 302)
_SITE = "s/<slug:site_slug>/"
_PLACEMENT = f"{_SITE}placements/<uuid:placement_id>/"

RECOVERY: dict[str, tuple[int, ...]] = {
    **dict.fromkeys((f"{_SITE}placements{tail}" for tail in ("/", ".csv", ".xlsx")), READ),
    f"{_SITE}placements/new/": WRITE,
    f"{_SITE}placements/conflicts/": READ,
    **dict.fromkeys((f"{_SITE}intake{tail}" for tail in ("/", ".csv", ".xlsx")), READ),
    f"{_SITE}intake/recheck/": POST_ONLY,
    f"{_SITE}intake/consultations/<uuid:enquiry_id>/": WRITE,
    f"{_SITE}intake/<uuid:check_id>/": READ,
    f"{_SITE}intake/<uuid:check_id>/decide/": POST_ONLY,
    f"{_PLACEMENT}declaration/": WRITE,
    _PLACEMENT: READ,
    # The newest placement is the standing one, which has no agreement: back to its page.
    f"{_PLACEMENT}agreement/": (302, 302, 404, 403, 403, 302),
    **dict.fromkeys(
        (f"{_PLACEMENT}{verb}/" for verb in ("sign", "conflicts", "activate", "decline", "recall")), POST_ONLY
    ),
}

_API_READ = (200, 200, 404, 403, 403, 401)
_API_WRITE = (422, 403, 404, 403, 403, 401)
_API_STATE = (409, *_API_WRITE[1:])
_API = "/api/v1/sites/{site_slug}/placements"
_INTAKE = "/api/v1/sites/{site_slug}/intake"
_ONE = f"{_API}/{{placement_id}}"
RECOVERY_OPERATIONS: dict[str, tuple[int, ...]] = {
    f"GET {_INTAKE}/checks": _API_READ,
    f"POST {_INTAKE}/checks": _API_WRITE,
    f"GET {_INTAKE}/checks/{{check_id}}": _API_READ,
    f"POST {_INTAKE}/checks/{{check_id}}/decision": _API_WRITE,
    f"POST {_INTAKE}/declarations": _API_WRITE,
    f"GET {_API}": _API_READ,
    f"POST {_API}": _API_WRITE,
    f"GET {_ONE}": _API_READ,
    f"POST {_ONE}/agreement": _API_STATE,
    f"GET {_ONE}/conflicts": _API_READ,
    f"POST {_ONE}/conflicts": _API_WRITE,
    # Active already: whoever may is told so.
    f"POST {_ONE}/activation": _API_STATE,
    f"POST {_ONE}/decline": _API_STATE,
    f"POST {_ONE}/recall": _API_STATE,
    f"POST {_ONE}/withdrawal": _API_WRITE,
}

_REASONLESS: dict[str, object] = {"reason": ""}
RECOVERY_BODIES: dict[str, dict[str, object]] = {
    f"POST {_API}": {
        "creditor": "0192f0c4-0000-7000-8000-000000000000",
        "items": [],
        "scope": "函告",
        "starts_on": "2026-11-22",
    },
    f"POST {_INTAKE}/checks": {"items": []},
    f"POST {_INTAKE}/checks/{{check_id}}/decision": {"is_allowed": True, "reason": "测试"},
    f"POST {_INTAKE}/declarations": {"placement": "0192f0c4-0000-7000-8000-000000000000", "answers": {}},
    f"POST {_ONE}/conflicts": {"is_accepted": True, "seen": "00" * 32},
    f"POST {_ONE}/decline": _REASONLESS,
    f"POST {_ONE}/recall": _REASONLESS,
    f"POST {_ONE}/withdrawal": {"items": [], "reason": "测试"},
}
