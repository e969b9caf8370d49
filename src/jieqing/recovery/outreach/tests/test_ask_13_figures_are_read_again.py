"""Ask 13. Amount due vs balance due confusion.

Requirement: all letters use the *remaining* balance at send time; original shown separately; re-read inside the send
transaction. Source: OCA/credit-control PR #457, #501. The statement of account is the ledger's own test of this ask; here
is what is said under a permit. Notices of fixed form go to no debtor.
"""

from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast

from jieqing.claims.receivables import services as ledger
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.tests.books import HEAD
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.tests.standing import ready_case
from jieqing.recovery.outreach.tests.test_filed_words import ask
from jieqing.recovery.scripts.engine.variables import VARIABLES
from jieqing.recovery.scripts.engine.words import Addressee, Disclosure
from jieqing.recovery.scripts.engine.words import Purpose as ScriptPurpose
from jieqing.recovery.scripts.tests.filing import filed, written
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.models import Decision
from jieqing.trust.notices.engine.kinds import RecipientKind

BOTH = "您好，{debtor}，{agency}来电，本次通话录音。原额{amount}，已付{paid}，目前未清{balance}。"
ONE = "您好，{debtor}，{agency}来电，本次通话录音。目前未清{amount}。"
NAMES = {"agency": "江南公司", "debtor": "孟女士"}
PAID = (
    HEAD.replace("币种", "币种,已收金额,收款日期")
    + "宏达机械有限公司,INV-001,2026-05-01,2026-06-01,10000.00,CNY,4000.00,2026-11-20\n"
)


def script_of(cast: Cast, body: str) -> UUID:
    script = written(
        cast.actor("owner"),
        body=body,
        purpose=ScriptPurpose.REMINDER,
        addressee=Addressee.PERSON,
        variables=tuple(name for name in VARIABLES if "{" + name + "}" in body),
        disclosures=(Disclosure.AGENCY, Disclosure.RECORDING),
    )
    filed(cast, script)
    return script.id


def said(cast: Cast, ready: Any, script: UUID, **figures: str) -> Any:
    told: dict[str, Any] = {"purpose": Purpose.COLLECT, "content": Content(identity_verified=True)}
    return ask(cast, *ready, script, values=NAMES | figures, **told)


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def test_ask_13_the_remaining_balance_at_that_moment_and_the_original_beside_it(cast: Cast, ready) -> None:
    """Prepared, then a payment comes in, then asked for: refused with the figures of now, and granted with them."""
    script = script_of(cast, BOTH)
    prepared = {"amount": "10,000.00元", "paid": "0元", "balance": "10,000.00元"}
    first = said(cast, ready, script, **prepared)
    assert isinstance(first, (Permit, Refused)), first
    found = ledger.import_file(actor=cast.actor("owner"), name="收款.csv", source=PAID.encode())
    assert not is_problem(found), found
    with site_scope(cast.site.id):
        asked_before = Decision.objects.count()
    late = said(cast, ready, script, **prepared)
    assert isinstance(late, Problem)
    assert late.code == "outreach.figures_moved"
    for figure in ("6000.00", "10000.00", "4000.00"):
        assert figure in late.text("zh")
    with site_scope(cast.site.id):
        assert Decision.objects.count() == asked_before, (
            "nothing is asked of the gate with words of yesterday"
        )
    now = said(cast, ready, script, amount="10,000.00元", paid="4,000.00元", balance="6,000.00元")
    assert isinstance(now, (Permit, Refused)), now


def test_ask_13_one_figure_alone_is_what_is_open(cast: Cast, ready) -> None:
    ledger.import_file(actor=cast.actor("owner"), name="收款.csv", source=PAID.encode())
    script = script_of(cast, ONE)
    original = said(cast, ready, script, amount="10,000.00元")
    assert isinstance(original, Problem)
    assert original.code == "outreach.figures_moved"
    assert isinstance(said(cast, ready, script, amount="6,000.00元"), (Permit, Refused))


def test_ask_13_no_notice_of_fixed_form_goes_to_a_debtor() -> None:
    assert not [kind for kind in RecipientKind if "debtor" in kind.value]
