"""Every event that other programs hear is described, with a schema that what is really sent fits, and an example."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import ImportBatch
from jieqing.estate.reception import services as reception
from jieqing.estate.reception.models import Enquiry, with_ending
from jieqing.estate.webhooks import services
from jieqing.estate.webhooks.engine.catalogue import PING, known_events
from jieqing.estate.webhooks.models import Message
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.paths import checkout
from tests.cast import Cast
from tests.contracts.casework import work_cases
from tests.isolation.things import FIRST, ask_something

FOLDER = checkout() / "contracts" / "events"
FILES = sorted(path for path in FOLDER.glob("*.json") if path.name != "signature.json")


def contract(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_every_public_event_has_its_contract_and_the_same_words() -> None:
    told = {name: (event.zh, event.en) for name, event in known_events().items()}
    told[PING] = ("测试消息", "A test message")
    assert {(one["name"], one["zh"], one["en"]) for one in map(contract, FILES)} == {
        (name, *words) for name, words in told.items()
    }
    assert [path.stem for path in FILES] == sorted(told)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_example_fits_its_schema(path: Path) -> None:
    one = contract(path)
    Draft202012Validator.check_schema(one["schema"])
    Draft202012Validator(one["schema"]).validate(one["example"])


def test_what_is_really_sent_fits_the_contract(cast: Cast) -> None:
    owner = cast.actor("owner")
    endpoint, _secret = unwrap(
        services.add_endpoint(actor=owner, url="https://hooks.example.com/", events=[*known_events()])
    )
    done = unwrap(ledger.import_file(actor=owner, name="a.csv", source=FIRST.encode()))
    with site_scope(cast.site.id):
        services.ping(actor=owner, endpoint=endpoint)
        batch = ImportBatch.objects.get(id=done.batch_id)
    unwrap(ledger.undo_batch(actor=owner, batch=batch, reason="测试"))
    ask_something(owner)
    work_cases(owner)
    with site_scope(cast.site.id):
        unwrap(
            reception.answer_enquiry(
                actor=owner,
                enquiry=with_ending(Enquiry.objects.all()).get(),
                text="是我们打来的。",
                answerer="周负责",
                site_name="江南",
                link_of=lambda token: f"http://testserver/{token}/",
            )
        )
        sent = {message.event: json.loads(bytes(message.body)) for message in Message.objects.all()}
    assert set(sent) == {path.stem for path in FILES}, "an event that no test makes happen"
    for path in FILES:
        Draft202012Validator(contract(path)["schema"]).validate(sent[path.stem])
