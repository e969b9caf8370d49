"""A verdict once given can be computed again whatever the packs say today; one that was touched up cannot."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance import selectors, services
from jieqing.trust.compliance.engine.overlays import Closed, Raised, overlay_document
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.packs import PackSet, pack_set
from jieqing.trust.compliance.engine.slots import Subject
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.management.gate import gate
from jieqing.trust.compliance.models import KeptPack, KeptSet
from jieqing.trust.compliance.tests.contacts import contact

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-22T21:30:00+08:00")


@pytest.fixture
def actor() -> Iterator[Actor]:
    site_id = new_id()
    with clock.frozen(NOW), site_scope(site_id):
        yield Actor(new_id(), ActorKind.PERSON, site_id)


def earlier_packs() -> PackSet:
    """The shipped packs as they may have stood once: nobody called after nine."""
    text = json.dumps([pack.document for pack in shipped().packs], ensure_ascii=False)
    return pack_set(pack_from(one) for one in json.loads(text.replace('["22:00"', '["21:00"')))


def ask(actor: Actor, *, packs: PackSet | None = None, **changes: Any) -> None:
    subject = Subject(person=str(new_id()), creditor="c", debt="d", number="n")
    facts = contact(at=NOW.isoformat(), **changes)
    found = services.mint(actor=actor, subject=subject, contact="point:1", facts=facts, packs=packs)
    assert not is_problem(found)


def exported(actor: Actor) -> list[dict[str, Any]]:
    return json.loads(json.dumps(list(selectors.exported_decisions(actor.own_site))))  # type: ignore[no-any-return]


def replayed(lines: list[dict[str, Any]], tmp_path: Path) -> tuple[int, list[dict[str, Any]]]:
    file = tmp_path / "verdicts.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = CliRunner().invoke(gate, ["replay", str(file), "--json"])
    return found.exit_code, [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture
def verdicts(actor: Actor) -> list[dict[str, Any]]:
    """Three sets of packs: as they once stood, as they stand, and with the site's own."""
    ask(actor, packs=earlier_packs())
    ask(actor)
    ask(actor, scan_verdict="needs_approval")
    document = overlay_document(
        "evenings", {"zh": "本站", "en": "Ours"}, [Closed("21:00", "09:00"), Raised("GATE-14")]
    )
    row = services.propose_overlay(actor=actor, overlay=document, why="更严")
    assert not is_problem(row)
    assert not is_problem(
        services.adopt_overlay(
            actor=Actor(new_id(), ActorKind.PERSON, actor.own_site), overlay_id=row.pk, why="更严"
        )
    )
    ask(actor)
    ask(actor, scan_verdict="needs_approval")
    return exported(actor)


def test_every_verdict_is_computed_again_by_the_packs_of_its_day(
    verdicts: list[dict[str, Any]], tmp_path: Path
) -> None:
    sets = [line["pack_set"] for line in verdicts if "pack_set" in line]
    answers = [line["verdict"] for line in verdicts if "decision" in line]
    assert len(set(sets)) == len(sets) == 3
    assert answers == ["deny", "allow", "needs_approval", "deny", "deny"]
    code, found = replayed(verdicts, tmp_path)
    assert code == 0 and [one["same"] for one in found] == [True] * 5
    # Without the packs of their day the same lines differ, and say in what.
    code, found = replayed([line for line in verdicts if "decision" in line], tmp_path)
    assert code == 1 and [one["same"] for one in found] == [False, True, True, False, False]
    assert found[0]["differences"][0] == "pack_digest"


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"verdict": "allow", "reasons": []}, ["verdict", "reasons"]),
        ({"not_before": None}, ["not_before"]),
        ({"not_before": "2026-11-23T08:00:01+08:00"}, ["not_before"]),
        ({"reasons": []}, ["reasons"]),
    ],
)
def test_a_touched_up_verdict_is_told(
    verdicts: list[dict[str, Any]], tmp_path: Path, change: dict[str, Any], differs: list[str]
) -> None:
    place = next(index for index, line in enumerate(verdicts) if line.get("verdict") == "deny")
    verdicts[place] |= change
    code, found = replayed(verdicts, tmp_path)
    assert code == 1 and [one["differences"] for one in found if not one["same"]] == [differs]


def test_touched_up_facts_and_packs_are_told(verdicts: list[dict[str, Any]], tmp_path: Path) -> None:
    place = next(index for index, line in enumerate(verdicts) if line.get("verdict") == "allow")
    verdicts[place]["facts"]["consent"] = True
    code, found = replayed(verdicts, tmp_path)
    assert code == 1 and [one["differences"] for one in found if not one["same"]] == [["facts_digest"]]
    verdicts[place]["facts"]["consent"] = False
    verdicts[0]["packs"][-1]["rules"][0]["verdict"] = "needs_approval"
    code, found = replayed(verdicts, tmp_path)
    assert code == 1 and [one["same"] for one in found] == [False, True, True, True, True]


def test_sets_are_kept_once_and_packs_are_shared(actor: Actor) -> None:
    for _ in range(3):
        ask(actor)
    other = Actor(new_id(), ActorKind.PERSON, new_id())
    with site_scope(other.own_site, switch=True):
        ask(other)
        assert KeptSet.objects.count() == 1
        assert selectors.kept_set(actor.own_site, shipped().digest) is None
    assert KeptSet.objects.count() == 1
    assert KeptPack.objects.filter(digest__in=[pack.digest for pack in shipped().packs]).count() == len(
        shipped().packs
    )
    kept = selectors.kept_set(actor.own_site, shipped().digest)
    assert isinstance(kept, PackSet) and kept == shipped()
