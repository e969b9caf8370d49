"""A connection that served one site serves the next request as a stranger: the pool hands on nothing of a scope."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from jieqing.plumbing.postgres import with_pool


def test_a_pool_is_asked_for_and_touches_only_the_application_role() -> None:
    plain: dict[str, Any] = {"default": {"OPTIONS": {"sslmode": "prefer"}}, "owner": {"OPTIONS": {}}}
    pooled = with_pool(plain, size=7)
    assert pooled["default"]["OPTIONS"] == {
        "sslmode": "prefer",
        "pool": {"min_size": 1, "max_size": 7, "timeout": 30},
    }
    assert pooled["owner"] == plain["owner"]
    assert "pool" not in plain["default"]["OPTIONS"]


@pytest.mark.parametrize("ending", ["commit", "rollback", "left open", "failed"])
def test_the_next_request_on_the_same_connection_sees_no_site(db: None, ending: str) -> None:
    settings = {key: value for key, value in connection.get_connection_params().items() if key in _CONNECT}
    with ConnectionPool(kwargs=settings, min_size=1, max_size=1, timeout=10) as pool:
        first = pool.getconn()
        first.execute("SELECT set_config('jieqing.site_id', %s, true)", [str(uuid4())])
        if ending == "failed":
            with pytest.raises(Exception, match="division"):
                first.execute("SELECT 1/0")
        elif ending != "left open":
            getattr(first, ending)()
        backend = first.info.backend_pid
        pool.putconn(first)
        with pool.connection() as second:
            assert second.info.backend_pid == backend, "the same connection"
            seen = second.execute("SELECT current_setting('jieqing.site_id', true)").fetchone()
            assert seen in ((None,), ("",))
            rows = second.execute("SELECT count(*) FROM accounts_membership").fetchone()
            assert rows == (0,), "unset means no rows"


_CONNECT = ("dbname", "user", "password", "host", "port")
