"""Fetch uv where neither uv nor pip is there: one wheel from the configured index, its digest checked.

The wheel is a zip with one program in it. The version and the accepted digests stand in ``locks/uv.txt``; a file with
another digest is thrown away, whoever served it.
"""

import base64
import hashlib
import html.parser
import io
import json
import os
import platform
import re
import ssl
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from bootstrapping.pip_settings import PipSettings, local_path
from bootstrapping.say import Stopped, tell

_SIMPLE_TYPES = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
)


def fetch_uv(lock: Path, target: Path, settings: PipSettings) -> Path:
    """Put the uv program at ``target`` and return it."""
    version, digests = _read_lock(lock)
    tell(f"下载 uv {version}", f"fetching uv {version}")
    problems = []
    for place in (*settings.find_links, *settings.indexes):
        try:
            for name, address in _files_at(place, settings):
                if _fits(name, version):
                    data = _get(address, settings)
                    if hashlib.sha256(data).hexdigest() in digests:
                        return _unpack(data, target)
                    problems.append(f"{name}: digest differs from locks/uv.txt")
        except (OSError, urllib.error.URLError, ValueError) as error:
            problems.append(f"{type(error).__name__}: {error}")
    raise Stopped(
        "本机没有 uv 和 pip，也无法从软件包索引取得 uv：请安装系统软件包 python3-venv 后重试。"
        f"（{'; '.join(problems) or '索引中没有适合本机的文件'}）",
        "This machine has neither uv nor pip, and uv could not be fetched from the package index: install the system "
        f"package python3-venv and try again. ({'; '.join(problems) or 'the index has no file for this machine'})",
    )


def _read_lock(lock: Path) -> tuple[str, frozenset[str]]:
    text = lock.read_text(encoding="utf-8")
    version = re.search(r"^uv==(\S+)", text, re.MULTILINE)
    if version is None:
        raise ValueError("locks/uv.txt names no version")
    return version[1], frozenset(re.findall(r"sha256:([0-9a-f]{64})", text))


def _fits(name: str, version: str) -> bool:
    """Whether a wheel's name says this version and this machine."""
    match = re.fullmatch(r"uv-([^-]+)-py3-none-([\w.]+)\.whl", name)
    return match is not None and match[1] == version and any(_runs_here(tag) for tag in match[2].split("."))


def _runs_here(tag: str) -> bool:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if sys.platform == "darwin":
        return tag.startswith("macosx_") and tag.endswith("arm64" if machine == "aarch64" else "x86_64")
    libc, release = platform.libc_ver()
    if libc == "glibc":
        wanted = re.fullmatch(rf"manylinux_(\d+)_(\d+)_{machine}", tag)
        return wanted is not None and (int(wanted[1]), int(wanted[2])) <= _numbers(release)
    return tag.startswith("musllinux_") and tag.endswith(f"_{machine}")


def _numbers(release: str) -> tuple[int, int]:
    major, minor = [*release.split("."), "0"][:2]
    return int(major), int(minor)


def _files_at(place: str, settings: PipSettings) -> Iterator[tuple[str, str]]:
    """Name and address of each file an index or a find-links place offers for uv."""
    folder = local_path(place)
    is_index = place in settings.indexes
    if folder is not None:
        folder = folder / "uv" if is_index else folder
        if folder.is_dir() and not (folder / "index.html").is_file():
            yield from ((entry.name, entry.as_uri()) for entry in folder.iterdir())
            return
        address = (folder / "index.html").as_uri() if folder.is_dir() else folder.as_uri()
    else:
        address = place.rstrip("/") + "/uv/" if is_index else place
    page = _get(address, settings)
    for link in _links(page):
        absolute = urljoin(address, link).partition("#")[0]
        yield unquote(urlsplit(absolute).path.rsplit("/", 1)[-1]), absolute


def _links(page: bytes) -> list[str]:
    if page.lstrip().startswith(b"{"):
        return [str(file["url"]) for file in json.loads(page)["files"]]
    parser = _Anchors()
    parser.feed(page.decode("utf-8", errors="replace"))
    return parser.found


class _Anchors(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _get(address: str, settings: PipSettings) -> bytes:
    parts = urlsplit(address)
    headers = {"Accept": _SIMPLE_TYPES, "User-Agent": "jieqing-bootstrap"}
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.HTTPSHandler(context=_tls(parts.netloc, settings))
    ]
    if settings.proxy:
        handlers.append(urllib.request.ProxyHandler({"http": settings.proxy, "https": settings.proxy}))
    opener = urllib.request.build_opener(*handlers)
    request = urllib.request.Request(address, headers=headers)
    with opener.open(request, timeout=float(settings.timeout or 60)) as answer:
        return bytes(answer.read())


def _tls(netloc: str, settings: PipSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.cert or None)
    if settings.client_cert:
        context.load_cert_chain(settings.client_cert)
    host = netloc.rpartition("@")[2]
    if host in settings.trusted_hosts or host.partition(":")[0] in settings.trusted_hosts:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _unpack(data: bytes, target: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        member = next(name for name in wheel.namelist() if name.endswith(".data/scripts/uv"))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"uv.{os.getpid()}")
        beside.write_bytes(wheel.read(member))
    beside.chmod(0o755)
    beside.replace(target)
    return target
