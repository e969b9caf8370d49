"""Write the gate's contracts: ``python contracts/gate/make_contracts.py``.

From the vocabulary come gate-facts.schema.json and pack.schema.json, from the worked contacts of the tests the vectors. A test
holds the files to what this makes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.vocabulary import FACTS, GRANTS, VALUES, Kind
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.edges import EDGES

CONTRACTS = Path(__file__).resolve().parents[1]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
HOME = "https://jieqing.invalid/contracts"
Schema = dict[str, Any]


def facts_schema() -> Schema:
    properties: Schema = {}
    for name, kind in FACTS.items():
        holder, _, inner = name.partition(".")
        if inner:
            nest = properties.setdefault(holder, {"type": ["object", "null"], "properties": {}})
            nest["properties"][inner] = _fact(name, kind)
        else:
            properties[holder] = _fact(name, kind)
    return {
        "$schema": DRAFT,
        "$id": f"{HOME}/gate-facts.schema.json",
        "title": "Facts of one contact (一次触达的事实)",
        "description": "One line of `jieqing gate decide --facts FILE --json`. Any fact may be absent; an absent one that"
        " a rule needs denies. null means absent, except for last_contact_at and last_conversation_at, where it means"
        " never. Counts are before this contact, summed over creditor, agencies and robots; 7d counts roll. Numbers are"
        " whole. Texts outside the listed values are taken and denied by the rules. Unknown keys take part in the"
        " digest only. Vectors: contracts/gate/vectors.jsonl.",
        "type": "object",
        "properties": properties,
    }


def _fact(name: str, kind: Kind) -> Schema:
    known = sorted(VALUES.get(name, ()))
    note = {"description": f"Known values: {', '.join(known)}."} if known else {}
    match kind:
        case Kind.BOOL:
            return {"type": ["boolean", "null"]}
        case Kind.COUNT:
            return {"type": ["integer", "null"], "minimum": 0, "maximum": 2**53 - 1}
        case Kind.TEXTS:
            return {"type": ["array", "null"], "items": {"type": "string"}, **note}
        case Kind.HOURS:
            return {
                "type": ["array", "object", "string", "boolean", "null"],
                "description": 'Hours agreed with the person, local time, [from, to): "18:00-21:00", ["18:00", "21:00"],'
                ' {"from": "18:00", "to": "21:00"}, or a list of these. On record, they open the'
                " night and close the rest of the day; what cannot be read opens nothing. null, false, an empty list: nothing agreed.",
            }
        case Kind.INSTANT:
            return {
                "type": ["string", "null"],
                "description": "ISO 8601 with an offset; without one it counts as absent."
                + ("" if name == "at" else " null: never."),
            }
        case _:
            return {"type": ["string", "null"], **note}


def pack_schema() -> Schema:
    words = _object(
        {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}}, "zh", "en"
    )
    day = {"type": ["string", "null"], "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
    effective = _object({"from": day, "to": day})
    law_text = _object(
        {
            "file": {"type": "string"},
            "article": {"type": "string"},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
        "file",
        "article",
        "sha256",
    )
    name = {"type": "string", "pattern": "^[A-Za-z0-9.-]+$"}
    texts = {"type": "array", "items": {"type": "string", "minLength": 1}}
    rule = _object(
        {
            "id": name,
            "verdict": {"enum": ["deny", "needs_approval"]},
            "confidence": {"enum": ["high", "medium", "low"]},
            "article": words,
            "aliases": texts,
            "law_text": law_text,
            "effective": effective,
            "creditor_kinds": _list_of("creditor_kind"),
            "debt_kinds": _list_of("debt_kind"),
            "text": words,
            "when": {"$ref": "#/$defs/predicate"},
            "not_before": {"$ref": "#/$defs/not_before"},
        },
        "id", "verdict", "confidence", "article", "text", "when",
    )  # fmt: skip
    pack = _object(
        {
            "pack": name,
            "title": words,
            "source": {"enum": ["statute", "standard", "association", "policy", "foreign"]},
            "jurisdiction": {"enum": ["CN", "US", "UK", "any"]},
            "effective": effective,
            "applies": {"$ref": "#/$defs/predicate"},
            "overlay": {"type": "boolean"},
            "tighten": texts,
            "rules": {"type": "array", "items": rule},
        },
        "pack", "title", "source", "jurisdiction", "rules",
    )  # fmt: skip
    return {
        "$schema": DRAFT,
        "$id": f"{HOME}/pack.schema.json",
        "title": "A pack of rules for contacts (触达规则包)",
        "description": "The data of one YAML file in trust/compliance/packs; explained in docs/law/packs.md.",
        **pack,
        "$defs": {"predicate": _predicate(), "not_before": _not_before()},
    }


def _predicate() -> Schema:
    part = {"$ref": "#/$defs/predicate"}
    parts = {"type": "array", "items": part, "minItems": 1}
    number = {"type": "integer", "minimum": 1}
    time = {"type": "string", "pattern": "^([01]?\\d|2[0-3]):[0-5]\\d$|^24:00$"}
    instants = {"enum": [name for name, kind in FACTS.items() if kind is Kind.INSTANT and name != "at"]}
    bools, counts = ({"enum": [n for n, k in FACTS.items() if k is kind]} for kind in (Kind.BOOL, Kind.COUNT))
    forms: list[Schema] = [
        _object({"all": parts}, "all"),
        _object({"any": parts}, "any"),
        _object({"not": part}, "not"),
        _object({"fact": bools, "is": {"type": "boolean"}}, "fact", "is"),
        _object({"fact": counts, "at_least": number}, "fact", "at_least"),
        _object({"fact": counts, "less_than": number}, "fact", "less_than"),
        _object({"fact": {"const": "opted_out"}, "has_fact": {"const": "channel"}}, "fact", "has_fact"),
        _object({"window": {"type": "array", "items": time, "minItems": 2, "maxItems": 2}}, "window"),
        _object({"granted": {"enum": sorted(GRANTS)}}, "granted"),
        _object({"outside": {"const": "agreed_hours"}}, "outside"),
        *(
            _object({"since": instants, form: number}, "since", form)
            for form in ("less_than_days", "less_than_hours", "at_least_days", "at_least_hours")
        ),
    ]
    for name, kind in FACTS.items():
        values = sorted(VALUES.get(name, ()))
        if kind is Kind.TEXT and values:
            forms.append(_object({"fact": {"const": name}, "in": _list_of(name)}, "fact", "in"))
        if kind is Kind.TEXTS and values:
            forms.append(_object({"fact": {"const": name}, "has": {"enum": values}}, "fact", "has"))
    return {"oneOf": forms}


def _not_before() -> Schema:
    instants = {"enum": [name for name, kind in FACTS.items() if kind is Kind.INSTANT]}
    number = {"type": "integer", "minimum": 1}
    return {
        "oneOf": [
            {"enum": ["opening", "next_day"]},
            _object({"after": instants, "days": number}, "after", "days"),
            _object({"after": instants, "hours": number}, "after", "hours"),
        ]
    }


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"enum": sorted(VALUES[name])}, "minItems": 1}


def _object(properties: Schema, *required: str) -> Schema:
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": list(required)} if required else {})


def vectors() -> str:
    """The worked edges: what was asked, and what the shipped packs answer (rules and time; texts may be reworded)."""
    packs = shipped()
    lines = []
    for edge in EDGES:
        found = judge(packs, edge.facts)
        lines.append(
            json.dumps(
                {
                    "title": edge.title,
                    "facts": edge.facts,
                    "verdict": found.verdict,
                    "not_before": found.not_before.isoformat() if found.not_before else None,
                    "rules": [reason.rule.id for reason in found.reasons],
                    "facts_digest": found.facts_digest,
                },
                ensure_ascii=False,
            )
        )
    return "\n".join(lines) + "\n"


def texts() -> dict[Path, str]:
    def pretty(schema: Schema) -> str:
        return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"

    return {
        CONTRACTS / "gate-facts.schema.json": pretty(facts_schema()),
        CONTRACTS / "pack.schema.json": pretty(pack_schema()),
        CONTRACTS / "gate" / "vectors.jsonl": vectors(),
    }


if __name__ == "__main__":
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")
