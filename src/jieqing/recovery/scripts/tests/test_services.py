"""From author to reviewer to use to replacement: only what is filed is usable, and every decision is signed."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import access, selectors, services
from jieqing.recovery.scripts.engine.filings import is_signed
from jieqing.recovery.scripts.library import shipped
from jieqing.recovery.scripts.models import ReviewerKey, Script, ScriptFiling, ScriptVersion
from jieqing.recovery.scripts.tests.filing import OWN, filed, newest, reviewer, submitted, written

CALL = ("voice_human", "identity_check")


def code_of(found: object) -> str:
    assert isinstance(found, Problem), found
    return found.code


def states(script: Script) -> list[tuple[int, str]]:
    rows = ScriptFiling.objects.filter(version__script=script).order_by("id")
    return [(row.version.number, row.state) for row in rows.select_related("version")]


def test_from_author_to_reviewer_to_use_to_replacement(cast: Cast) -> None:
    owner, judge = cast.actor("owner"), reviewer(cast)
    script = written(owner)
    with site_scope(cast.site.id):
        assert code_of(selectors.usable_script(script.id, *CALL, clock.now())) == "script.not_usable"
    before = clock.now()
    filed(cast, script, judge)
    with site_scope(cast.site.id):
        found = selectors.usable_script(script.id, *CALL, clock.now())
        assert not is_problem(found) and found.version == 1 and not found.tells_debt
        assert [one.script_id for one in selectors.usable_scripts(*CALL, clock.now())] == [script.id]
        assert code_of(selectors.usable_script(script.id, *CALL, before)) == "script.not_usable"
        assert (
            code_of(selectors.usable_script(script.id, "sms", "identity_check", clock.now()))
            == "script.wrong_use"
        )
    used = services.record_use(
        actor=owner, script_id=script.id, channel=CALL[0], purpose=CALL[1], source="c:1"
    )
    again = services.record_use(
        actor=owner, script_id=script.id, channel=CALL[0], purpose=CALL[1], source="c:1"
    )
    assert not is_problem(used) and not is_problem(again) and used.id == again.id
    assert not is_problem(services.record_complaint(actor=owner, source="c:1", complaint_id=new_id()))
    first_moment = clock.now()
    better = replace(OWN, body=OWN.body + "您现在方便吗？")
    with site_scope(cast.site.id):
        revised = services.revise_script(actor=owner, script=script, template=better, note="先问方便")
    assert not is_problem(revised) and revised.number == 2
    with site_scope(cast.site.id):
        still = selectors.usable_script(script.id, *CALL, clock.now())
        assert not is_problem(still) and still.version == 1, "the new draft does not touch what is filed"
    filed(cast, script, judge, "锡司备〔2026〕2号")
    with site_scope(cast.site.id):
        now = selectors.usable_script(script.id, *CALL, clock.now())
        then = selectors.usable_script(script.id, *CALL, first_moment)
        assert not is_problem(now) and not is_problem(then)
        assert (now.version, then.version, now.reference) == (2, 1, "锡司备〔2026〕2号")
        assert states(script) == [
            (1, "submitted"),
            (1, "filed"),
            (2, "submitted"),
            (2, "filed"),
            (1, "replaced"),
        ]
        page = selectors.script_page(Script.objects.get(pk=script.pk))
        assert [(one.version.number, one.state.value) for one in page.versions] == [
            (2, "filed"),
            (1, "replaced"),
        ]
        assert (page.uses, page.complaints, page.versions[1].uses) == (1, 1, 1)
        assert [piece.kind for piece in page.newest.pieces] == ["kept", "new"]
        assert all(
            view.is_proven for one in page.versions for view in one.filings if view.row.state == "filed"
        )


def test_a_decision_is_signed_by_the_reviewers_own_key_over_exactly_this_text(cast: Cast) -> None:
    judge, other = reviewer(cast), reviewer(cast)
    done = filed(cast, written(cast.actor("owner")), judge)
    filed(
        cast,
        written(
            cast.actor("owner"), code="own.second", body="我找{debtor}本人，这里是{agency}，方便听电话吗"
        ),
        other,
    )
    with site_scope(cast.site.id):
        row = ScriptFiling.objects.select_related("key", "version").get(pk=done.pk)
        assert row.key and row.statement and row.signature
        assert row.statement["digest"] == bytes(row.version.digest).hex()
        assert row.statement["reviewer"] == str(judge.id) == str(row.key.user_id)
        public, signature = bytes(row.key.public_key), bytes(row.signature)
        assert is_signed(public, signature, row.statement)
        assert not is_signed(public, signature, row.statement | {"version": 2})
        keys = ReviewerKey.objects.all()
        assert len({bytes(key.public_key) for key in keys}) == 2
        assert all(b"sealed" and len(bytes(key.sealed_seed)) > 32 for key in keys)


def test_returned_with_its_reason_and_never_filed_afterwards(cast: Cast) -> None:
    owner, judge = cast.actor("owner"), reviewer(cast)
    script = written(owner)
    version = submitted(owner, script)
    assert (
        code_of(services.return_version(actor=judge, version=version, reason=" ")) == "script.reason_missing"
    )
    assert not is_problem(services.return_version(actor=judge, version=version, reason="请写明录音。"))
    assert code_of(services.file_version(actor=judge, version=version, reference="1")) == "script.wrong_step"
    assert code_of(services.submit_version(actor=owner, version=version)) == "script.wrong_step"


def test_nobody_decides_about_own_work_and_nothing_is_filed_without_a_number(cast: Cast) -> None:
    owner, judge = cast.actor("owner"), reviewer(cast)
    version = submitted(owner, written(owner))
    assert code_of(services.file_version(actor=owner, version=version, reference="1")) == "script.own_work"
    assert (
        code_of(services.file_version(actor=judge, version=version, reference=" "))
        == "script.reference_missing"
    )


def test_withdrawn_is_out_of_use_at_once(cast: Cast) -> None:
    judge, script = reviewer(cast), written(cast.actor("owner"))
    filed(cast, script, judge)
    assert not is_problem(services.withdraw_script(actor=judge, script=script, reason="条文已变"))
    with site_scope(cast.site.id):
        assert code_of(selectors.usable_script(script.id, *CALL, clock.now())) == "script.not_usable"
        assert Script.objects.get(pk=script.pk).state == "withdrawn"
    refused = services.record_use(
        actor=judge, script_id=script.id, channel=CALL[0], purpose=CALL[1], source="c:2"
    )
    assert code_of(refused) == "script.not_usable"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"body": "您好，{agency}，请问{debtor}欠款何时还？"}, "script.not_ready"),
        ({"body": "您好，{agency}，{debtor}，{amount}"}, "script.not_ready"),
        ({"variables": ("agency",)}, "script.not_ready"),
        ({"channels": ("voice_ai",)}, "script.not_ready"),
        ({"articles": ()}, "script.not_ready"),
        ({"body": "我是{agency}，{debtor}你再躲就打断你的腿。"}, "script.blocked_words"),
    ],
)
def test_what_is_not_in_order_is_kept_as_a_draft_and_not_submitted(
    cast: Cast, changed: dict[str, object], code: str
) -> None:
    owner = cast.actor("owner")
    if "channels" in changed:
        from jieqing.recovery.scripts.engine.words import Channel

        changed = {"channels": (Channel.VOICE_AI,)}
    script = written(owner, **changed)
    assert code_of(services.submit_version(actor=owner, version=newest(script))) == code


def test_a_near_copy_of_another_script_is_refused(cast: Cast) -> None:
    owner = cast.actor("owner")
    written(owner)
    copy = written(owner, code="own.copy", body=OWN.body.replace("您好", "你好"))
    assert code_of(services.submit_version(actor=owner, version=newest(copy))) == "script.near_copy"


def test_the_shipped_scripts_come_once_and_leave_the_sites_own_words_alone(cast: Cast) -> None:
    owner = cast.actor("owner")
    assert services.load_shipped(actor=owner).new == len(shipped())
    assert services.load_shipped(actor=owner).kept == len(shipped())
    with site_scope(cast.site.id):
        script = Script.objects.get(code="vm.simple")
        assert script.state == "draft" and script.origin == "shipped"
        [version] = ScriptVersion.objects.filter(script=script)
    submitted(owner, script)
    revised = services.revise_script(
        actor=owner, script=script, template=replace(OWN, code="x", body="{agency}请{debtor}本人回电。")
    )
    assert not is_problem(revised) and revised.judged["code"] == "vm.simple"
    assert code_of(services.submit_version(actor=owner, version=version)) == "script.not_newest"
    assert services.load_shipped(actor=owner).kept == len(shipped())


def test_history_cannot_be_rewritten_and_other_sites_are_not_there(cast: Cast) -> None:
    script = written(cast.actor("owner"))
    done = filed(cast, script)
    with site_scope(cast.site.id):
        for row in (newest(script), done):
            with pytest.raises(DatabaseError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(by=new_id())
    stranger = replace(cast.actor("owner"), site_id=cast.other_site.id)
    with site_scope(cast.other_site.id):
        assert code_of(access.script_by_id(stranger, script.id)) == "script.unknown"
        assert code_of(selectors.usable_script(script.id, *CALL, clock.now())) == "script.unknown"
