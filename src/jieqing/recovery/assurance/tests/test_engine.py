"""Words for every fact and value, a lawful start, links that come back to the same facts, a pair for every rule."""

from datetime import date, datetime

import pytest

from jieqing.recovery.assurance.engine.asked_facts import read_asked
from jieqing.recovery.assurance.engine.conditions import condition_lines
from jieqing.recovery.assurance.engine.edge_pairs import edge_pairs
from jieqing.recovery.assurance.engine.fact_words import FACT_WORDS, GROUPS, VALUE_WORDS, WHEN
from jieqing.recovery.assurance.engine.lawful import LAWFUL, as_facts, differences, flat_facts, lawful_facts
from jieqing.recovery.assurance.engine.rule_rows import Force, rule_rows, turns
from jieqing.trust.compliance.engine.compiler import compile_packs
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.packs import Rule
from jieqing.trust.compliance.engine.vocabulary import FACTS, VALUES
from jieqing.trust.compliance.selectors import shipped

DAY = date(2026, 11, 22)
AT = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
DECIDE = compile_packs(shipped())


def test_every_fact_and_value_has_words_and_a_place() -> None:
    assert set(FACT_WORDS) == set(FACTS)
    placed = [name for _key, _title, names in GROUPS for name in names]
    assert sorted([*placed, *WHEN]) == sorted(FACTS)
    for fact, values in VALUES.items():
        assert values <= set(VALUE_WORDS[fact]), fact


def test_the_start_is_allowed_by_every_rule() -> None:
    assert set(LAWFUL) | {"at"} == set(FACTS)
    assert judge(shipped(), lawful_facts(AT)).reasons == ()


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.id)
def test_every_rule_has_two_contacts_that_differ_in_one_fact(rule: Rule) -> None:
    pairs = edge_pairs(rule, DECIDE, DAY)
    assert pairs
    for pair in pairs:
        differing = {name for name in FACTS if pair.fires.get(name) != pair.passes.get(name)}
        assert differing == {pair.fact}
        fired = {reason.rule.id for reason in judge(shipped(), as_facts(pair.fires)).reasons}
        passed = {reason.rule.id for reason in judge(shipped(), as_facts(pair.passes)).reasons}
        assert rule.id in fired and rule.id not in passed
        assert pair.passes_all == (not passed)


def test_edges_lie_on_the_second_and_on_the_cap() -> None:
    night = edge_pairs(shipped().rule("GBT-05"), DECIDE, DAY)
    times = {
        (str(pair.fires["at"])[11:19], str(pair.passes["at"])[11:19]) for pair in night if pair.fact == "at"
    }
    assert {("22:00:00", "21:59:59"), ("22:00:00", "08:00:00")} <= times
    calls = edge_pairs(shipped().rule("GBT-06"), DECIDE, DAY)
    assert ("counts.effective_calls_today", 3, 2) in {
        (pair.fact, pair.fires[pair.fact], pair.passes[pair.fact]) for pair in calls
    }


def test_a_link_leads_back_to_the_same_facts() -> None:
    for rule in shipped().rules:
        for pair in edge_pairs(rule, DECIDE, DAY):
            asked: dict[str, list[str]] = {}
            for name, value in differences(pair.fires, DAY):
                asked.setdefault(name, []).append(value)
            flat, unread = read_asked(lambda name: asked.get(name, []), DAY)  # noqa: B023
            known = {name for name in unread if pair.fires[name] not in VALUES.get(name, {pair.fires[name]})}
            assert set(unread) == known, (rule.id, unread)
            if not unread:
                assert DECIDE(as_facts(flat)).reasons == DECIDE(as_facts(pair.fires)).reasons, rule.id


def test_facts_survive_the_way_there_and_back() -> None:
    facts = lawful_facts(AT)
    assert as_facts(flat_facts(facts)) == facts
    assert "agreed_hours" not in facts and facts["last_contact_at"] is None


def test_a_condition_is_read_aloud_in_both_languages() -> None:
    rule = shipped().rule("GBT-05")
    assert [line.words for line in condition_lines(rule.when, "zh")][1] == "对方当地时间 22:00 至 08:00"
    assert condition_lines(rule.when, "en")[0].words == "All of these:"
    for one in shipped().rules:
        assert all(line.words for lang in ("zh", "en") for line in condition_lines(one.when, lang))


def test_a_rule_is_in_force_from_its_first_day_on() -> None:
    row = next(row for row in rule_rows(shipped()) if row.id == "GBT-05")
    assert row.start == date(2025, 2, 28)
    assert row.force_on(date(2025, 2, 27)) is Force.COMING
    assert row.force_on(date(2025, 2, 28)) is Force.IN_FORCE
    assert (row.start, True) in {(turn.on, turn.begins) for turn in turns([row])}
