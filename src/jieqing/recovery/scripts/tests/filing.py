"""Scripts for tests: one written by the owner, and a reviewer of the same site who decides."""

from dataclasses import replace

from tests.cast import Cast

from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.scripts import services
from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.engine.words import Addressee, Channel, Disclosure, Emotion, Purpose, Stage
from jieqing.recovery.scripts.models import Script, ScriptFiling, ScriptVersion

OWN = Template(
    code="own.first",
    title="首次来电",
    lang="zh",
    stage=Stage.FIRST_CONTACT,
    purpose=Purpose.IDENTITY_CHECK,
    channels=(Channel.VOICE_HUMAN,),
    addressee=Addressee.ANY,
    emotion=Emotion.NEUTRAL,
    variables=("agency", "debtor"),
    disclosures=(Disclosure.AGENCY,),
    articles=("GB/T 45251—2025 5.3",),
    version=1,
    author="",
    body="您好，{agency}来电，想确认您是{debtor}本人。",
)


def reviewer(cast: Cast) -> Actor:
    """Somebody of the justice bureau on the cast's site."""
    return Actor(new_id(), ActorKind.PERSON, cast.site.id, frozenset({"justice_reviewer"}), frozenset())


def written(actor: Actor, **changed: object) -> Script:
    made = services.create_script(actor=actor, template=replace(OWN, **changed))  # type: ignore[arg-type]
    assert not is_problem(made), made
    return made


def newest(script: Script) -> ScriptVersion:
    with site_scope(script.site_id):
        return ScriptVersion.objects.filter(script=script.pk).order_by("-number")[0]


def submitted(actor: Actor, script: Script) -> ScriptVersion:
    version = newest(script)
    done = services.submit_version(actor=actor, version=version)
    assert not is_problem(done), done
    return version


def filed(
    cast: Cast, script: Script, by: Actor | None = None, reference: str = "锡司备〔2026〕1号"
) -> ScriptFiling:
    version = submitted(cast.actor("owner"), script)
    done = services.file_version(actor=by or reviewer(cast), version=version, reference=reference)
    assert not is_problem(done), done
    return done
