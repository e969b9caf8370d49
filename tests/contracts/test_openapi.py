"""The committed description of the API is the one the program serves, and the API says what the commands say."""

import json
from collections import Counter
from datetime import date

from click.testing import CliRunner
from ninja import Schema

from jieqing.claims.receivables import services
from jieqing.claims.receivables.management.cli import ledger
from jieqing.claims.receivables.tests.small_ledgers import csv_of
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.paths import checkout
from jieqing.web.commands.openapi import openapi_text
from tests.cast import Cast

ROWS = (
    ("C1", "A-1", "2026-01-10", "2026-02-10", "1000.00", "0", ""),
    ("C1", "A-2", "2026-02-10", "2026-03-10", "200.50", "100.00", "2026-04-01"),
    ("C2", "A-3", "2026-05-20", "2026-07-20", "30.00", "10.00", "2026-06-01"),
)
DAY = date(2026, 6, 30)


def test_the_committed_description_is_the_one_served() -> None:
    """After a change of the API: ``jieqing openapi > contracts/openapi.json``."""
    assert (checkout() / "contracts" / "openapi.json").read_text(encoding="utf-8") == openapi_text()


def test_every_parameter_of_a_path_is_described() -> None:
    document = json.loads(openapi_text())
    for path, item in document["paths"].items():
        for operation in item.values():
            described = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
            assert {part[1:-1] for part in path.split("/") if part.startswith("{")} == described


def test_the_api_walks_from_a_figure_to_its_evidence(cast: Cast) -> None:
    result = unwrap(services.import_file(actor=cast.actor("owner"), name="账本.csv", source=csv_of(ROWS)))
    base = f"/api/v1/sites/{cast.site.slug}/ledger"
    read = cast.clients["owner"].get
    summary = read(f"{base}/summary?as_of={DAY}").json()
    [figures] = summary["currencies"]
    assert (figures["outstanding_minor"], figures["overdue_minor"], summary["revision"]) == (
        112_050,
        110_050,
        1,
    )
    [report] = read(f"{base}/ageing?as_of={DAY}").json()
    assert report["total_fen"] == 112_050
    over_ninety = next(n for n, bucket in enumerate(report["buckets"]) if bucket["to_days"] is None)
    page = read(f"{base}/items?as_of={DAY}&bucket={over_ninety}").json()
    assert page["totals_minor"] == {"CNY": report["buckets"][over_ninety]["amount_fen"]}
    item = read(f"{base}/items/{page['items'][0]['id']}?as_of={DAY}").json()
    assert sum(posting["amount_minor"] for posting in item["postings"]) == item["open_minor"]
    assert item["evidence"][0]["entry_id"] == str(result.entry_id)
    batch = read(f"{base}/imports/{result.batch_id}").json()
    assert (batch["batch"]["accepted"], batch["waiting_rows"]) == (3, [])
    debtors = read(f"{base}/debtors?as_of={DAY}&currency=CNY").json()
    assert [row["open_minor"] for row in debtors["debtors"]] == [110_050, 2_000]


def test_api_and_command_give_the_same_ageing(cast: Cast) -> None:
    unwrap(services.import_file(actor=cast.actor("owner"), name="账本.csv", source=csv_of(ROWS)))
    query = f"as_of={DAY}&basis=invoice&edges=0,45"
    served = cast.clients["owner"].get(f"/api/v1/sites/{cast.site.slug}/ledger/ageing?{query}").json()
    words = [
        "ageing",
        "--site",
        cast.site.slug,
        "--as-of",
        str(DAY),
        "--basis",
        "invoice",
        "--edges",
        "0,45",
        "--json",
    ]
    printed = CliRunner().invoke(ledger, words)
    assert printed.exit_code == 0
    assert [json.loads(line) for line in printed.stdout.splitlines()] == served


def test_what_is_asked_wrongly_is_answered_in_words(cast: Cast) -> None:
    base = f"/api/v1/sites/{cast.site.slug}/ledger"
    wrong = {
        "ageing?edges=30,0": "ageing.edges_not_rising",
        "ageing?basis=age": "ageing.basis_unknown",
        "ageing?currency=XXQ": "money.unknown_currency",
        "ageing?as_of=2026-13-01": "api.not_valid",
        "items?limit=100000": "api.not_valid",
        "summary?known_at=2026-06-30T00:00:00": "api.instant_without_zone",
    }
    for address, code in wrong.items():
        answer = cast.clients["owner"].get(f"{base}/{address}")
        assert (answer.status_code, answer.json()["code"]) == (422, code), address
        assert answer["Content-Type"] == "application/problem+json"


def test_no_two_bodies_share_a_name() -> None:
    """The description keeps one shape for each name: of two, the later would describe both."""
    names = [one.__name__ for one in _bodies(Schema) if one.__module__.startswith("jieqing.")]
    assert sorted(name for name, count in Counter(names).items() if count > 1) == []


def _bodies(base: type[Schema]) -> set[type[Schema]]:
    return {one for sub in base.__subclasses__() for one in (sub, *_bodies(sub))}
