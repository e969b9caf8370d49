"""The ladder and the opening rule in force."""

from jieqing.recovery.cases.engine.ladder import DEFAULT_LADDER, Ladder, Step
from jieqing.recovery.cases.engine.opening import DEFAULT_TERMS, OpeningTerms, read_terms
from jieqing.recovery.cases.models import OpeningRule, StageLadder


def ladder_in_force() -> Ladder:
    """The newest version of the site's ladder; the platform's own where the site has set none."""
    row = StageLadder.objects.order_by("-version").first()
    return DEFAULT_LADDER if row is None else ladder_of(row)


def ladder_of(row: StageLadder) -> Ladder:
    return Ladder(row.version, tuple(Step(**step) for step in row.steps), row.may_skip)


def opening_terms() -> tuple[OpeningTerms, bool]:
    """The rule of opening in force and whether it is switched on; off where the site has set none."""
    row = OpeningRule.objects.order_by("-version").first()
    return (DEFAULT_TERMS, False) if row is None else (read_terms(row.terms), row.is_on)


def stage_names(lang: str) -> dict[str, str]:
    """What each stage of the ladder in force is called, in order."""
    return {step.code: step.zh if lang.startswith("zh") else step.en for step in ladder_in_force().steps}
