"""Things of the script library: one that a reviewer filed, used once and complained of, a draft beside it, one that is stopped."""

from dataclasses import replace

from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import services
from jieqing.recovery.scripts.tests.filing import OWN, newest, written

SCRIPT_TABLES = {"script_id": "scripts_script", "version_id": "scripts_version"}


def fill_scripts(actor: Actor) -> None:
    judge = Actor(new_id(), ActorKind.PERSON, actor.own_site, frozenset({"justice_reviewer"}), frozenset())
    script = written(actor)
    for done in (
        services.submit_version(actor=actor, version=newest(script)),
        services.file_version(actor=judge, version=newest(script), reference="锡司备〔2026〕1号"),
        services.record_use(
            actor=actor,
            script_id=script.id,
            channel="voice_human",
            purpose="identity_check",
            source="contact:1",
        ),
        services.record_complaint(actor=actor, source="contact:1", complaint_id=new_id()),
        services.rotate_key(actor=judge),
    ):
        assert not is_problem(done), done
    with site_scope(actor.own_site):
        services.revise_script(
            actor=actor, script=script, template=replace(OWN, body=OWN.body + "现在方便吗？"), note="先问方便"
        )
    written(actor, code="own.stopped", body="我是{agency}，{debtor}再不还钱弄死你。")
