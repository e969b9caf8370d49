"""What each of the cast gets at the addresses and operations of the script library (see ``expected``)."""

from tests.isolation.expected_recovery import POST_ONLY, READ, WRITE

_SITE = "s/<slug:site_slug>/scripts"
_SCRIPT = f"{_SITE}/<uuid:script_id>/"
# The owner writes scripts and never reviews them: that is the justice bureau's.
REVIEW = (403, 403, 404, 403, 403, 302)

SCRIPTS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        (f"{_SITE}{tail}" for tail in ("/", ".csv", ".xlsx", "/queue/", "/statistics/", "/keys/")), READ
    ),
    f"{_SITE}/new/": WRITE,
    **dict.fromkeys((f"{_SITE}/{verb}/" for verb in ("load", "submit", "check")), POST_ONLY),
    f"{_SITE}/queue/file/": REVIEW,
    f"{_SITE}/keys/rotate/": REVIEW,
    f"{_SITE}/past/": WRITE,
    _SCRIPT: READ,
    f"{_SCRIPT}edit/": WRITE,
    **dict.fromkeys((f"{_SCRIPT}{verb}/" for verb in ("submit", "withdraw")), POST_ONLY),
    **dict.fromkeys((f"{_SCRIPT}{verb}/" for verb in ("decide", "revoke")), REVIEW),
}

_API = "/api/v1/sites/{site_slug}/scripts"
_ONE = f"{_API}/{{script_id}}"
_API_READ = (200, 200, 404, 403, 403, 401)
_API_WRITE = (422, 403, 404, 403, 403, 401)
_API_STATE = (409, *_API_WRITE[1:])
_API_REVIEW = (403, *_API_WRITE[1:])
SCRIPT_OPERATIONS: dict[str, tuple[int, ...]] = {
    f"GET {_API}": _API_READ,
    f"POST {_API}": _API_WRITE,
    # Asked without saying for which contact.
    f"GET {_API}/usable": (422, 422, *_API_READ[2:]),
    f"GET {_API}/keys": _API_READ,
    f"GET {_API}/scans": _API_READ,
    f"POST {_API}/keys/rotation": _API_REVIEW,
    f"GET {_ONE}": _API_READ,
    f"GET {_ONE}/filings": _API_READ,
    f"POST {_ONE}/versions": _API_WRITE,
    # The newest script of the cast holds a threat: the scanner keeps it from being handed in.
    f"POST {_ONE}/submission": (409, *_API_WRITE[1:]),
    f"POST {_ONE}/filing": _API_REVIEW,
    f"POST {_ONE}/return": _API_REVIEW,
    f"POST {_ONE}/withdrawal": _API_STATE,
}

# The text that the newest version holds already: whoever may is told that nothing differs.
_TEXT: dict[str, object] = {
    "title": "首次来电",
    "stage": "first_contact",
    "purpose": "identity_check",
    "channels": ["voice_human"],
    "disclosures": ["agency"],
    "articles": ["GB/T 45251—2025 5.3"],
    "body": "您好，{agency}来电，想确认您是{debtor}本人。现在方便吗？",
}
SCRIPT_BODIES: dict[str, dict[str, object]] = {
    f"POST {_API}": _TEXT | {"code": "own.first"},
    f"POST {_ONE}/versions": _TEXT,
    f"POST {_ONE}/filing": {"reference": ""},
    f"POST {_ONE}/return": {"reason": ""},
    f"POST {_ONE}/withdrawal": {"reason": ""},
}
