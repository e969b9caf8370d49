"""Which host leads where, and that naming a host is no way into our own network."""

import http.server
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from tests.cast import Cast

from jieqing.estate.sites import services
from jieqing.estate.sites.engine.hosts import host_of, read_domain, subdomain_of
from jieqing.estate.sites.models import SiteDomain
from jieqing.estate.sites.services import domains as verbs
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.fetching import Refusal, fetch_text, is_public

BASE = "jieqing-platform.cn"


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("A.cn:80", "a.cn"), ("a.cn.", "a.cn"), ("[::1]:8", "[::1]"), ("a b.cn", ""),
        ("a.cn/x", ""), ("a.cn@b", ""), ("", ""), ("a_b.cn", ""), ("a.cn:port", ""),
        ("讨债.cn", ""),
    ],
)  # fmt: skip
def test_a_host_header_is_read_strictly(header: str, host: str) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize(
    "host", ["a", "10.0.0.1", "127.0.0.1", "::1", "x.local", "db.internal",
      "a..cn", "-a.cn", "a.cn/x", "http://a.cn", f"x.{BASE}", BASE, "1.2.3", "localhost"]
)  # fmt: skip
def test_domains_that_nobody_may_ask_for(host: str) -> None:
    assert isinstance(read_domain(host, BASE), Problem)


def test_a_chinese_domain_is_kept_in_its_ascii_form() -> None:
    assert read_domain("应收.中国", BASE) == "xn--extp1m.xn--fiqs8s"
    assert read_domain(" Collect.Example.CN. ", BASE) == "collect.example.cn"


def test_only_names_right_below_the_base_are_slugs() -> None:
    assert subdomain_of(f"jiangnan.{BASE}", BASE) is not None
    for host in (BASE, f"a.b.{BASE}", f"evil{BASE}", "jiangnan.cn", f".{BASE}"):
        assert subdomain_of(host, BASE) is None
    assert subdomain_of("jiangnan.", "") is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
     "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1"],
)  # fmt: skip
def test_inner_addresses_are_never_fetched(address: str) -> None:
    assert not is_public(address)
    assert (
        fetch_text("x.cn", "/", is_secure=False, look_up=lambda host, port: ["1.1.1.1", address])
        is Refusal.PRIVATE
    )


@pytest.fixture
def web() -> Iterator[SimpleNamespace]:
    """A web server on loopback; ``answer`` is (status, body)."""
    state = SimpleNamespace(answer=(200, b"token"), asked=[])

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.headers["Host"], self.path))
            status, body = state.answer
            self.send_response(status)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


def read(web: SimpleNamespace, host: str = "collect.example.cn") -> str | Refusal:
    return fetch_text(
        host,
        "/.well-known/x",
        is_secure=False,
        port=web.port,
        look_up=lambda name, port: ["127.0.0.1"],
        is_allowed=lambda address: True,
    )


def test_a_small_text_is_read_from_the_address_that_was_checked(web: SimpleNamespace) -> None:
    assert read(web) == "token"
    assert web.asked == [(f"collect.example.cn:{web.port}", "/.well-known/x")]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [((302, b""), Refusal.OTHER_ANSWER),
     ((404, b"token"), Refusal.OTHER_ANSWER), ((200, b"x" * 600), Refusal.OTHER_ANSWER), ((200, b"\xff"), Refusal.NO_ANSWER)],
)  # fmt: skip
def test_redirects_long_answers_and_other_text_are_refused(
    web: SimpleNamespace, answer: tuple[int, bytes], refusal: Refusal
) -> None:
    web.answer = answer
    assert read(web) is refusal
    assert len(web.asked) == 1


@pytest.fixture
def based(settings) -> str:
    settings.BASE_DOMAIN = BASE
    return BASE


def test_the_host_middleware_stands_before_all_of_djangos() -> None:
    before = django_settings.MIDDLEWARE[
        : django_settings.MIDDLEWARE.index("jieqing.web.hosts.HostMiddleware")
    ]
    assert before == [
        "jieqing.web.requests.RequestMiddleware",
        "jieqing.web.client_address.ClientAddressMiddleware",
    ], "which count requests and know who calls, and ask for no host"


def test_unknown_hosts_get_a_bare_404_everywhere(cast: Cast, based: str) -> None:
    for host in ("evil.cn", f"nobody.{BASE}", BASE, "a b", "127.0.0.1.evil.cn", ""):
        for path in ("/", "/health", "/sign-in/", f"/s/{cast.site.slug}/desk/", "/static/x.css"):
            answer = Client().get(path, HTTP_HOST=host)
            assert (answer.status_code, answer.content) == (404, b"404"), (host, path)


def test_a_subdomain_serves_its_own_site_only(cast: Cast, based: str) -> None:
    host, owner = f"{cast.site.slug}.{BASE}", cast.clients["owner"]
    assert owner.get(f"/s/{cast.site.slug}/desk/", HTTP_HOST=host).status_code == 200
    for path in (
        f"/s/{cast.other_site.slug}/desk/",
        f"/api/v1/sites/{cast.other_site.slug}/ledger/summary",
        "/operator/sites/",
        "/rent/",
    ):
        assert owner.get(path, HTTP_HOST=host).status_code == 404
    assert owner.get("/sign-in/", HTTP_HOST=host).status_code in (200, 302)


def test_a_domain_leads_to_its_site_once_it_is_proved(cast: Cast, based: str, monkeypatch) -> None:
    actor, host = cast.actor("owner"), "collect.example.cn"
    asked = services.ask_domain(actor=system_of(cast), site=cast.site, host=host)
    assert not is_problem(asked)
    assert services.ask_domain(actor=system_of(cast), site=cast.site, host=host).token == asked.token
    assert Client().get("/health", HTTP_HOST=host).status_code == 404
    monkeypatch.setattr(verbs, "fetch_text", lambda *args, **extra: Refusal.OTHER_ANSWER)
    found = look_at(asked)
    assert isinstance(found, Problem) and found.details["found"] == "other_answer"
    monkeypatch.setattr(verbs, "fetch_text", lambda *args, **extra: f"{asked.token}\n")
    assert not is_problem(look_at(asked)) and SiteDomain.objects.get(pk=asked.pk).is_verified
    assert look_at(asked) is None, "there is nothing left to look at"
    assert cast.clients["owner"].get(f"/s/{cast.site.slug}/desk/", HTTP_HOST=host).status_code == 200
    assert cast.clients["owner"].get(f"/s/{cast.other_site.slug}/desk/", HTTP_HOST=host).status_code == 404
    taken = services.ask_domain(actor=system_of(cast), site=cast.other_site, host=host)
    assert isinstance(taken, Problem) and taken.code == "site.domain_taken"
    services.end_domain(actor=system_of(cast), domain=SiteDomain.objects.get(pk=asked.pk))
    assert Client().get("/health", HTTP_HOST=host).status_code == 404
    assert actor.site_id == cast.site.id


def test_two_sites_may_ask_but_only_one_may_prove(cast: Cast, monkeypatch) -> None:
    one, other = (
        services.ask_domain(actor=system_of(cast), site=site, host="collect.example.cn")
        for site in (cast.site, cast.other_site)
    )
    assert one.token != other.token
    monkeypatch.setattr(verbs, "fetch_text", lambda *args, **extra: one.token)
    assert isinstance(look_at(other), Problem)
    assert not is_problem(look_at(one))
    monkeypatch.setattr(verbs, "fetch_text", lambda *args, **extra: other.token)
    late = look_at(other)
    assert isinstance(late, Problem) and late.code == "site.domain_taken"
    assert SiteDomain.objects.get(pk=other.pk).found == "taken"


def test_the_page_asks_a_worker_and_says_so_meanwhile(cast: Cast) -> None:
    """The request reads nothing: it queues one job, however often somebody clicks, and the page looks again."""
    asked = services.ask_domain(actor=system_of(cast), site=cast.site, host="collect.example.cn")
    owner, base = cast.clients["owner"], f"/s/{cast.site.slug}/rental/domains/"
    for _click in range(2):
        assert owner.post(f"{base}{asked.id}/verify/")["Location"] == base
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'actor_id' FROM procrastinate_jobs WHERE task_name = %s", [verbs.CHECK_TASK]
        )
        assert cursor.fetchall() == [(str(cast.users["owner"].pk),)]
    page = owner.get(base).content.decode()
    assert "正在验证" in page and "every 2s" in page
    rows = owner.get(base, headers={"HX-Request": "true"}).content.decode()
    assert "正在验证" in rows and "<html" not in rows


def test_another_sites_domain_is_not_found_on_my_pages(cast: Cast) -> None:
    theirs = services.ask_domain(actor=system_of(cast), site=cast.other_site, host="their.example.cn")
    for verb in ("verify", "end"):
        address = f"/s/{cast.site.slug}/rental/domains/{theirs.id}/{verb}/"
        assert cast.clients["owner"].post(address).status_code == 404
    assert (
        b"their.example.cn" not in cast.clients["owner"].get(f"/s/{cast.site.slug}/rental/domains/").content
    )


def look_at(domain: SiteDomain):
    """What the worker's job does."""
    return services.check_domain(site_id=domain.site_id, domain_id=domain.pk, actor_id=new_id())


def system_of(cast: Cast):
    from jieqing.kernel.actor import system_actor

    return system_actor(None, "test")
