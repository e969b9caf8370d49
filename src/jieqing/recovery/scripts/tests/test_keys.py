"""Keys of reviewers: replaced under both signatures, ended by the operator; what was filed before stays proven."""

from datetime import timedelta

from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import selectors, services
from jieqing.recovery.scripts.engine.filings import is_signed
from jieqing.recovery.scripts.models import ReviewerKey, ScriptFiling
from jieqing.recovery.scripts.tests.filing import filed, reviewer, submitted, written
from jieqing.trust.evidence.testing.guard import rows_by_hand

OTHER = "我这里是{agency}，请问{debtor}本人现在方便听电话吗"


def code_of(found: object) -> str:
    assert isinstance(found, Problem), found
    return found.code


def proofs(script) -> list[bool | None]:
    page = selectors.script_page(script)
    return [view.is_proven for one in page.versions for view in one.filings if view.row.signature is not None]


def test_a_new_key_is_signed_by_the_old_and_old_filings_stay_proven(cast: Cast) -> None:
    judge, owner = reviewer(cast), cast.actor("owner")
    first, second = written(owner), written(owner, code="own.second", body=OTHER)
    filed(cast, first, judge)
    rotated = services.rotate_key(actor=judge)
    assert not is_problem(rotated), rotated
    filed(cast, second, judge, "锡司备〔2026〕2号")
    with site_scope(cast.site.id):
        new, old = selectors.reviewer_keys()
        assert (new.is_chained, old.is_chained) == (True, None)
        assert (new.decisions, old.decisions) == (1, 1)
        assert old.key.ended_at is not None and new.key.ended_at is None
        assert [step.kind for step in old.steps] == ["rotated"]
        [step] = old.steps
        assert is_signed(bytes(old.key.public_key), bytes(step.signature), step.statement)
        assert is_signed(bytes(new.key.public_key), bytes(step.new_signature), step.statement)
        assert proofs(first) == [True] and proofs(second) == [True]
        keys = ScriptFiling.objects.exclude(key=None).order_by("at").values_list("key", flat=True)
        assert list(keys) == [old.key.pk, new.key.pk]


def test_a_revoked_key_decides_nothing_until_another_is_admitted(cast: Cast) -> None:
    judge, owner = reviewer(cast), cast.actor("owner")
    operator = cast.actor("owner")
    first = written(owner)
    filed(cast, first, judge)
    with site_scope(cast.site.id):
        key = ReviewerKey.objects.get()
    assert code_of(services.revoke_key(actor=operator, key_id=key.pk, reason=" ")) == "script.reason_missing"
    assert not is_problem(services.revoke_key(actor=operator, key_id=key.pk, reason="设备遗失"))
    assert code_of(services.revoke_key(actor=operator, key_id=key.pk, reason="再来")) == "script.key_ended"
    version = submitted(owner, written(owner, code="own.second", body=OTHER))
    for done in (
        services.file_version(actor=judge, version=version, reference="2号"),
        services.return_version(actor=judge, version=version, reason="先问方便"),
        services.rotate_key(actor=judge),
    ):
        assert code_of(done) == "script.key_revoked"
    withdrawn = services.withdraw_script(actor=judge, script=first, reason="先停下")
    assert not is_problem(withdrawn) and withdrawn.signature is None, "what stops is never kept back"
    assert not is_problem(services.admit_key(actor=operator, key_id=key.pk, reason="已当面核验"))
    assert code_of(services.admit_key(actor=operator, key_id=key.pk, reason="又")) == "script.key_ended"
    assert not is_problem(services.file_version(actor=judge, version=version, reference="2号"))
    with site_scope(cast.site.id):
        assert proofs(first) == [True], "filed before the revocation"
        new, old = selectors.reviewer_keys()
        assert new.is_chained is None and [step.kind for step in old.steps] == ["revoked", "admitted"]


def test_a_signature_after_the_keys_end_proves_nothing(cast: Cast) -> None:
    judge = reviewer(cast)
    script = written(cast.actor("owner"))
    filed(cast, script, judge)
    with rows_by_hand("a clock set back"), site_scope(cast.site.id):
        ReviewerKey.objects.update(ended_at=clock.now() - timedelta(hours=1))
    with site_scope(cast.site.id):
        assert proofs(script) == [False]


def test_keys_of_other_people_and_sites_are_not_there(cast: Cast) -> None:
    judge = reviewer(cast)
    filed(cast, written(cast.actor("owner")), judge)
    with site_scope(cast.site.id):
        key = ReviewerKey.objects.get()
    stranger = cast.actor("stranger")
    for done in (
        services.revoke_key(actor=stranger, key_id=key.pk, reason="x"),
        services.admit_key(actor=stranger, key_id=key.pk, reason="x"),
        services.revoke_key(actor=cast.actor("owner"), key_id=new_id(), reason="x"),
    ):
        assert code_of(done) == "script.key_ended"
    with site_scope(cast.other_site.id):
        assert selectors.reviewer_keys() == []


def test_the_first_key_is_made_when_there_is_none_to_replace(cast: Cast) -> None:
    judge = reviewer(cast)
    assert code_of(services.rotate_key(actor=judge)) == "script.key_fresh"
    assert not is_problem(services.rotate_key(actor=judge))
