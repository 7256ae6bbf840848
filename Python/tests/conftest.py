from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fixtures() -> Path:
    return ROOT / "Fixtures"


@pytest.fixture
def image(fixtures: Path) -> Path:
    return fixtures / "accept/image/jpeg-420.jpg"


@pytest.fixture
def small_image(fixtures: Path) -> Path:
    return fixtures / "readme/lake.png"


@pytest.fixture(autouse=True)
def from_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs on standard input name files below the working folder."""
    monkeypatch.chdir(ROOT)
