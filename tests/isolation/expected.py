"""What each of the cast gets at each address: the table that a new page, route or command must be entered in.

Statuses stand in the order of ``tests.cast.CAST``: owner, teammate, stranger, debtor, supervisor, anonymous. On a
site's addresses the last four are the same for every method, because the middleware turns these people away before
the view: a stranger learns nothing (404), a member without the right is told so (403), nobody signs in first.
"""

from tests.isolation.expected_assurance import ASSURANCE
from tests.isolation.expected_case_pages import CASE_PAGES
from tests.isolation.expected_forms import FORMS
from tests.isolation.expected_recovery import RECOVERY
from tests.isolation.expected_rental import RENTAL
from tests.isolation.expected_scripts import SCRIPTS
from tests.isolation.expected_worth import WORTH

# A page of a site that every working member may read.
READ = (200, 200, 404, 403, 403, 302)
# A page of a site that only those who may write see.
WRITE = (200, 403, 404, 403, 403, 302)
# An address that only takes POST: those who may use it get 405 for GET.
POST_ONLY_WRITE = (405, 403, 404, 403, 403, 302)
# The same for readers.
POST_ONLY_READ = (405, 405, 404, 403, 403, 302)
# The same for every member of the site, whatever the role.
POST_ONLY_MEMBER = (405, 405, 404, 405, 405, 302)
# A page of every member of the site, whatever the role.
EVERY_MEMBER = (200, 200, 404, 200, 200, 302)
# A step of the wizard for a batch that has left the draft state: those who may import are sent to its result.
DRAFT_STEP = (302, 403, 404, 403, 403, 302)
# A download that says 409 as long as the log has not signed over it.
NO_PROOF_YET = (409, 409, 404, 403, 403, 302)
# Open to whoever asks, signed in or not.
OPEN = (200,) * 6
# Everybody's own page about themselves.
OWN = (200,) * 5 + (302,)

PAGES: dict[str, tuple[int, ...]] = {
    "": (302, 302, 302, 302, 302, 302),
    "health": OPEN,
    "api/docs/": OPEN,
    "health/live": OPEN,
    # Asked from loopback, as these tests do; elsewhere it is not there (web/operations/tests).
    "metrics": OPEN,
    # The platform's operator only; to a site's own people it does not exist.
    "operations/": (404,) * 5 + (302,),
    **dict.fromkeys((f"operator/lpr/{page}" for page in ("", "propose/", "confirm/")), (404,) * 5 + (302,)),
    "language/": (302,) * 6,
    "theme/<str:name>": (404,) * 6,  # a name that no colour has
    **RENTAL,
    **FORMS,
    "s/<slug:site_slug>/logo/<slug:digest>": (404,) * 6,  # the cast's sites have no logo
    "sign-in/": (302, 302, 302, 302, 302, 200),
    "sign-out/": (405,) * 6,
    "design/": OPEN,
    "s/<slug:site_slug>/ledger/bank/": READ,
    "s/<slug:site_slug>/ledger/bank.csv": READ,
    "s/<slug:site_slug>/ledger/bank.xlsx": READ,
    "s/<slug:site_slug>/ledger/bank/new/": WRITE,
    "s/<slug:site_slug>/ledger/bank/certain/": WRITE,
    "s/<slug:site_slug>/ledger/bank/statements/<uuid:bank_statement_id>/": READ,
    "s/<slug:site_slug>/ledger/bank/lines/<uuid:line_id>/": READ,
    "s/<slug:site_slug>/ledger/bank/statements/<uuid:bank_statement_id>/file/": READ,
    "s/<slug:site_slug>/ledger/bank/rule/": WRITE,
    "s/<slug:site_slug>/ledger/bank/lines/<uuid:line_id>/pick/": DRAFT_STEP,  # the newest line is matched already
    "s/<slug:site_slug>/ledger/bank/lines/<uuid:line_id>/decide/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/bank/matches/<uuid:match_id>/undo/": POST_ONLY_WRITE,
    **RECOVERY,
    **WORTH,
    **ASSURANCE,
    **SCRIPTS,
    "s/<slug:site_slug>/ledger/imports/": READ,
    "s/<slug:site_slug>/ledger/imports/new/": WRITE,
    "s/<slug:site_slug>/ledger/imports/template.csv": WRITE,
    "s/<slug:site_slug>/ledger/imports/template.xlsx": WRITE,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/": READ,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/rows/": READ,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/file/": READ,
    # A batch that is confirmed leads every step of the wizard to its result.
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/columns/": DRAFT_STEP,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/check/": DRAFT_STEP,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/progress/": DRAFT_STEP,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/progress/bar/": WRITE,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/progress/news/": WRITE,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/drop/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/commit/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/imports/<uuid:batch_id>/undo/": WRITE,
    "invitation/<str:token>/": (404,) * 6,  # with a token that opens nothing
    "account/activity/": OWN,
    "account/sessions/<uuid:session_id>/end/": (405,) * 5 + (302,),
    "account/confirm/": OWN,
    "account/password/": OWN,
    "account/password/forgotten/": (200,) * 6,
    "account/password/reset/<str:secret>/": (404,) * 6,
    "account/security/": OWN,
    # Whoever is in already has no second step to take; whoever is not has not begun.
    "account/security/authenticate/": (302,) * 6,
    # Changes ask for the password again first.
    "account/security/reauthenticate/": (302,) * 6,
    "account/security/totp/activate/": (302,) * 6,
    "account/security/totp/deactivate/": (404,) * 5 + (302,),
    "account/security/recovery-codes/": (404,) * 5 + (302,),
    "account/security/recovery-codes/generate/": (302,) * 6,
    "account/security/recovery-codes/download/": (404,) * 5 + (302,),
    "account/security/webauthn/": OWN,
    "account/security/webauthn/add/": (302,) * 6,
    "account/security/webauthn/reauthenticate/": (302,) * 6,
    "account/security/webauthn/keys/<int:pk>/remove/": (302,) * 6,
    "account/security/webauthn/keys/<int:pk>/edit/": (302,) * 6,
    "account/security/webauthn/login/": (302,) * 6,
    "s/<slug:site_slug>/people/": WRITE,
    "s/<slug:site_slug>/people/roles/": READ,
    "s/<slug:site_slug>/people/invite/": WRITE,
    "s/<slug:site_slug>/people/invitations/<uuid:invitation_id>/withdraw/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/people/memberships/<uuid:membership_id>/": WRITE,
    "s/<slug:site_slug>/people/memberships/<uuid:membership_id>/end/": WRITE,
    "s/<slug:site_slug>/people/clearances/<uuid:clearance_id>/end/": WRITE,
    "s/<slug:site_slug>/notices/": WRITE,
    "s/<slug:site_slug>/notices/<uuid:notice_id>/": WRITE,
    # Only who may manage programs.
    "s/<slug:site_slug>/developer/": WRITE,
    "s/<slug:site_slug>/developer/tokens/new/": WRITE,
    "s/<slug:site_slug>/developer/tokens/<uuid:token_id>/revoke/": WRITE,
    "s/<slug:site_slug>/developer/webhooks/": WRITE,
    "s/<slug:site_slug>/developer/webhooks/new/": WRITE,
    "s/<slug:site_slug>/developer/webhooks/<uuid:endpoint_id>/": WRITE,
    "s/<slug:site_slug>/developer/webhooks/<uuid:endpoint_id>/remove/": WRITE,
    **{
        f"s/<slug:site_slug>/developer/webhooks/<uuid:endpoint_id>/{verb}/": POST_ONLY_WRITE
        for verb in ("rotate", "pause", "resume", "ping", "replay")
    },
    "s/<slug:site_slug>/developer/webhooks/deliveries/<uuid:delivery_id>/replay/": POST_ONLY_WRITE,
    "design/progress/": OPEN,
    "design/progress/stream/": OPEN,
    "s/<slug:site_slug>/calculators/": OPEN,
    "s/<slug:site_slug>/calculators/owed/": OPEN,
    "s/<slug:site_slug>/calculators/fees/": OPEN,
    "s/<slug:site_slug>/calculators/limitation/": OPEN,
    "s/<slug:site_slug>/calculators/deadlines/": OPEN,
    "s/<slug:site_slug>/calculators/guarantee/": OPEN,
    "s/<slug:site_slug>/calculators/jurisdiction/": OPEN,
    "s/<slug:site_slug>/desk/": READ,
    **CASE_PAGES,
    "s/<slug:site_slug>/ledger/items/": READ,
    "s/<slug:site_slug>/ledger/items.csv": READ,
    "s/<slug:site_slug>/ledger/items.xlsx": READ,
    "s/<slug:site_slug>/ledger/items/picked/": POST_ONLY_READ,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/": READ,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/source/": READ,
    # The sample item came from a table: it has no e-invoice of its own to give.
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/invoice/": (404, 404, 404, 403, 403, 302),
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/proof/": NO_PROOF_YET,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/write_off/": WRITE,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/application/": WRITE,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/recovery/": WRITE,
    "s/<slug:site_slug>/ledger/items/<uuid:item_id>/set_off/": WRITE,
    "s/<slug:site_slug>/ledger/acts/<uuid:act_id>/": WRITE,
    "s/<slug:site_slug>/ledger/ageing/": READ,
    "s/<slug:site_slug>/ledger/ageing.csv": READ,
    "s/<slug:site_slug>/ledger/ageing.xlsx": READ,
    "s/<slug:site_slug>/ledger/ageing.pdf": READ,
    "s/<slug:site_slug>/ledger/desk.pdf": READ,
    "s/<slug:site_slug>/ledger/debtors/": READ,
    "s/<slug:site_slug>/ledger/debtors.csv": READ,
    "s/<slug:site_slug>/ledger/debtors.xlsx": READ,
    "s/<slug:site_slug>/ledger/debtors/picked/": POST_ONLY_READ,
    "s/<slug:site_slug>/parties/<uuid:party_id>/contacts/": READ,
    **{
        f"s/<slug:site_slug>/parties/<uuid:party_id>/contacts/{verb}/": POST_ONLY_WRITE
        for verb in ("add", "choices", "hours", "guarantors", "events")
    },
    "s/<slug:site_slug>/cases/<uuid:case_id>/contact-verdicts/": READ,
    "s/<slug:site_slug>/contact-points/<uuid:point_id>/": READ,
    **{
        f"s/<slug:site_slug>/contact-points/<uuid:point_id>/{verb}/": POST_ONLY_WRITE
        for verb in ("reveal", "correct", "invalid", "confirm", "zone", "refusal", "choice")
    },
    "s/<slug:site_slug>/contact-choices/<uuid:choice_id>/withdraw/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/agreed-hours/<uuid:hours_id>/end/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/guarantees/<uuid:guarantee_id>/end/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/debtor-events/<uuid:event_id>/end/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/imports.csv": READ,
    "s/<slug:site_slug>/ledger/imports.xlsx": READ,
    # Preferences: a member of any role reaches them; each post asks what its list asks.
    # Each asks only what the member's role allows: an empty answer for who may nothing.
    "s/<slug:site_slug>/palette/": EVERY_MEMBER,
    "s/<slug:site_slug>/notifications/": EVERY_MEMBER,
    "s/<slug:site_slug>/notifications/bell/": EVERY_MEMBER,
    "design/board/": (405,) * 6,
    "design/palette/": OPEN,
    "design/bell/": OPEN,
    "design/theme.css": OPEN,
    "s/<slug:site_slug>/lists/columns/": POST_ONLY_MEMBER,
    "s/<slug:site_slug>/lists/views/": POST_ONLY_MEMBER,
    "s/<slug:site_slug>/lists/views/<uuid:view_id>/end/": POST_ONLY_MEMBER,
    "s/<slug:site_slug>/lists/views/<uuid:view_id>/restore/": POST_ONLY_MEMBER,
    "s/<slug:site_slug>/lists/views/<uuid:view_id>/share/": POST_ONLY_MEMBER,
    "s/<slug:site_slug>/ledger/debtors/<uuid:debtor_id>/": READ,
    "s/<slug:site_slug>/": OPEN,
    "s/<slug:site_slug>/genuine/": OPEN,
    "s/<slug:site_slug>/privacy/": OPEN,
    "s/<slug:site_slug>/verify/": OPEN,
    # No sequencer runs beside these tests: there is no log key to hand out yet.
    "s/<slug:site_slug>/verify/log.policy": (409,) * 6,
    "s/<slug:site_slug>/consultation/": OPEN,
    # A visitor's own page: with a token that opens nothing.
    "s/<slug:site_slug>/consultation/<str:token>/": (404,) * 6,
    "s/<slug:site_slug>/consultation/<str:token>/withdraw/": (405,) * 6,
    "s/<slug:site_slug>/consultation/<str:token>/erase/": (405,) * 6,
    "s/<slug:site_slug>/consultation/<str:token>/proof/": (404,) * 6,
    "s/<slug:site_slug>/enquiries/": READ,
    "s/<slug:site_slug>/enquiries/<uuid:enquiry_id>/": READ,
    "s/<slug:site_slug>/enquiries/<uuid:enquiry_id>/answer/": WRITE,
    "s/<slug:site_slug>/enquiries/<uuid:enquiry_id>/decline/": WRITE,
    "s/<slug:site_slug>/enquiries/<uuid:enquiry_id>/contact/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/public-page/": WRITE,
    "s/<slug:site_slug>/ledger/statements/": READ,
    "s/<slug:site_slug>/ledger/statements/new/": WRITE,
    "s/<slug:site_slug>/ledger/statements/<uuid:statement_id>/": READ,
    "s/<slug:site_slug>/ledger/statements/<uuid:statement_id>/statement.pdf": WRITE,
    "s/<slug:site_slug>/ledger/statements/<uuid:statement_id>/statement.xlsx": WRITE,
    "s/<slug:site_slug>/ledger/statements/<uuid:statement_id>/notify/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/statements/runs/<uuid:run_id>/": READ,
    "s/<slug:site_slug>/ledger/statements/runs/<uuid:run_id>/bar/": READ,
    "s/<slug:site_slug>/ledger/statements/runs/<uuid:run_id>/news/": READ,
    "s/<slug:site_slug>/ledger/statements/runs/<uuid:run_id>/resume/": POST_ONLY_WRITE,
    "s/<slug:site_slug>/ledger/statements/runs/<uuid:run_id>/archive.zip": WRITE,
    "s/<slug:site_slug>/ledger/debtors/<uuid:debtor_id>/statement/": WRITE,
    "s/<slug:site_slug>/ledger/debtors/<uuid:debtor_id>/statement/preview.pdf": WRITE,
    "s/<slug:site_slug>/evidence/": READ,
    "s/<slug:site_slug>/evidence/<uuid:entry_id>/": READ,
    # No sequencer runs beside these tests: there is no proof to take away yet, and no log key.
    "s/<slug:site_slug>/evidence/<uuid:entry_id>/bundle/": NO_PROOF_YET,
    "s/<slug:site_slug>/evidence/log.policy": NO_PROOF_YET,
}

# Commands. Whoever runs one is on the machine itself; ``SITE`` commands still act in one named site only.
SITE = "site"

LEDGER_VERBS = (
    "import", "ageing", "rating", "ecl", "batches", "undo",
    "statement", "charge-terms", "appropriation-order", "overdue-terms", "bills", "deadlines", "rate",
    "total",
    "bill-step", "accrue", "schedule", "unschedule", "staged", "rerun",
)  # fmt: skip

COMMANDS: dict[str, str] = {
    "up": "starts processes, reads no site",
    "web": "starts a process, reads no site",
    "worker": "starts a process; each job enters the scope of its own event",
    "sequencer": "starts a process; reads salted digests of all sites under its own role",
    "demo": "opens its own demonstration sites, refused in production",
    "db start": "the server, no rows",
    "db stop": "the server, no rows",
    "db migrate": "the schema, no rows",
    "db prepare": "roles and database on another server, no rows",
    "fsck": "sums of every site, one scope after another; prints findings, no rows",
    "backup": "the whole platform, all sites alike, as the reading backup role; the machine's operator runs it",
    "restore": "the whole platform into an empty place; the machine's operator runs it",
    "openapi": "prints a document",
    "site create": "the directory of sites belongs to the platform",
    "site list": "the directory of sites belongs to the platform",
    "site export": "the machine's operator exports one named site, sealed fields stay sealed",
    "user add": SITE,
    "user operator": "the machine's operator appoints who runs the platform",
    **dict.fromkeys(
        (f"webhook {verb}" for verb in ("add", "list", "log", "ping", "replay", "resume", "remove")), SITE
    ),
    **dict.fromkeys((f"token {verb}" for verb in ("create", "list", "revoke")), SITE),
    "notices list": "ids, kinds and masked addresses of what waits, for the machine's operator",
    "notices show": "one waiting notice by its random id, outside production only",
    **dict.fromkeys((f"cases {verb}" for verb in ("open-by-rule", "list", "export", "import")), SITE),
    **dict.fromkeys((f"ledger bank {verb}" for verb in ("import", "lines", "approve", "undo", "rule")), SITE),
    **dict.fromkeys((f"ledger {verb}" for verb in LEDGER_VERBS), SITE),
    **dict.fromkeys(
        (
            "scripts list",
            "scripts load",
            "scripts history",
            "scripts keys",
            "scripts revoke-key",
            "scripts admit-key",
        ),
        SITE,
    ),
    "scripts check": "reads the scripts shipped as files, no rows",
    "fees": "arithmetic on its arguments, no database",
    "jurisdiction": "reads facts, no database",
    "owed": "computes from a file, reads no database",
    **dict.fromkeys(("gate decide", "gate replay"), "judges facts from a file, reads no database"),
    "gate export": SITE,
    "scan": "reads texts from a file, no database",
    **dict.fromkeys(("lpr list", "lpr propose", "lpr confirm"), "the LPR is public and the platform's"),
    "evidence policy": "the public key of the log",
    "evidence show": "the machine's operator reads an entry by its random id, as the sequencer's role",
    "evidence export": "the machine's operator exports a proof by its random id, as the sequencer's role",
}
