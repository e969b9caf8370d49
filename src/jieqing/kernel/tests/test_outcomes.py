"""A Problem speaks two languages, can be stored, and narrows for the type checker."""

import json
import pickle
from typing import assert_type

import pytest

from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind, UnexpectedProblem, is_problem, unwrap

LATE = ProblemKind("x.late", "迟了 {days} 天", "{days} days late", "请于 {by} 前补交", "Send it by {by}")


def a_problem() -> Problem:
    return Problem.of(LATE, days=3, by="2026-11-25")


def test_sentences_follow_the_language() -> None:
    assert a_problem().text("zh-hans") == a_problem().text("ZH") == "迟了 3 天"
    assert a_problem().text("en-gb") == "3 days late"
    assert a_problem().todo("zh") == "请于 2026-11-25 前补交"
    assert a_problem().todo("en") == "Send it by 2026-11-25"


def test_braces_in_what_a_user_wrote_are_only_text() -> None:
    assert Problem.of(LATE, days="{by}", by="{0.__class__}").en == "{by} days late"


def test_a_catalogue_entry_needs_all_its_details() -> None:
    with pytest.raises(KeyError):
        Problem.of(LATE, days=3)


def test_the_json_form_is_canonical() -> None:
    assert json.loads(canonical_bytes(a_problem().as_dict())) == {
        "code": "x.late",
        "text": {"zh": "迟了 3 天", "en": "3 days late"},
        "todo": {"zh": "请于 2026-11-25 前补交", "en": "Send it by 2026-11-25"},
        "details": {"days": 3, "by": "2026-11-25"},
    }


@pytest.mark.parametrize("value", [1.5, object(), b"x", {1: "x"}, {"a": [{"b": {1, 2}}]}])
def test_details_that_cannot_be_stored_are_refused_at_once(value: JSON) -> None:
    with pytest.raises(TypeError):
        Problem("x.y", "一", "one", "二", "two", {"value": value})


def test_a_problem_without_its_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="todo_en"):
        Problem("x.y", "一", "one", "二", "")


def test_details_are_a_copy_and_problems_are_values() -> None:
    rows: list[JSON] = [1]
    problem = Problem("x.y", "一", "one", "二", "two", {"rows": rows})
    rows.append(2)
    assert problem.details == {"rows": [1]}
    assert len({a_problem(), a_problem()}) == 1
    assert pickle.loads(pickle.dumps(a_problem())) == a_problem()


def test_narrowing_works_on_both_sides() -> None:
    def outcome(is_good: bool) -> int | Problem:
        return 1 if is_good else a_problem()

    good = outcome(True)
    assert not is_problem(good)
    assert_type(good, int)
    bad = outcome(False)
    assert is_problem(bad)
    assert_type(bad, Problem)


def test_unwrap_is_for_the_impossible() -> None:
    assert unwrap(7) == 7
    with pytest.raises(UnexpectedProblem, match=r"x\.late: 3 days late"):
        unwrap(a_problem())
