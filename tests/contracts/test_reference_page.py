"""The reference as a page: every operation and schema of the document stands on it, and its snippet verifies."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from jieqing.kernel import clock
from jieqing.plumbing.webhooks import signing
from jieqing.web.api_docs import PYTHON, SHELL
from jieqing.web.commands.openapi import openapi_text


def test_everything_of_the_document_stands_on_the_page(db: None) -> None:
    document = json.loads(openapi_text())
    for language in ("zh-hans", "en"):
        page = Client(headers={"Accept-Language": language}).get("/api/docs/").content.decode()
        for path, item in document["paths"].items():
            for method, operation in item.items():
                assert f"{method.upper()} {path}" in page and f'id="{operation["operationId"]}"' in page
        for name in document["components"]["schemas"]:
            assert f'id="schema-{name}"' in page
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200 and served.json()["paths"].keys() == document["paths"].keys()


def test_the_snippet_verifies_what_we_sign() -> None:
    told: dict = {}
    exec(PYTHON, told)
    secret, body = signing.new_secret(), b'{"a":1}'
    headers = signing.headers([secret], message_id="m", timestamp=int(clock.now().timestamp()), body=body)
    assert told["is_ours"](secret, headers, body)
    assert not told["is_ours"](secret, headers, body + b" ")


@pytest.mark.skipif(not shutil.which("openssl"), reason="the snippet asks openssl, which this machine lacks")
def test_the_snippet_for_a_shell_makes_the_signature_that_we_send(tmp_path: Path) -> None:
    secret, body = signing.new_secret(), '{"名":"甲"}\n'.encode()
    (tmp_path / "body.json").write_bytes(body)
    told = {"SECRET": secret, "ID": "m", "TIMESTAMP": "1614265330"}
    made = subprocess.run(
        ["sh", "-c", SHELL],
        cwd=tmp_path,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stderr == ""
    assert f"v1,{made.stdout.strip()}" == signing.signature(
        secret, message_id="m", timestamp=1614265330, body=body
    )
