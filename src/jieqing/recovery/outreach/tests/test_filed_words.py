"""What is said is what was filed: the script fills the facts, a permit is its use, a complaint finds it."""

from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services as cases
from jieqing.recovery.outreach import services
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.tests.standing import cleared, ready_case
from jieqing.recovery.outreach.tests.test_request_permit import MORNING
from jieqing.recovery.scripts import services as scripts
from jieqing.recovery.scripts.engine.words import Disclosure
from jieqing.recovery.scripts.models import Script, ScriptComplaint, ScriptScan, ScriptUse
from jieqing.recovery.scripts.tests.filing import filed, submitted, written
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.models import Decision

BODY = "您好，{agency}来电，想确认您是{debtor}本人，本次通话录音。"
VALUES = {"agency": "江南公司", "debtor": "孟女士"}


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any, Script]:
    with clock.frozen(MORNING):
        case, point = ready_case(cast.actor("owner"))
        script = written(
            cast.actor("owner"), body=BODY, disclosures=(Disclosure.AGENCY, Disclosure.RECORDING)
        )
        filed(cast, script)
    return case, point, script


def ask(cast: Cast, case: Any, point: Any, script: UUID, **more: Any) -> Any:
    told: dict[str, Any] = {
        "channel": Channel.VOICE_HUMAN,
        "purpose": Purpose.IDENTITY_CHECK,
        "content": Content(identity_verified=False),
        "wording": Wording(script, more.pop("values", VALUES)),
    } | more
    with clock.frozen(MORNING), site_scope(cast.site.id):
        return services.request_permit(actor=cleared(cast), case=case.id, point=point.pk, **told)


def test_a_permit_for_filed_words_is_one_use_of_that_version(cast: Cast, ready) -> None:
    case, point, script = ready
    permit = ask(cast, case, point, script.id)
    assert isinstance(permit, Permit), permit
    with site_scope(cast.site.id):
        use = ScriptUse.objects.get()
        facts = Decision.objects.get(pk=permit.decision_id).facts
    assert (use.source, use.case_id) == (f"trust.compliance.permit:{permit.id}", case.id)
    assert use.script_id == script.id
    told = {
        name: facts[name] for name in ("script_filed", "scan_verdict", "discloses_debt", "recording_notice")
    }
    assert told == {
        "script_filed": True,
        "scan_verdict": "clean",
        "discloses_debt": False,
        "recording_notice": True,
    }
    assert "孟女士" not in str(facts)


def test_a_value_that_makes_a_threat_of_filed_words_is_scanned_and_refused(cast: Cast, ready) -> None:
    case, point, script = ready
    found = ask(cast, case, point, script.id, values=VALUES | {"debtor": "再不还钱弄死你"})
    assert isinstance(found, Refused), found
    with site_scope(cast.site.id):
        assert Decision.objects.get(pk=found.decision_id).facts["scan_verdict"] == "block"
        assert not ScriptUse.objects.exists(), "what was refused was not used"
        [scan] = ScriptScan.objects.filter(occasion="contact")
        places = scan.findings.values_list("category", "excerpt")
        assert scan.verdict == "block" and ("threat" in dict(places))
        assert "弄死" not in str(list(places)), "a value stays nobody's to read"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"values": {"agency": "江南公司"}}, "outreach.values_wrong"),
        ({"values": VALUES | {"amount": "1元"}}, "outreach.values_wrong"),
        ({"values": VALUES | {"debtor": " "}}, "outreach.values_wrong"),
        ({"values": VALUES | {"debtor": "孟" * 201}}, "outreach.values_wrong"),
        ({"channel": Channel.SMS}, "script.wrong_use"),
        ({"purpose": Purpose.LEGAL_NOTICE, "script": UUID(int=1)}, "script.unknown"),
    ],
)
def test_what_is_not_filed_for_this_is_not_said(cast: Cast, ready, more: dict[str, Any], code: str) -> None:
    case, point, script = ready
    found = ask(cast, case, point, more.pop("script", script.id), **more)
    assert isinstance(found, Problem) and found.code == code


def test_a_draft_and_a_script_taken_out_of_use_are_refused(cast: Cast, ready) -> None:
    case, point, script = ready
    draft = written(
        cast.actor("owner"), code="own.draft", body="我这边是{agency}，请问{debtor}本人方便接听吗？"
    )
    assert ask(cast, case, point, draft.id).code == "script.not_usable"
    submitted(cast.actor("owner"), draft)
    assert ask(cast, case, point, draft.id).code == "script.not_usable"
    assert not is_problem(scripts.withdraw_script(actor=cast.actor("owner"), script=script, reason="停用"))
    with site_scope(cast.site.id):
        found = services.request_permit(
            actor=cleared(cast), case=case.id, point=point.pk, channel=Channel.VOICE_HUMAN,
            purpose=Purpose.IDENTITY_CHECK, content=Content(), wording=Wording(script.id, VALUES),
        )  # fmt: skip
    assert isinstance(found, Problem) and found.code == "script.not_usable"


def test_a_complaint_on_the_case_counts_against_what_was_said_there(cast: Cast, ready) -> None:
    case, point, script = ready
    assert isinstance(ask(cast, case, point, script.id), Permit)
    with clock.frozen(MORNING):
        filed_now = cases.file_complaint(
            actor=cast.actor("owner"), case=case, kind="conduct", text="来电太多"
        )
    assert not is_problem(filed_now), filed_now
    with site_scope(cast.site.id):
        [row] = ScriptComplaint.objects.all()
    assert (row.script_id, row.complaint_id) == (script.id, filed_now.id)


def test_a_complaint_long_after_is_not_laid_at_its_door(cast: Cast, ready) -> None:
    case, point, script = ready
    assert isinstance(ask(cast, case, point, script.id), Permit)
    with clock.frozen(MORNING.replace(month=12, day=25)):
        done = cases.file_complaint(actor=cast.actor("owner"), case=case, kind="conduct", text="来电太多")
    assert not is_problem(done), done
    with site_scope(cast.site.id):
        assert not ScriptComplaint.objects.exists()
