"""contracts/: the schemas and vectors are what the engine makes, and schema and reader take and refuse the same."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jieqing.kernel.tests.worked_tables import ROOT
from jieqing.trust.compliance.engine.facts import ReadFacts, check_facts
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.pack_text import NotAPack, read_text
from jieqing.trust.compliance.library import PACKS
from jieqing.trust.compliance.tests.contacts import contact
from jieqing.trust.compliance.tests.edges import EDGES


def _maker() -> ModuleType:
    spec = spec_from_file_location("make_contracts", ROOT / "contracts" / "gate" / "make_contracts.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = _maker()
FACTS = Draft202012Validator(MAKER.facts_schema())
PACK = Draft202012Validator(MAKER.pack_schema())
RULE: dict[str, Any] = {
    "id": "X-1",
    "verdict": "deny",
    "confidence": "high",
    "article": {"zh": "条", "en": "art."},
    "text": {"zh": "文", "en": "text"},
    "when": {"fact": "refused", "is": True},
}
SMALL: dict[str, Any] = {
    "pack": "x", "title": {"zh": "包", "en": "pack"}, "source": "policy", "jurisdiction": "CN", "rules": [RULE],
}  # fmt: skip


def test_the_files_are_up_to_date() -> None:
    for path, text in MAKER.texts().items():
        assert path.read_text(encoding="utf-8") == text, "run python contracts/gate/make_contracts.py"


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(FACTS.schema)
    Draft202012Validator.check_schema(PACK.schema)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.title)
def test_the_schema_takes_every_contact(edge: Any) -> None:
    FACTS.validate(edge.facts)


@pytest.mark.parametrize(
    "changes",
    [
        {"at": 5}, {"channel": ["sms"]}, {"refused": "yes"}, {"refused": 1}, {"counts": []}, {"holds": "dispute"},
        {"holds": [1]}, {"counts": {"robot_calls_7d": -1}}, {"counts": {"robot_calls_7d": True}},
        {"counts": {"robot_calls_7d": "3"}}, {"agreed_hours": 22}, {"staff": "none"}, {"site": {"live": "yes"}},
    ],
)  # fmt: skip
def test_what_the_schema_refuses_the_reader_refuses(changes: dict[str, Any]) -> None:
    facts = contact() | changes
    assert not FACTS.is_valid(facts)
    assert not isinstance(check_facts(facts), ReadFacts)


@pytest.mark.parametrize("file", sorted(PACKS.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_schema_takes_every_shipped_pack(file: Any) -> None:
    PACK.validate(read_text(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "allow"},
        {"confidence": "sure"},
        {"when": {}},
        {"when": None},
        {"when": {"all": []}},
        {"when": {"fact": "refuse", "is": True}},
        {"when": {"fact": "refused", "is": "yes"}},
        {"when": {"fact": "refused", "at_least": 1}},
        {"when": {"fact": "channel", "in": ["fax"]}},
        {"when": {"fact": "channel", "in": []}},
        {"when": {"fact": "holds", "has": "love"}},
        {"when": {"fact": "counts.robot_calls_7d", "at_least": 0}},
        {"when": {"fact": "counts.robot_calls_7d", "at_least": 1.5}},
        {"when": {"window": ["22:00"]}},
        {"when": {"window": ["22:00", "8 o'clock"]}},
        {"when": {"since": "at", "less_than_days": 7}},
        {"when": {"since": "last_contact_at", "less_than_weeks": 1}},
        {"when": {"fact": "refused", "is": True, "in": []}},
        {"when": {"granted": "love"}},
        {"not_before": "soon"},
        {"not_before": {"after": "last_contact_at"}},
        {"law_text": {"file": "x", "article": "y", "sha256": "z"}},
        {"text": {"zh": "只有中文"}},
        {"debt_kinds": ["gift"]},
        {"effective": {"from": "yesterday"}},
        {"colour": "red"},
    ],
)
def test_what_the_pack_schema_refuses_the_reader_refuses(changes: dict[str, Any]) -> None:
    PACK.validate(SMALL)
    pack_from(SMALL)
    wrong = SMALL | {"rules": [RULE | changes]}
    assert not PACK.is_valid(wrong)
    with pytest.raises(NotAPack):
        pack_from(wrong)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\na: 2", "twice"),
        ("a: &x 1\nb: *x", "anchors"),
        ("a: !!python/object:os.system {}", "tag"),
        ("a: [", "line 1"),
    ],
)
def test_text_with_a_second_reading_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotAPack, match=says):
        read_text(text)


def test_times_and_dates_stay_text() -> None:
    assert read_text("a: 22:00\nb: 2025-02-28\nc: yes\nd: 0x1f") == {
        "a": "22:00", "b": "2025-02-28", "c": "yes", "d": "0x1f",
    }  # fmt: skip


@pytest.mark.parametrize("where", ["when", "applies"])
def test_a_permission_can_only_lift(where: str) -> None:
    loosening = {"not": {"not": {"granted": "consent"}}}
    wrong = SMALL | (
        {"applies": loosening} if where == "applies" else {"rules": [RULE | {"when": loosening}]}
    )
    with pytest.raises(NotAPack, match="may only lift"):
        pack_from(wrong)
