"""The bootstrap obeys pip's configuration: files in order, variables over files, what does not exist left out."""

import os
from pathlib import Path

import pytest
from bootstrapping.pip_settings import PUBLIC_INDEX, read_pip_settings


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A person whose home is the test's folder; nothing of this machine's own configuration shines through."""
    monkeypatch.setenv("HOME", str(tmp_path))
    files = (
        tmp_path / "etc" / "pip" / "pip.conf",
        tmp_path / ".config" / "pip" / "pip.conf",
        tmp_path / "named.conf",
    )
    monkeypatch.setattr("bootstrapping.pip_settings._files", lambda _: iter(files))
    return {}


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_without_any_configuration_the_public_index_serves(environment: dict[str, str]) -> None:
    settings = read_pip_settings(environment)
    assert settings.indexes == (PUBLIC_INDEX,)
    assert set(settings.for_uv({})) == {"UV_INDEX_STRATEGY", "UV_PYTHON_DOWNLOADS"}


def test_later_files_and_variables_win(environment: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "etc/pip/pip.conf", "[global]\nindex-url = https://a.example/s\ntimeout = 5\n")
    write(
        tmp_path / ".config/pip/pip.conf",
        "[global]\nindex_url = https://b.example/s\n[install]\nno-index = no\n",
    )
    assert read_pip_settings(environment).index_url == "https://b.example/s"
    settings = read_pip_settings({**environment, "PIP_INDEX_URL": "https://c.example/s"})
    assert (settings.index_url, settings.timeout, settings.no_index) == ("https://c.example/s", "5", False)


def test_all_of_it_reaches_uv(environment: dict[str, str], tmp_path: Path) -> None:
    mirror, wheels = tmp_path / "mirror", tmp_path / "wheels"
    mirror.mkdir()
    wheels.mkdir()
    write(
        tmp_path / "named.conf",
        f"""[global]
index-url = https://u:p@main.example/simple
extra-index-url = https://second.example/simple {mirror.as_uri()}
find-links = {wheels}
trusted-host = second.example
cert = /ca.pem
proxy = http://proxy.example:3128
default-timeout = 42
""",
    )
    assert read_pip_settings(environment).for_uv({}) == {
        "UV_DEFAULT_INDEX": "https://u:p@main.example/simple",
        "UV_INDEX": f"https://second.example/simple {mirror.as_uri()}",
        "UV_FIND_LINKS": str(wheels),
        "UV_INSECURE_HOST": "second.example",
        "UV_HTTP_TIMEOUT": "42",
        "SSL_CERT_FILE": "/ca.pem",
        "HTTPS_PROXY": "http://proxy.example:3128",
        "HTTP_PROXY": "http://proxy.example:3128",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def test_local_places_that_do_not_exist_break_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    gone = (tmp_path / "gone").as_uri()
    settings = read_pip_settings(
        {**environment, "PIP_EXTRA_INDEX_URL": gone, "PIP_FIND_LINKS": str(tmp_path / "no")}
    )
    assert (settings.extra_index_urls, settings.find_links) == ((), ())


def test_what_a_person_told_uv_stays(environment: dict[str, str]) -> None:
    settings = read_pip_settings(
        {**environment, "PIP_INDEX_URL": "https://a.example/s", "PIP_CERT": "/a.pem"}
    )
    told = {"UV_DEFAULT_INDEX": "https://mine.example/s", "SSL_CERT_FILE": "/mine.pem"}
    assert not set(settings.for_uv(told)) & set(told)


def test_a_broken_file_is_left_to_pip_to_complain_about(environment: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "named.conf", "index-url without a section\n")
    assert read_pip_settings(environment).indexes == (PUBLIC_INDEX,)


def test_a_null_configuration_file_means_no_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path / ".config/pip/pip.conf", "[global]\nindex-url = https://b.example/s\n")
    plain = {"XDG_CONFIG_DIRS": str(tmp_path)}
    assert read_pip_settings(plain).index_url == "https://b.example/s"
    assert read_pip_settings({**plain, "PIP_CONFIG_FILE": os.devnull}).index_url == ""
