"""The import by steps, by a program: what the page can do, with the same words and the same evidence."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.cast import Cast

from jieqing.claims.receivables.models import ImportBatch, LedgerRevision
from jieqing.claims.receivables.services import jobs
from jieqing.claims.receivables.tasks import _actor, work_on_draft
from jieqing.estate.accounts.services import create_api_token
from jieqing.kernel import clock
from jieqing.kernel.actor import ActorKind
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

HEADER = "往来单位,单号,开票日期,到期日,价税合计,已收\n"
GOOD = "无锡市明达机械有限公司,FP-001,2026-01-10,2026-02-10,1000.00,0\n"
BAD = "南通市恒丰贸易有限公司,FP-003,2026-03-12,不详,300.00,0\n"


class Program:
    """A program with a token, as others write one."""

    def __init__(self, cast: Cast, *scopes: str) -> None:
        _token, text = unwrap(
            create_api_token(
                actor=cast.actor("owner"),
                name="对接",
                scopes=list(scopes),
                expires_on=clock.today() + timedelta(days=2),
            )
        )
        self.client, self.base = Client(enforce_csrf_checks=True), f"/api/v1/sites/{cast.site.slug}/ledger"
        self.headers = {"Authorization": f"Bearer {text}"}

    def get(self, path: str) -> Any:
        return self.client.get(self.base + path, headers=self.headers)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        given = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else more
        headers = {**self.headers, "Idempotency-Key": str(uuid4())}
        return self.client.post(self.base + path, **given, headers=headers)

    def put(self, path: str, body: Any) -> Any:
        return self.client.put(
            self.base + path, json.dumps(body), content_type="application/json", headers=self.headers
        )

    def send(self, path: str, text: str, **fields: str) -> Any:
        file = SimpleUploadedFile("应收.csv", text.encode())
        return self.post(path, data={"file": file, **fields})


@pytest.fixture
def program(cast: Cast) -> Program:
    return Program(cast, "ledger.read", "ledger.import")


def opened(program: Program, text: str = HEADER + GOOD + BAD) -> str:
    answer = program.send("/drafts", text)
    assert answer.status_code == 201, answer.content
    assert answer["Location"].endswith(f"/imports/{answer.json()['batch']}/columns")
    return f"/imports/{answer.json()['batch']}"


def test_a_draft_goes_all_the_way(program: Program, cast: Cast) -> None:
    batch = opened(program)
    asked = program.get(f"{batch}/columns").json()
    assert asked["missing"] == ["currency"] and asked["currency_source"] == "none"
    assert program.post(f"{batch}/check").status_code == 422, "a question is open"
    answered = program.put(f"{batch}/columns", {"currency": "CNY"}).json()
    assert answered["missing"] == [] and answered["said"]["currency"] == "CNY"
    checked = program.post(f"{batch}/check").json()
    assert (checked["accepted"], checked["waiting"], checked["open_minor"]) == (1, 1, {"CNY": 100_000})
    corrected = program.put(f"{batch}/cells", {"cells": [{"line": 3, "column": 3, "text": "2026-04-12"}]})
    assert corrected.json() == {"corrected": 1}
    assert program.get(f"{batch}/check").status_code == 409, "the check is about other answers"
    stale = program.post(f"{batch}/commit", {"seen": checked["seen"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "ledger.changed_since")
    again = program.post(f"{batch}/check").json()
    assert (again["fixed"], again["waiting"]) == (1, 0)
    assert program.get(f"{batch}/check").json() == again
    done = program.post(f"{batch}/commit", {"seen": again["seen"]})
    assert done.status_code == 200, done.content
    assert program.post(f"{batch}/commit", {"seen": again["seen"]}).json() == done.json()
    work = program.get(f"{batch}/work").json()
    assert (work["work"], work["batch"]["state"], work["result"]["accepted"]) == ("done", "committed", 1)
    items = program.get("/items?as_of=2026-06-30").json()
    assert items["totals_minor"] == {"CNY": 130_000}


def test_what_the_answers_may_not_say(program: Program) -> None:
    batch = opened(program)
    for body, code in (
        ({"columns": {"单号": "no_such_field"}}, "ledger.draft_word_unknown"),
        ({"accepts": ["row.no_such"]}, "ledger.draft_word_unknown"),
        ({"columns": {"单号": "amount", "已收": "amount"}}, "ledger.draft_field_twice"),
        ({"currency": "XXQ"}, "money.unknown_currency"),
        ({"sheet": "a\0b"}, "api.not_valid"),
        ({"colums": {}}, "api.not_valid"),
        ({"header_line": 0}, "api.not_valid"),
    ):
        answer = program.put(f"{batch}/columns", body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), body
    far = {"cells": [{"line": 2, "column": 10**9, "text": "x"}]}
    assert program.put(f"{batch}/cells", far).status_code == 422
    assert program.get(f"{batch}/columns").json()["said"]["columns"] == {}


def test_a_dropped_draft_takes_nothing_more(program: Program) -> None:
    batch = opened(program)
    assert program.post(f"{batch}/drop").json()["state"] == "dropped"
    for answer in (
        program.post(f"{batch}/drop"),
        program.post(f"{batch}/check"),
        program.put(f"{batch}/columns", {"currency": "CNY"}),
        program.post(f"{batch}/commit", {"seen": "0"}),
    ):
        assert answer.status_code == 409, answer.content


def test_staged_rows_are_mended_accepted_and_given_up(program: Program) -> None:
    overpaid = "苏州市安泰电子有限公司,FP-004,2026-03-12,2026-04-12,10.00,20.00\n"
    twice_bad = "常州市华兴轴承有限公司,FP-005,不详,不详,5.00,0\n"
    done = program.send("/imports", HEADER + GOOD + BAD + overpaid + twice_bad, currency="CNY").json()
    assert (done["accepted"], done["staged"]) == (1, 3)
    batch = f"/imports/{done['batch']}"
    first = program.get(f"{batch}/staged?limit=2").json()
    assert [row["line"] for row in first["rows"]] == [3, 4] and first["next"] == 4
    assert sum(kind["rows"] for kind in first["kinds"]) == 3
    assert [row["line"] for row in program.get(f"{batch}/staged?after_line=4").json()["rows"]] == [5]
    narrowed = program.get(f"{batch}/staged?code=row.overpaid").json()["rows"]
    assert [row["line"] for row in narrowed] == [4]
    row = first["rows"][0]
    mended = program.put(
        f"/staged/{row['id']}", {"cells": [*row["cells"][:3], "2026-04-12", *row["cells"][4:]]}
    )
    assert (mended.json()["state"], mended.json()["problems"]) == ("fixed", [])
    assert program.post(f"{batch}/staged/run").json()["accepted"] == 1
    assert program.put(f"/staged/{row['id']}", {"cells": row["cells"]}).status_code == 409
    assert program.post(f"{batch}/staged/acceptance", {"code": "row.overpaid"}).json()["accepted"] == 1
    left = program.get(f"{batch}/staged").json()["rows"]
    assert (
        program.post(f"{batch}/staged/discard", {"reason": " ", "rows": [left[0]["id"]]}).status_code == 422
    )
    assert program.post(f"{batch}/staged/discard", {"reason": "重复"}).status_code == 422
    gone = program.post(f"{batch}/staged/discard", {"reason": "重复", "rows": [left[0]["id"]]})
    assert gone.json() == {"discarded": 1}


def test_a_reader_starts_nothing(cast: Cast) -> None:
    reader = Program(cast, "ledger.read")
    assert reader.send("/drafts", HEADER + GOOD).status_code == 403
    with site_scope(cast.site.id):
        assert ImportBatch.objects.count() == 0


def queued() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [jobs.DRAFT_TASK]
        )
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def test_a_long_import_is_a_job_of_the_program_itself(program: Program, cast: Cast) -> None:
    answer = program.send("/imports", HEADER + GOOD, currency="CNY", background="true")
    assert answer.status_code == 202, answer.content
    assert answer.json()["work"] == "running"
    status = answer["Location"].removeprefix(program.base)
    assert program.get(status).json() == answer.json()
    [job] = queued()
    actor = _actor(job["site_id"], job["actor_id"], job["actor_kind"], job["roles"])
    assert actor.kind is ActorKind.SERVICE and "scope:ledger.import" in actor.roles
    with site_scope(cast.site.id):
        assert LedgerRevision.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_job_acts_with_the_programs_scopes(transactional_db: None, cast: Cast) -> None:
    program = Program(cast, "ledger.read", "ledger.import")
    answer = program.send("/imports", HEADER + GOOD, currency="CNY", background="true")
    [job] = queued()
    work_on_draft(**{name: value for name, value in job.items() if not name.startswith("_")})
    told = program.get(answer["Location"].removeprefix(program.base)).json()
    assert (told["work"], told["batch"]["state"], told["result"]["accepted"]) == ("done", "committed", 1)
    with site_scope(cast.site.id):
        revision = LedgerRevision.objects.get()
    assert revision.actor_id == UUID(job["actor_id"])
