"""The tree is tidy, each rule catches a deliberate breach, and no exception outlives its reason."""

from collections import Counter

import pytest

from .tidy import RULES, Breach, Source, breaches_in
from .tidy.exceptions import EXCEPTIONS
from .tidy.source import sources

# Put together here, so that this file breaks no rule itself.
OWED = "# TO" + "DO: later"
MACHINE = "/wo" + "rk/main"
HOST = "https://pypi" + ".org/simple"
CACHE = "/ro" + "ot/.cache"


@pytest.fixture(scope="module")
def found() -> list[Breach]:
    return list(breaches_in(sources()))


def test_the_tree_is_tidy(found: list[Breach]) -> None:
    assert not [str(breach) for breach in found if (breach.rule, breach.path) not in EXCEPTIONS]


def test_every_exception_still_excuses_something(found: list[Breach]) -> None:
    used = {(breach.rule, breach.path) for breach in found}
    assert set(EXCEPTIONS) <= used, "take these out"
    assert all(len(why) > 20 for why in EXCEPTIONS.values()), "an exception says why"


def test_no_exception_lifts_the_hard_limits() -> None:
    assert not {rule for rule, _ in EXCEPTIONS} & {"file-too-long", "machine", "escaping", "floats"}


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 70
ROOM = "src/jieqing/claims/receivables"
WORKDAY = "from jieqing.kernel import dates\nfrom jieqing.kernel.dates import is_workday as w\n"
BREACHES = [
    ("names", "src/jieqing/claims/utils.py", ""),
    ("names", "src/jieqing/claims/helpers/dates.py", ""),
    ("names", "frontend/js/common.js", ""),
    ("file-long", f"{ROOM}/models.py", "\n" * 301),
    ("file-too-long", f"{ROOM}/templates/receivables/desk.html", "\n" * 501),
    ("function-length", f"{ROOM}/engine/ageing.py", LONG_FUNCTION),
    ("function-length", f"{ROOM}/engine/ageing.py", "class A:\n" + LONG_FUNCTION.replace("def", " async def", 1).replace("    x", "     x")),
    ("owed-work", f"{ROOM}/services.py", f"x = 1  {OWED}"),
    ("owed-work", "frontend/js/grid.js", OWED.replace("#", "//")),
    ("owed-work", f"{ROOM}/templates/x.html", "{" + OWED + " #}"),
    ("machine", "docs/operating.md", f"Run it in {MACHINE}."),
    ("machine", "locks/core.txt", f"--index-url {HOST}"),
    ("machine", "tools/bootstrap.py", f'CACHE = "{CACHE}"'),
    ("clock", f"{ROOM}/services.py", "from datetime import datetime as dt\nx = dt.now()"),
    ("clock", f"{ROOM}/services.py", "import datetime\nx = datetime.datetime.now(datetime.UTC)"),
    ("clock", f"{ROOM}/models.py", "from django.utils import timezone as tz\nx = Field(default=tz.now)"),
    ("clock", f"{ROOM}/models.py", "from django.utils.timezone import now\nx = Field(default=now)"),
    ("clock", "packages/jieqing-verify/src/x.py", "from time import time\nx = time()"),
    ("clock", "tests/journeys/test_x.py", "import time as t\nx = t.time()"),
    ("clock", f"{ROOM}/engine/ageing.py", "from datetime import date\nx = date.today()"),
    ("floats", "src/jieqing/kernel/money.py", "x = float('1.5')"),
    ("floats", f"{ROOM}/engine/cells.py", "def f(x):\n    return float(x)"),
    ("access", f"{ROOM}/pages/views.py", "x = Item.objects.get(id=1)"),
    ("access", f"{ROOM}/api.py", "x = Item.objects.filter(site=1).get(id=1)"),
    ("access", f"{ROOM}/pages/views.py", "from django.shortcuts import get_object_or_404 as g\nx = g(Item, id=1)"),
    ("escaping", f"{ROOM}/templates/x.html", "<p>{{ name | safe }}</p>"),
    ("escaping", f"{ROOM}/templates/x.html", "{% autoescape off %}"),
    ("signals", f"{ROOM}/apps.py", "from django.db.models.signals import post_save"),
    ("writes", "src/jieqing/trust/evidence/selectors.py", 'run("INSERT INTO evidence_entry SELECT 1")'),
    ("signals", f"{ROOM}/apps.py", "from django.db.models import signals\nsignals.post_save.connect(f)"),
    ("writes", f"{ROOM}/selectors.py", "Item.objects.create(x=1)"),
    ("writes", f"{ROOM}/selectors/desk.py", "Item.objects.filter(x=1).exclude(y=2).update(x=2)"),
    ("writes", f"{ROOM}/tasks.py", "Item._default_manager.bulk_create(rows)"),
    ("writes", f"{ROOM}/pages/views.py", "form.save()"),
    ("writes", f"{ROOM}/api.py", "item.delete()"),
    ("writes", f"{ROOM}/models.py", "item.save(update_fields=['x'])"),
    ("writes", "src/jieqing/web/desks/creditor.py", "async def f():\n    await Item.objects.aupdate(x=1)"),
    ("writes", f"{ROOM}/selectors.py", 'run("INSERT INTO receivables_item SELECT 1")'),
    ("writes", f"{ROOM}/tasks.py", 'run(f"""\n  UPDATE receivables_item SET x = {x}""")'),
    ("truth", f"{ROOM}/engine/due.py", f"{WORKDAY}if dates.is_workday(day):\n    x = 1"),
    ("truth", f"{ROOM}/engine/due.py", f"{WORKDAY}x = [d for d in days if not w(d)]"),
    ("truth", f"{ROOM}/engine/due.py", f"{WORKDAY}while x and w(d):\n    x = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_a_deliberate_breach_is_caught(rule: str, path: str, text: str) -> None:
    assert rule in {breach.rule for breach in breaches_in([Source(path, text)])}


def test_every_rule_has_its_breach() -> None:
    for rule in RULES:
        caught = [
            name for name, path, text in BREACHES if any(b.rule == name for b in rule(Source(path, text)))
        ]
        assert caught, rule.__name__
    assert min(Counter(name for name, _, _ in BREACHES).values()) >= 1


INNOCENT = [
    ("src/jieqing/trust/evidence/sequencer/store.py", 'run("INSERT INTO evidence_entry SELECT 1")'),
    (f"{ROOM}/services.py", "Item.objects.create(x=1)\nitem.save()\nitem.delete()"),
    (f"{ROOM}/services/undo.py", 'Item.objects.filter(x=1).update(x=2)\nrun("DELETE FROM receivables_item")'),
    (f"{ROOM}/tests/test_x.py", "Item.objects.create(x=1)"),
    (f"{ROOM}/migrations/0001_initial.py", "Item.objects.create(x=1)\n" + "\n" * 900),
    (f"{ROOM}/selectors.py", "facts.update(x=1)\nworkbook.save('x.xlsx')\nx = Item.objects.get(id=1)"),
    (f"{ROOM}/models.py", "class A:\n    def save(self):\n        super().save()"),
    (f"{ROOM}/pages/views.py", "x = request.GET.get('page')\ny = items.get(1)"),
    (f"{ROOM}/engine/cells.py", "def f(x):\n    return isinstance(x, float)"),
    ("src/jieqing/recovery/planning/engine/value.py", "x = float(1)"),
    ("src/jieqing/kernel/clock.py", "from datetime import datetime\nx = datetime.now()"),
    ("benchmarks/ageing.py", "import time\nx = time.time()"),
    (f"{ROOM}/services.py", "import time\nx = time.monotonic() + time.perf_counter()"),
    (f"{ROOM}/services.py", "from jieqing.kernel import clock\nx = clock.now()"),
    (f"{ROOM}/services.py", OWED.replace(":", " (#12):")),
    (f"{ROOM}/engine/due.py", f"{WORKDAY}x = w(day)\nif w(day) is True:\n    x = 1"),
    ("docs/a.md", "See https://example.org/wo" + "rk/ and frame/wo" + "rk/ and ~/wo" + "rk/."),
    (f"{ROOM}/templates/x.html", "{{ name|safename }} {{ unsafe }}"),
]


@pytest.mark.parametrize(("path", "text"), INNOCENT)
def test_the_rules_leave_the_innocent_alone(path: str, text: str) -> None:
    assert not list(map(str, breaches_in([Source(path, text)])))
