"""Every command: one that touches a site names it, and can do nothing to any other."""

import pytest
from click.testing import CliRunner, Result
from tools.document_commands import leaves

from jieqing.claims.receivables.models import ImportBatch, StagedRow
from jieqing.estate.sites.services import operator_step
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from tests.cast import Cast
from tests.isolation.expected import COMMANDS, SITE

ALL = dict(leaves())
OF_SITES = sorted(words for words, kind in COMMANDS.items() if kind == SITE)

NOBODYS = "01890000-0000-7000-8000-000000000000"

# Enough arguments for each command to be complete but for its site.
ARGUMENTS: dict[str, list[str]] = {
    "user add": ["newcomer", "--name", "New", "--role", "auditor"],
    "token create": ["bridge", "--scope", "ledger.read"],
    "token list": [],
    "token revoke": [NOBODYS, "--reason", "test"],
    "webhook add": ["https://hooks.example.com/", "--event", "ledger.imported"],
    "webhook list": [],
    "webhook log": [NOBODYS],
    "webhook ping": [NOBODYS],
    "webhook replay": [NOBODYS, "--since", "2026-01-01T00:00:00+0800"],
    "webhook resume": [NOBODYS],
    "webhook remove": [NOBODYS, "--reason", "test"],
    "scripts list": [],
    "scripts load": [],
    "scripts history": ["own.first"],
    "scripts keys": [],
    "scripts revoke-key": [NOBODYS, "--reason", "test"],
    "scripts admit-key": [NOBODYS, "--reason", "test"],
    "cases open-by-rule": [],
    "cases list": [],
    "cases export": ["--out", "/dev/null"],
    "cases import": ["-"],
    "ledger import": ["-", "--yes"],
    "ledger ageing": ["--as-of", "2026-06-30"],
    "ledger statement": ["--debtor", "没有这个债务人"],
    "ledger schedule": ["x", "--day", "1"],
    "ledger unschedule": ["x"],
    "ledger charge-terms": ["--mode", "accrue", "--reason", "test"],
    "ledger appropriation-order": ["--reason", "test"],
    "ledger overdue-terms": ["--grace", "3", "--reason", "test"],
    "ledger rate": ["USD/CNY", "7.1", "--source", "test"],
    "ledger total": ["--currency", "CNY"],
    "ledger bill-step": ["1-3101", "--step", "honoured"],
    "ledger bank import": ["-"],
    "ledger bank lines": [],
    "ledger bank approve": ["--certain", "--yes"],
    "ledger bank undo": [NOBODYS, "--reason", "test"],
    "ledger bank rule": ["on", "--reason", "x"],
    "ledger undo": [NOBODYS, "--reason", "test"],
    "ledger staged": [NOBODYS],
    "ledger rerun": [NOBODYS],
}
# Commands that read, or take a right away: a site's state shuts neither.
OPEN_WHILE_SUSPENDED = {
    "cases export",
    "cases list",
    "gate export",
    "ledger ageing",
    "ledger bank lines",
    "ledger bills",
    "ledger deadlines",
    "ledger batches",
    "ledger ecl",
    "ledger rating",
    "ledger staged",
    "scripts history",
    "scripts keys",
    "scripts list",
    "scripts revoke-key",
    "token list",
    "token revoke",
    "webhook list",
    "webhook log",
}
OF_IDS = sorted(words for words, arguments in ARGUMENTS.items() if NOBODYS in arguments)


def run(words: str, *arguments: str, thing: object = NOBODYS) -> Result:
    given = [str(thing) if argument == NOBODYS else argument for argument in ARGUMENTS.get(words, [])]
    return CliRunner().invoke(ALL[words], [*given, *arguments], input="")


def test_every_command_stands_in_the_table() -> None:
    assert set(ALL) == set(COMMANDS)


def test_who_needs_no_site_says_why() -> None:
    for words, kind in COMMANDS.items():
        names = {name for parameter in ALL[words].params for name in parameter.opts}
        assert ("--site" in names) == (kind == SITE), words
        assert kind == SITE or len(kind.split()) >= 3, f"jieqing {words}: {kind!r} is no reason"


@pytest.mark.parametrize("words", OF_SITES)
@pytest.mark.django_db
def test_without_a_site_a_command_does_nothing(words: str) -> None:
    result = run(words)
    assert result.exit_code == 2
    assert "--site" in result.stderr


@pytest.mark.parametrize("words", OF_SITES)
@pytest.mark.django_db
def test_an_unknown_site_is_said_so(words: str) -> None:
    result = run(words, "--site", "no-such-site")
    assert result.exit_code == 2, result.output
    assert "no-such-site" in result.stderr
    assert result.stdout == ""


def test_every_command_that_takes_an_id_is_tried() -> None:
    for words in OF_SITES:
        takes_id = any(parameter.type.name == "uuid" for parameter in ALL[words].params)
        assert takes_id == (words in OF_IDS), words


@pytest.mark.parametrize("words", OF_IDS)
def test_another_sites_thing_is_refused_like_nobodys(words: str, filled_sites: Cast) -> None:
    with site_scope(filled_sites.site.id):
        victims = ImportBatch.objects.order_by("number").first()
        assert victims is not None
    before = state_of(filled_sites)
    others = run(words, "--site", filled_sites.other_site.slug, thing=victims.id)
    nobodys = run(words, "--site", filled_sites.other_site.slug)
    assert (others.exit_code, others.stdout) == (nobodys.exit_code, nobodys.stdout) == (2, ""), others.output
    assert others.stderr.replace(str(victims.id), "") == nobodys.stderr.replace(NOBODYS, "")
    assert state_of(filled_sites) == before


def test_reading_another_site_shows_that_site_only(filled_sites: Cast) -> None:
    """Both hold the same file; the one that imported once more than the other must not show in its list."""
    with site_scope(filled_sites.site.id):
        ids = [str(batch.id) for batch in ImportBatch.objects.all()]
    for words in ("ledger batches", "ledger ageing"):
        shown = run(words, "--site", filled_sites.other_site.slug, "--json")
        assert shown.exit_code == 0, shown.output
        assert not [batch for batch in ids if batch in shown.stdout]


def state_of(cast: Cast) -> list[tuple[str, str, int]]:
    with site_scope(cast.site.id):
        batches = [(str(batch.id), str(batch.state)) for batch in ImportBatch.objects.order_by("number")]
        waiting = StagedRow.objects.count()
    return [(*batch, waiting) for batch in batches]


@pytest.mark.parametrize(("step", "code"), [("suspend", "站点已暂停"), ("close", "站点已关闭")])
def test_a_site_that_is_shut_takes_no_writes_from_commands(
    step: str, code: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule of the pages (``estate.sites.engine.doors``) for whoever sits at the machine, too."""
    monkeypatch.setenv("JIEQING_LANG", "zh")
    moved = operator_step(
        actor=Actor(cast.users["owner"].pk, ActorKind.PERSON, None, frozenset({"platform_operator"})),
        site_id=cast.site.id,
        step=step,
        reason="核查中",
    )
    assert not is_problem(moved)
    refused = {words for words in OF_SITES if code in run(words, "--site", cast.site.slug).output}
    assert refused == set(OF_SITES) - OPEN_WHILE_SUSPENDED
