"""Host names: what a request's Host header may be, what a tenant may ask for, which site a name leads to.

A request's host is read as strictly as RFC 1123 writes it; what is no host name is an unknown host. ``slug.<base>`` is a
site's own subdomain from its first day; an own domain leads to a site once it is verified. Everything else leads nowhere.
"""

import ipaddress
import re
from dataclasses import dataclass

from jieqing.kernel.outcomes import Problem

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that only mean something inside somebody's network (RFC 6761, RFC 8375, common habit).
_INNER = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".test",
    ".invalid",
    ".example",
    ".arpa",
    ".onion",
)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Subdomain:
    """A name right below the platform's base domain: the slug of a site."""

    slug: str


def host_of(header: str) -> str:
    """The host in a Host header, in lower case, without port and root dot; empty when it is none.

    Example:
        >>> host_of("Jiangnan.Example.CN.:8000"), host_of("[::1]:80"), host_of("a b"), host_of("evil.cn/@x")
        ('jiangnan.example.cn', '[::1]', '', '')
    """
    match = _HOST.fullmatch(header.strip().lower())
    return match[1].removesuffix(".") if match else ""


def subdomain_of(host: str, base: str) -> Subdomain | None:
    """The site that ``slug.base`` names; None for any other host, also for deeper names.

    Example:
        >>> subdomain_of("jiangnan.jieqing.example", "jieqing.example")
        Subdomain(slug='jiangnan')
        >>> subdomain_of("a.b.jieqing.example", "jieqing.example") is None
        True
    """
    label = host.removesuffix(f".{base}") if base and host.endswith(f".{base}") else ""
    return Subdomain(label) if _LABEL.fullmatch(label) else None


def read_domain(typed: str, base: str) -> str | Problem:
    """The own domain that somebody asks for, in its ASCII form (IDNA)."""
    plain = typed.strip().lower().removesuffix(".")
    try:
        host = plain.encode("idna").decode("ascii") if plain else ""
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return _refused("domain_form", "这不是域名", "This is no domain name")
    if _is_address(host) or labels[-1].isdigit() or host.endswith(_INNER):
        return _refused("domain_inner", "只能使用公开的域名", "Only a public domain name can be used")
    if base and (host == base or host.endswith(f".{base}")):
        return _refused(
            "domain_ours",
            "平台域名下的地址由站点代号决定",
            "A name below the platform's is given by the site's slug",
        )
    return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refused(code: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"site.{code}",
        zh=f"{zh}。",
        en=f"{en}.",
        todo_zh="请填写贵机构自己的域名，例如 collect.example.cn。",
        todo_en="Give your organisation's own domain, for example collect.example.cn.",
    )
