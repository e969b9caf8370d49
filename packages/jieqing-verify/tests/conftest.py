"""The sample bundle that the specification ships; these tests need nothing of Jieqing itself."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1]
VECTORS = PACKAGE.parents[1] / "contracts" / "evidence" / "vectors"


@pytest.fixture(scope="session")
def vectors() -> Path:
    return VECTORS


@pytest.fixture(scope="session")
def bundle(vectors: Path) -> bytes:
    return (vectors / "sample.evidence.zip").read_bytes()


@pytest.fixture(scope="session")
def policy_text(vectors: Path) -> bytes:
    return (vectors / "sample.policy").read_bytes()
