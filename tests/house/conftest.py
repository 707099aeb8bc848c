"""What the house tests look at: the files of the repository, and the syntax trees of our modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "waqai"
SKIPPED_FOLDERS = {".git", ".venv", "__pycache__", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


@dataclass(frozen=True)
class Module:
    """A Python file of ours: where it is (relative to the root), its dotted name under waqai or "", its text and tree."""

    path: str
    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


def repository_files() -> list[Path]:
    """Files that are or may be committed; in a source archive without git, all that are not build products."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


def dotted_name(path: Path) -> str:
    if not path.is_relative_to(PACKAGE):
        return ""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "__init__"


@pytest.fixture(scope="session")
def files() -> list[Path]:
    return repository_files()


@pytest.fixture(scope="session")
def modules(files: list[Path]) -> list[Module]:
    found = []
    for path in files:
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            found.append(Module(path.relative_to(ROOT).as_posix(), dotted_name(path), text, ast.parse(text, str(path))))
    return found


@pytest.fixture(scope="session")
def ours(modules: list[Module]) -> list[Module]:
    """The modules of the package alone."""
    return [module for module in modules if module.name]


@pytest.fixture(scope="session")
def resources(files: list[Path]) -> list[Path]:
    return [path for path in files if path.is_relative_to(PACKAGE / "resources")]


@pytest.fixture
def root() -> Path:
    return ROOT


class Verdict:
    """Collects what is wrong, and fails once with all of it and what to do about it."""

    def __call__(self, problems: Iterable[str], advice: str) -> None:
        listed = list(problems)
        if listed:
            shown = "\n  ".join(listed[:40])
            more = f"\n  ... and {len(listed) - 40} more" if len(listed) > 40 else ""
            pytest.fail(f"{len(listed)} found:\n  {shown}{more}\nWhat to do: {advice}", pytrace=False)


@pytest.fixture
def verdict() -> Verdict:
    return Verdict()
