"""Tidy: the house rules that no off-the-shelf linter knows, each a small function over one file.

A rule looks at a `Source` and yields `Breach`es. `RULES` is the whole list; `test_tidy.py` runs it over the tree and feeds
every rule a deliberate breach. An exception needs a line with its reason in `exceptions.py`, and a line there that no
longer excuses anything fails too.
"""

from collections.abc import Iterable, Iterator

from .clock import reads_the_clock
from .outcomes import takes_a_problem_for_yes
from .source import Breach, Rule, Source
from .styles import disables_escaping, has_too_long_a_file, has_too_long_a_function, is_badly_named
from .tables import (
    gets_objects_without_access,
    listens_to_model_signals,
    uses_floats,
    writes_outside_services,
)
from .words import names_a_machine, owes_work_without_an_issue

RULES: tuple[Rule, ...] = (
    is_badly_named,
    has_too_long_a_file,
    has_too_long_a_function,
    owes_work_without_an_issue,
    names_a_machine,
    reads_the_clock,
    uses_floats,
    gets_objects_without_access,
    disables_escaping,
    listens_to_model_signals,
    writes_outside_services,
    takes_a_problem_for_yes,
)

__all__ = ["RULES", "Breach", "Rule", "Source", "breaches_in"]


def breaches_in(sources: Iterable[Source], rules: Iterable[Rule] = RULES) -> Iterator[Breach]:
    """Yield what breaks a rule, file by file."""
    rules = tuple(rules)
    for source in sources:
        for rule in rules:
            yield from rule(source)
